using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.Populations;

/// <summary>What the two methods are expected to cost, in nanoseconds of one core for one target: the choice behind <see cref="PopulationMethod.Automatic"/>.</summary>
/// <remarks>
/// The numbers of passes were counted in fits of 10 to 120 units; the rates were then fitted to the processor times of whole fits, which
/// <c>SpikeStats.Benchmarks -- population-cost</c> prints beside the expectation. Only their ratios enter, and being wrong costs time, never accuracy.
/// </remarks>
internal static class PopulationCost
{
    private const double FlopsPerNanosecond = 45;

    // A spike adds its function values at one lag to one row; eight functions fill a vector.
    private const double GenerationNanoseconds = 1.5;

    // Likelihood and information of a row, its transposition, and what a row costs however many targets there are.
    private const double ElementNanoseconds = 7;
    private const double RowNanoseconds = 40;

    private const double AdditionsPerNanosecond = 6.5;
    private const double MatrixFreeElementNanoseconds = 5.4;
    private const double PairsPerNanosecond = 0.5;

    // Evaluations and products per target, on all rows: 26 to 48 were counted with the preconditioner of a part of the rows, those on the part included
    // by their share, and 37 to 57 with the Gram matrix alone.
    private const double StreamedPasses = 35;
    private const double MatrixFreePasses = 45;

    // Products are computed for eight targets at least.
    private const int Lanes = GramKernel.Lanes;

    /// <summary>The method that is expected to be faster.</summary>
    /// <param name="design">The design.</param>
    /// <param name="targetCount">Number of targets, which share the features of the streamed method and the Gram matrix of either.</param>
    public static PopulationMethod Cheaper(GlmDesign design, int targetCount)
    {
        if (design.Groups.Skip(1).Any(group => group is not SpikeColumns)) return PopulationMethod.Streamed;
        return MatrixFree(design, targetCount) < Streamed(design, targetCount) ? PopulationMethod.MatrixFree : PopulationMethod.Streamed;
    }

    /// <summary>The Gram matrix, the Hessian of a part of the rows, a factorisation, and passes of two matrix products.</summary>
    /// <param name="design">The design.</param>
    /// <param name="targetCount">Number of targets.</param>
    public static double Streamed(GlmDesign design, int targetCount)
    {
        double rows = design.RowCount, p = design.ColumnCount, filled = (targetCount + Lanes - 1) / Lanes * Lanes / (double)targetCount;
        double hessian = rows / PopulationFitter.PartStep(design) * p * p * filled, gram = rows * p * p / targetCount;
        double flops = hessian + gram + (p * p * p / 3) + (StreamedPasses * 4 * rows * p * filled);
        double generation = design.Groups.OfType<SpikeColumns>().Sum(unit => (double)unit.Bins.Length * unit.Basis.RowCount) * GenerationNanoseconds;
        return (flops / FlopsPerNanosecond) + (StreamedPasses * ((rows * ElementNanoseconds) + (((rows * RowNanoseconds) + generation) / targetCount)));
    }

    /// <summary>The Gram matrix from pairs of spikes, a factorisation, and more passes, because it is the weaker preconditioner.</summary>
    /// <param name="design">A design of the intercept and spike columns of one basis.</param>
    /// <param name="targetCount">Number of targets.</param>
    public static double MatrixFree(GlmDesign design, int targetCount)
    {
        SpikeColumns[] units = [.. design.Groups.Skip(1).Cast<SpikeColumns>()];
        double rows = design.RowCount, p = design.ColumnCount, spikes = units.Sum(unit => (double)unit.Bins.Length), lags = units[0].Basis.RowCount;
        double pass = (2 * spikes * lags / AdditionsPerNanosecond) + (rows * MatrixFreeElementNanoseconds), gram = spikes * spikes * lags / rows / PairsPerNanosecond;
        return (p * p * p / 3 / FlopsPerNanosecond) + (gram / targetCount) + (MatrixFreePasses * pass);
    }
}
