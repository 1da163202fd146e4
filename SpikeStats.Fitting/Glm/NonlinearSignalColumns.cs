using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>Features Σ_l A_j[l] B_k(x[t - l]): every function of the value is a signal of its own, filtered like one.</summary>
/// <remarks>Columns are ordered as a grid of lag by value; those of one function of the value lie apart, so that they are generated aside and then dealt.</remarks>
internal sealed class NonlinearSignalColumns : ColumnGroup
{
    private readonly SignalColumns[] ofFunction;
    private readonly LagMatrix lags;

    /// <summary>Creates the columns.</summary>
    /// <param name="firstColumn">Column of the design at which the group starts.</param>
    /// <param name="functions">The value of each function in every bin.</param>
    /// <param name="lags">Functions of lag.</param>
    public NonlinearSignalColumns(int firstColumn, double[][] functions, LagMatrix lags)
        : base(firstColumn, functions.Length * lags.ColumnCount)
    {
        this.lags = lags;
        ofFunction = Array.ConvertAll(functions, values => new SignalColumns(0, values, lags));
    }

    public override int LastLag => lags.LastLag;

    public override void Add(BinSegment segment, int firstBin, int rows, Span<double> block, int stride)
    {
        int lagFunctions = lags.ColumnCount;
        double[] own = new double[(rows * lagFunctions) + GramKernel.Lanes];
        for (int k = 0; k < ofFunction.Length; k++)
        {
            Array.Clear(own);
            ofFunction[k].Add(segment, firstBin, rows, own, lagFunctions);
            for (int row = 0; row < rows; row++)
            {
                Span<double> target = block.Slice((row * stride) + FirstColumn, ColumnCount);
                for (int j = 0; j < lagFunctions; j++) target[(j * ofFunction.Length) + k] += own[(row * lagFunctions) + j];
            }
        }
    }
}
