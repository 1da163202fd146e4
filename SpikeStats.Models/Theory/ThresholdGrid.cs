using System.Numerics;
using MathNet.Numerics.Integration;
using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.Theory;

/// <summary>The stationary and the modulated Fokker-Planck equation of an integrate-and-fire neuron on one grid of voltages, integrated from the threshold downwards.</summary>
/// <remarks>
/// With D = σ²/(2τ), drift v and flux J: p' = (v p - J)/D. In the stationary equation the step over a cell is exact for a drift that is a parabola in it, however
/// strong, and the error is of the fourth order in the width; the modulated one holds v at its middle and is of the second order. The reset lies on a node and all
/// cells are divided alike, so that grids of N, 2N and 4N cells extrapolate.
/// <para><b>Source:</b> Richardson, Phys Rev E 76:021919 (2007); the steps are ours.</para>
/// </remarks>
internal sealed class ThresholdGrid
{
    private const double LowerSigmas = 8;

    // e^-36 is rounding error.
    private const double Forgotten = 36;
    private static readonly double[] abscissas = new GaussLegendreRule(0, 1, 12).Abscissas, weights = new GaussLegendreRule(0, 1, 12).Weights;

    private readonly double refractoryPeriod, timeConstant, diffusion;
    private readonly int resetNode;
    private readonly double[] widths, speeds, decays, fills;

    // For a unit flux, which is 1 above the reset and 0 below, at the nodes.
    private readonly double[] density;

    public ThresholdGrid(IntegrateAndFireNeuron neuron, WhiteNoiseInput input, int coarseCells, int refinement = 1)
    {
        refractoryPeriod = neuron.RefractoryPeriod;
        timeConstant = neuron.TimeConstant;
        diffusion = input.Diffusion / timeConstant;
        (double[] edges, int[] counts) = Regions(neuron, input, coarseCells);

        // Every cell of the coarse grid is divided alike, so that the errors of the grids have one expansion.
        for (int region = 0; region < counts.Length; region++) counts[region] *= refinement;
        resetNode = counts[0];
        int cells = counts.Sum();
        Voltages = new double[cells + 1];
        widths = new double[cells];
        speeds = new double[cells];
        decays = new double[cells];
        fills = new double[cells];
        for (int region = 0, k = 0; region < counts.Length; region++)
        {
            for (int i = 0; i < counts[region]; i++, k++)
            {
                widths[k] = (edges[region + 1] - edges[region]) / counts[region];
                Voltages[k] = edges[region] + (i * widths[k]);
                double atLeft = Speed(Voltages[k]), atRight = Speed(Voltages[k] + widths[k]);
                speeds[k] = Speed(Voltages[k] + (0.5 * widths[k]));
                (decays[k], fills[k]) = Step(widths[k], atLeft, speeds[k], atRight);
            }
        }

        Voltages[cells] = neuron.Threshold;
        double Speed(double voltage) => (neuron.Drift(voltage) + input.Mean) / timeConstant;
        density = Density(Flux);
        Passage = Mass(density);
    }

    /// <summary>The edges of the regions below the reset, above it and in a layer below the threshold, and the cells in each, even numbers.</summary>
    public static (double[] Edges, int[] Counts) Regions(IntegrateAndFireNeuron neuron, WhiteNoiseInput input, int cells, double lowerSigmas = LowerSigmas)
    {
        double bottom = Math.Min(input.Mean, neuron.Reset) - (lowerSigmas * input.Sigma);
        double[] edges = [bottom, neuron.Reset, LayerOf(neuron, input), neuron.Threshold];
        int[] counts = PairsOf(edges, cells / 2);
        for (int region = 0; region < counts.Length; region++) counts[region] *= 2;
        return (edges, counts);
    }

    /// <summary>The nodes, in volts, ascending.</summary>
    public double[] Voltages { get; }

    /// <summary>The mean time from reset to threshold, in seconds.</summary>
    public double Passage { get; }

    public double Rate => 1 / (refractoryPeriod + Passage);

    /// <summary>The density at the nodes, per volt.</summary>
    public double[] StationaryDensity() => [.. density.Select(value => Rate * value)];

    /// <summary>The variance of the passage time, in seconds squared: E[T²]/2 is the mass of the solution that has the density of the first as its source.</summary>
    public double PassageVariance()
    {
        double[] flux = new double[widths.Length];
        double sum = 0;
        for (int k = 0; k < widths.Length; k++)
        {
            double mass = widths[k] * Middle(k);
            flux[k] = sum + (0.5 * mass);
            sum += mass;
        }

        return (2 * Mass(Density(k => flux[k]))) - (Passage * Passage);
    }

    /// <summary>χ(ω) to the mean, in hertz per volt.</summary>
    public Complex Susceptibility(double angular) => Response(angular, (_, p, _) => p / (timeConstant * diffusion));

    /// <summary>χ(ω) to the relative variance, in hertz.</summary>
    public Complex VarianceSusceptibility(double angular) => Response(angular, (k, p, flux) => -((speeds[k] * p) - flux) / diffusion);

    /// <summary>E[e^(-iωT)] of the passage time T.</summary>
    public Complex Transform(double angular) => Modulated(angular, (_, _, _) => 0).Transform;

    // A source s in p' = (v p - J)/D + s acts like the flux -D s. At rest the flux stays what it is and the mass changes.
    private Complex Response(double angular, Func<int, double, double, double> source) => angular == 0
        ? -Rate * Rate * Mass(Density(k => -diffusion * source(k, Middle(k), Flux(k))))
        : Rate * Modulated(angular, source).Response;

    private double Middle(int cell) => 0.5 * (density[cell] + density[cell + 1]);

    private double Flux(int cell) => cell >= resetNode ? 1 : 0;

    // Under strong drift the density falls to zero within a thin layer below the threshold, which gets cells of its own.
    private static double LayerOf(IntegrateAndFireNeuron neuron, WhiteNoiseInput input)
    {
        double speed = (neuron.Drift(neuron.Threshold) + input.Mean) / neuron.TimeConstant, layer = Forgotten * input.Diffusion / neuron.TimeConstant / speed;
        return speed > 0 && layer < 0.25 * (neuron.Threshold - neuron.Reset) ? neuron.Threshold - layer : neuron.Threshold;
    }

    // By length, but at least a quarter on either side of the reset and a fifth in the layer.
    private static int[] PairsOf(double[] edges, int pairs)
    {
        bool hasLayer = edges[2] < edges[3];
        int layer = hasLayer ? pairs / 5 : 0;
        double below = edges[1] - edges[0], above = edges[2] - edges[1];
        int lower = (int)((pairs - layer) * Math.Clamp(below / (below + above), 0.25, 0.75));
        return [lower, pairs - layer - lower, layer];
    }

    // p from the threshold down for a given flux in each cell.
    private double[] Density(Func<int, double> flux)
    {
        double[] p = new double[widths.Length + 1];
        for (int k = widths.Length - 1; k >= 0; k--) p[k] = (p[k + 1] * decays[k]) + (flux(k) * fills[k]);
        return p;
    }

    // e^(-Φ(h)/D) and ∫ e^(-Φ(s)/D) ds/D over the cell, Φ being the integral of the parabola through the drifts at both ends and the middle.
    private (double Decay, double Fill) Step(double width, double left, double middle, double right)
    {
        double slope = ((4 * middle) - (3 * left) - right) / width, bend = 2 * (left - (2 * middle) + right) / (width * width);
        double Exponent(double s) => -s * (left + (s * ((0.5 * slope) + (s * bend / 3)))) / diffusion;

        // Under strong drift the integrand dies out early in the cell.
        double reach = left * width > Forgotten * diffusion ? Forgotten * diffusion / left : width, sum = 0;
        for (int k = 0; k < weights.Length; k++) sum += weights[k] * Math.Exp(Exponent(reach * abscissas[k]));
        return (Math.Exp(Exponent(width)), sum * reach / diffusion);
    }

    // Simpson's rule; the kink at the reset lies between two of its pairs of cells.
    private double Mass(double[] p)
    {
        double sum = 0;
        for (int k = 0; k < widths.Length; k += 2) sum += widths[k] / 3 * (p[k] + (4 * p[k + 1]) + p[k + 2]);
        return sum;
    }

    // Three solutions of p' = (v p - J)/D + source, J' = -iω p: a with unit flux at the threshold, b with unit flux coming in at the reset, e driven by the source.
    private (Complex Response, Complex Transform) Modulated(double angular, Func<int, double, double, double> source)
    {
        Vector a = new(0, 1), b = default, e = default;
        for (int k = widths.Length - 1; k >= 0; k--)
        {
            if (k == resetNode - 1) b = new Vector(0, -1);
            CellStep step = new(widths[k], speeds[k], diffusion, angular);
            a = step.Back(a, 0);
            b = step.Back(b, 0);
            e = step.Back(e, source(k, Middle(k), Flux(k)));
        }

        Complex returned = Complex.Exp(new Complex(0, -angular * refractoryPeriod));
        return (-e.Flux / (a.Flux + (returned * b.Flux)), -b.Flux / a.Flux);
    }

    private readonly record struct Vector(Complex Density, Complex Flux);

    /// <summary>e^(-hM) with M = [v/D, -1/D; -iω, 0], and what a source adds on the way.</summary>
    private readonly struct CellStep
    {
        private readonly Complex pp, pj, jp, jj;
        private readonly double speed, diffusion;

        public CellStep(double width, double speed, double diffusion, double angular)
        {
            this.speed = speed;
            this.diffusion = diffusion;
            double half = 0.5 * speed / diffusion;
            Complex root = Complex.Sqrt(new Complex(half * half, angular / diffusion)), frequency = new(0, angular);

            // e^(-hM) = e^(-h half) (cosh(h root) - sinh(h root) (M - half) / root).
            Complex up = Complex.Exp(width * (root - half)), down = Complex.Exp(-width * (root + half));
            Complex cosh = 0.5 * (up + down), sinh = 0.5 * (up - down) / root;
            pp = cosh - (sinh * half);
            jj = cosh + (sinh * half);
            pj = sinh / diffusion;
            jp = sinh * frequency;
            Frequency = frequency;
        }

        private Complex Frequency { get; }

        /// <summary>The solution at the lower end of the cell; the source acts on p' throughout.</summary>
        public Vector Back(Vector at, double source)
        {
            Complex p = (pp * at.Density) + (pj * at.Flux), j = (jp * at.Density) + (jj * at.Flux);
            if (source == 0) return new Vector(p, j);

            // -M⁻¹ (1 - e^(-hM)) (s, 0): M⁻¹ (x, y) = (-y/(iω), -D (x + v y/(iω D))) by the two rows of M.
            Complex x = (1 - pp) * source, y = -jp * source;
            Complex solvedDensity = -y / Frequency, solvedFlux = -diffusion * (x - (speed / diffusion * solvedDensity));
            return new Vector(p - solvedDensity, j - solvedFlux);
        }
    }
}
