namespace SpikeStats.Cli.Reporting;

/// <summary>The units with the most spikes, where not all can be shown.</summary>
internal static class ActiveUnits
{
    /// <summary>Chooses units.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="leastSpikes">Units with fewer spikes are left out.</param>
    /// <param name="most">How many are chosen at most.</param>
    /// <returns>Their identifiers, in the order of the recording.</returns>
    public static IReadOnlyList<string> Of(Recording recording, int leastSpikes, int most) =>
    [
        .. recording.Trains.Select((train, index) => (train.Unit, train.Count, Index: index))
            .Where(unit => unit.Count >= leastSpikes)
            .OrderByDescending(unit => unit.Count).ThenBy(unit => unit.Index)
            .Take(most).OrderBy(unit => unit.Index).Select(unit => unit.Unit),
    ];
}
