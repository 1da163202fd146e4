namespace SpikeStats;

/// <summary>A unit was asked for that the recording does not have.</summary>
public sealed class UnknownUnitException : ArgumentException
{
    private const int Listed = 20;

    /// <summary>Creates the exception.</summary>
    /// <param name="unit">The identifier that was asked for.</param>
    /// <param name="available">The identifiers there are.</param>
    public UnknownUnitException(string unit, IReadOnlyList<string> available)
        : base(Compose(unit, available))
    {
        Unit = unit;
    }

    /// <summary>The identifier that was asked for.</summary>
    public string Unit { get; }

    private static string Compose(string unit, IReadOnlyList<string> available)
    {
        if (available.Count == 0) return $"There is no unit '{unit}': the recording holds no unit.";
        string more = available.Count > Listed ? $" and {available.Count - Listed} more" : "";
        return $"There is no unit '{unit}'. Units of the recording: {string.Join(", ", available.Take(Listed))}{more}.";
    }
}
