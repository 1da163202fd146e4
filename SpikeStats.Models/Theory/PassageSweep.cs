using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.Theory;

/// <summary>The mean time from reset to threshold by threshold integration with one exponential a cell, refined until it is accurate enough.</summary>
/// <remarks>The drift of the middle of a cell stands for all of it so that density and mass of the cell are exponentials; the error has even powers of the width only, which Romberg's table removes.</remarks>
internal static class PassageSweep
{
    private const int CoarsestCells = 24, Levels = 11;
    private const double Small = 0.02, LeastTolerance = 1e-10;

    // The mass below the grid is this small a share of the tolerance; a lower end would cost a halving of all cells where the noise is weak.
    private const double ShareBelow = 1e-3;

    /// <summary>In seconds.</summary>
    public static double MeanTime(IntegrateAndFireNeuron neuron, WhiteNoiseInput input, double tolerance)
    {
        if (!(tolerance >= LeastTolerance && tolerance < 1)) throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must lie between 10⁻¹⁰ and 1.");
        (double[] edges, int[] counts) = ThresholdGrid.Regions(neuron, input, CoarsestCells, Math.Sqrt(-Math.Log(ShareBelow * tolerance)));
        Span<double> row = stackalloc double[Levels];
        row[0] = Sweep(neuron, input, edges, counts, 1);
        for (int level = 1; level < Levels; level++)
        {
            // row[k] holds the k-th extrapolation of the last grid, and takes that of this one.
            double last = row[level - 1], value = Sweep(neuron, input, edges, counts, 1 << level), power = 4;
            if (double.IsPositiveInfinity(value)) return value;
            for (int k = 0; k < level; k++, power *= 4)
            {
                double better = value + ((value - row[k]) / (power - 1));
                row[k] = value;
                value = better;
            }

            row[level] = value;
            if (Math.Abs(value - last) <= tolerance * value) return value;
        }

        throw new InvalidOperationException(FormattableString.Invariant($"Threshold integration has not reached a relative accuracy of {tolerance} with {CoarsestCells << (Levels - 1)} cells; the noise is too weak for it."));
    }

    private static double Sweep(IntegrateAndFireNeuron neuron, WhiteNoiseInput input, double[] edges, int[] counts, int refinement)
    {
        // For a unit flux: p' = (v p - J)/D with v = drift/τ and D = diffusion/τ.
        double density = 0, mass = 0, perDiffusion = 1 / input.Diffusion, fill = neuron.TimeConstant * perDiffusion;
        for (int region = counts.Length - 1; region >= 0; region--)
        {
            int cells = counts[region] * refinement;
            if (cells == 0) continue;
            double width = (edges[region + 1] - edges[region]) / cells, flux = region > 0 ? fill * width : 0, sum = 0;
            for (int k = cells - 1; k >= 0; k--)
            {
                double x = (neuron.Drift(edges[region] + ((k + 0.5) * width)) + input.Mean) * width * perDiffusion, decay = Math.Exp(-x);

                // ∫ e^-xs ds and ∫ ∫, from which the density at the lower end and its integral over the cell follow.
                double once, twice;
                if (Math.Abs(x) < Small)
                {
                    twice = 0.5 - (x * ((1.0 / 6) - (x * ((1.0 / 24) - (x * ((1.0 / 120) - (x / 720)))))));
                    once = 1 - (x * twice);
                }
                else
                {
                    once = (1 - decay) / x;
                    twice = (1 - once) / x;
                }

                sum += (density * once) + (flux * twice);
                density = (density * decay) + (flux * once);
            }

            mass += width * sum;

            // Beyond the largest number, or zero times that.
            if (!double.IsFinite(density)) return double.PositiveInfinity;
        }

        return mass;
    }
}
