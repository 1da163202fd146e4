namespace SpikeStats.Fitting.Hawkes;

/// <summary>A block of rows of a <see cref="ITargetDesign"/> after the other.</summary>
internal interface IDesignReader
{
    /// <summary>The most rows that a block may have.</summary>
    const int LargestBlock = 512;

    /// <summary>Goes on to the next block.</summary>
    void Advance(int length);

    /// <summary>r of a column in the present block.</summary>
    ReadOnlySpan<double> Value(int column);

    /// <summary>dr/dβ.</summary>
    ReadOnlySpan<double> First(int column);

    /// <summary>d²r/dβ².</summary>
    ReadOnlySpan<double> Second(int column);
}
