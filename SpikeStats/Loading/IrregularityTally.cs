using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>Counts, per unit, what was mended or left out.</summary>
internal sealed class IrregularityTally
{
    private const int ListedUnits = 20;
    private readonly SortedDictionary<Irregularity, Dictionary<int, long>> counts = [];

    /// <summary>Counts one spike.</summary>
    public void Add(Irregularity kind, int unit)
    {
        if (!counts.TryGetValue(kind, out Dictionary<int, long>? byUnit)) counts.Add(kind, byUnit = []);
        byUnit[unit] = byUnit.GetValueOrDefault(unit) + 1;
    }

    /// <summary>One warning for each kind of irregularity, with the numbers of each unit.</summary>
    /// <param name="units">The identifiers of the units, by number.</param>
    public IEnumerable<LoadNote> Notes(IReadOnlyList<string> units)
    {
        foreach ((Irregularity kind, Dictionary<int, long> byUnit) in counts)
        {
            (string Unit, long Count)[] listed = [.. byUnit.Select(pair => (units[pair.Key], pair.Value)).OrderBy(pair => pair.Item1, LabelIndex.Order)];
            string places = string.Join(
                ", ", listed.Take(ListedUnits).Select(pair => string.Create(CultureInfo.InvariantCulture, $"unit {pair.Unit}: {pair.Count}")));
            string more = listed.Length > ListedUnits ? $", and {listed.Length - ListedUnits} more units" : "";
            yield return new LoadNote(
                LoadNoteSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{listed.Sum(pair => pair.Count)} {Describe(kind)} ({places}{more})."));
        }
    }

    private static string Describe(Irregularity kind) => kind switch
    {
        Irregularity.UnsortedSorted => "spikes stood before the one in front of them; their units were sorted",
        Irregularity.UnsortedDropped => "spikes stood before one in front of them and were left out",
        Irregularity.DuplicateDropped => "spikes at the instant of another spike of their unit were left out",
        Irregularity.DuplicateKept => "spikes are at the instant of another spike of their unit and were kept",
        Irregularity.NonFiniteDropped => "times that are missing or not finite were left out",
        Irregularity.OutsideDropped => "spikes outside the observed intervals were left out",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such irregularity."),
    };
}
