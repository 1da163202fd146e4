namespace SpikeStats.Loading;

/// <summary>What a loader does with data that a recording must not hold.</summary>
/// <remarks>Whatever it mends or leaves out, it counts in the <see cref="LoadReport"/>.</remarks>
public enum IrregularityPolicy
{
    /// <summary>Refuse the file, with the place and the remedy.</summary>
    Throw = 0,

    /// <summary>Put the spikes into order. Applies to <see cref="LoadOptions.OnUnsorted"/>.</summary>
    Sort = 1,

    /// <summary>Leave the offending spikes out. Applies everywhere.</summary>
    Drop = 2,

    /// <summary>Keep the offending spikes as they are. Applies to <see cref="LoadOptions.OnDuplicate"/>.</summary>
    Keep = 3,
}
