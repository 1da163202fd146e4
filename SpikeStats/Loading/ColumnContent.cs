namespace SpikeStats.Loading;

/// <summary>What the fields of a column look like.</summary>
internal enum ColumnContent
{
    /// <summary>Whole numbers only, or nothing.</summary>
    WholeNumbers = 0,

    /// <summary>Numbers, some of them fractions.</summary>
    Fractions = 1,

    /// <summary>Something that is no number.</summary>
    Text = 2,
}
