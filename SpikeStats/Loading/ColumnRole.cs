namespace SpikeStats.Loading;

/// <summary>What a column of a text file holds.</summary>
internal enum ColumnRole
{
    /// <summary>Something else.</summary>
    Other = 0,

    /// <summary>Spike times or timestamps.</summary>
    Time = 1,

    /// <summary>Identifiers of units.</summary>
    Unit = 2,

    /// <summary>Identifiers of trials.</summary>
    Trial = 3,
}
