using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.Populations;

/// <summary>What the two methods are expected to cost, in nanoseconds of one core: the choice behind <see cref="PopulationMethod.Automatic"/>.</summary>
/// <remarks>The rates are estimates from the counts of operations and rough timings of a loaded machine; only their ratios enter, and being wrong costs time, never accuracy.</remarks>
internal static class PopulationCost
{
    private const double FlopsPerNanosecond = 100;
    private const double AdditionsPerNanosecond = 6;
    private const double ElementsPerNanosecond = 0.5;
    private const double StreamedPasses = 25;
    private const double MatrixFreePasses = 60;
    private const double PartOfRows = 1.0 / 8;

    public static PopulationMethod Cheaper(GlmDesign design)
    {
        if (design.Groups.Skip(1).Any(group => group is not SpikeColumns)) return PopulationMethod.Streamed;
        SpikeColumns[] units = [.. design.Groups.Skip(1).Cast<SpikeColumns>()];
        return MatrixFree(design, units) < Streamed(design) ? PopulationMethod.MatrixFree : PopulationMethod.Streamed;
    }

    // Per target: the Hessian of a part of the rows, a factorisation, and passes of two matrix products.
    private static double Streamed(GlmDesign design)
    {
        double rows = design.RowCount, p = design.ColumnCount;
        return ((rows * PartOfRows * p * p) + (p * p * p / 3) + (StreamedPasses * 4 * rows * p)) / FlopsPerNanosecond;
    }

    // Per target: a factorisation, and more passes, because the Gram matrix is the weaker preconditioner.
    private static double MatrixFree(GlmDesign design, SpikeColumns[] units)
    {
        double rows = design.RowCount, p = design.ColumnCount, spikes = units.Sum(unit => (double)unit.Bins.Length);
        double pass = (2 * spikes * units[0].Basis.RowCount / AdditionsPerNanosecond) + (rows / ElementsPerNanosecond);
        return (p * p * p / 3 / FlopsPerNanosecond) + (MatrixFreePasses * pass);
    }
}
