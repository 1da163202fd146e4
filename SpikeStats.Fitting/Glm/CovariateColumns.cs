namespace SpikeStats.Fitting.Glm;

/// <summary>Powers of the present value of a signal, and the intercept as its zeroth power.</summary>
internal sealed class CovariateColumns : ColumnGroup
{
    private readonly double[]? signal;
    private readonly int[] powers;

    public CovariateColumns(int firstColumn, double[] signal, IReadOnlyList<int> powers)
        : base(firstColumn, powers.Count)
    {
        this.signal = signal;
        this.powers = [.. powers];
    }

    private CovariateColumns()
        : base(0, 1)
    {
        powers = [0];
    }

    /// <summary>A single column of ones, the first of every design.</summary>
    public static CovariateColumns Intercept() => new();

    public override int LastLag => 0;

    public override void Add(BinSegment segment, int firstBin, int rows, Span<double> block, int stride)
    {
        for (int row = 0; row < rows; row++)
        {
            double value = signal is null ? 1 : signal[firstBin + row];
            for (int k = 0; k < powers.Length; k++) block[(row * stride) + FirstColumn + k] += Power(value, powers[k]);
        }
    }

    public override bool[] SeparatedColumns(ReadOnlySpan<int> eventBins, GlmDesign design)
    {
        bool[] separated = new bool[ColumnCount];
        if (signal is null) return separated;
        for (int k = 0; k < powers.Length; k++)
        {
            bool atEvents = false;
            foreach (int bin in eventBins) atEvents |= signal[bin] != 0;
            separated[k] = !atEvents && Signs(signal, powers[k], design) is var (positive, negative) && positive != negative;
        }

        return separated;
    }

    public override bool IsNegative(int column, GlmDesign design) => signal is not null && Signs(signal, powers[column], design).Negative;

    private static (bool Positive, bool Negative) Signs(double[] signal, int power, GlmDesign design)
    {
        bool positive = false, negative = false;
        foreach (DesignBlock block in design.Blocks)
        {
            for (int bin = block.FirstBin; bin < block.FirstBin + block.Rows; bin++)
            {
                double value = Power(signal[bin], power);
                positive |= value > 0;
                negative |= value < 0;
            }
        }

        return (positive, negative);
    }

    // By repeated multiplication: exact for small integers and much faster than Math.Pow.
    private static double Power(double value, int power)
    {
        double product = 1;
        for (int i = 0; i < power; i++) product *= value;
        return product;
    }
}
