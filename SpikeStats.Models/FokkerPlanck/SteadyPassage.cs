using System.Numerics.Tensors;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>Mean and second moment of the time from reset to threshold on grids of cells, extrapolated to cells of no width.</summary>
/// <remarks>
/// The density of a unit flux from the reset to the threshold has the mean time as its mass; the density that has the first as its source has half the second moment. The reset
/// lies on an edge of every grid, so that the error has even powers of the width only, which Romberg's table removes.
/// </remarks>
internal static class SteadyPassage
{
    private const int CoarsestCells = 200, FewestAboveReset = 4, MostCells = 1 << 16, Levels = 9;
    private const double LowerSigmas = 6;

    /// <summary>E[T] in seconds and E[T²] in seconds squared, infinite beyond the largest number, and the larger of their relative errors.</summary>
    public static (double Mean, double Square, double RelativeError) Of(IntegrateAndFireNeuron neuron, WhiteNoiseInput input, double tolerance)
    {
        if (input.Sigma == 0) throw new ArgumentException("Without noise there is no smooth stationary density; give the neuron noise.", nameof(input));
        double above = neuron.Threshold - neuron.Reset, reach = neuron.Threshold - Math.Min(input.Mean, neuron.Reset) + (LowerSigmas * input.Sigma);
        int aboveReset = Math.Max(FewestAboveReset, (int)Math.Round(CoarsestCells * above / reach)), cells = (int)Math.Ceiling(Math.Min(aboveReset * reach / above, MostCells));
        double lower = neuron.Threshold - (cells * (above / aboveReset)), error = double.PositiveInfinity;
        Span<double> mean = stackalloc double[Levels], square = stackalloc double[Levels];
        int level = 0;
        for (; level < Levels && error > tolerance && (level == 0 || cells << level <= MostCells); level++)
        {
            double lastMean = mean[Math.Max(level - 1, 0)], lastSquare = square[Math.Max(level - 1, 0)];
            (double first, double second) = On(new VoltageGrid(neuron, cells << level, lower), neuron, input);
            Extrapolate(mean, level, first);
            Extrapolate(square, level, second);
            if (!double.IsFinite(second)) return (mean[level], double.PositiveInfinity, double.NaN);
            if (level > 0) error = Math.Max(Math.Abs((lastMean / mean[level]) - 1), Math.Abs((lastSquare / square[level]) - 1));
        }

        return (mean[level - 1], square[level - 1], error);
    }

    // row[k] holds the k-th extrapolation of the last grid, and takes that of this one.
    private static void Extrapolate(Span<double> row, int level, double value)
    {
        double power = 4;
        for (int k = 0; k < level; k++, power *= 4)
        {
            double better = value + ((value - row[k]) / (power - 1));
            row[k] = value;
            value = better;
        }

        row[level] = value;
    }

    private static (double Mean, double Square) On(VoltageGrid grid, IntegrateAndFireNeuron neuron, WhiteNoiseInput input)
    {
        TransportRates rates = new(grid, neuron.TimeConstant);
        rates.Set(input.Mean, input.Sigma, 1);
        double[] flux = new double[grid.Cells + 1];
        for (int k = 1; k <= grid.Cells; k++) flux[k] = k > grid.ResetCell + 1 ? 1 : k == grid.ResetCell + 1 ? grid.ResetShare : 0;
        double[] density = Density(rates, flux, grid.Width);

        // What passes an edge is the mass of the source below it.
        for (int k = 1; k <= grid.Cells; k++) flux[k] = flux[k - 1] + (grid.Width * density[k - 1]);
        return (flux[^1], 2 * grid.Width * TensorPrimitives.Sum<double>(Density(rates, flux, grid.Width)));
    }

    // The flux is known at every edge, so that each cell follows from the one above it.
    private static double[] Density(TransportRates rates, double[] flux, double width)
    {
        double[] density = new double[flux.Length - 1];
        density[^1] = flux[^1] / (width * rates.Up[density.Length]);
        for (int k = density.Length - 1; k > 0; k--) density[k - 1] = ((flux[k] / width) + (rates.Down[k] * density[k])) / rates.Up[k];
        return density;
    }
}
