using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>The stationary density of voltage and noise on one grid, by block elimination from the lower boundary to the threshold.</summary>
/// <remarks>
/// With p_i the densities in the cells of one voltage: p_i = T_i p_(i+1) + G_i y, y being what returns per value of the noise. At the threshold this gives the noise at a spike from that at the spike before: a
/// Markov chain, whose stationary distribution closes the equation.
/// </remarks>
internal sealed class ColouredNoiseGrid
{
    // Of the noise and of the free voltage: e^-12 and less lies outside.
    private const double NoiseDeviations = 5, VoltageSigmas = 4.5;

    private readonly IntegrateAndFireNeuron neuron;
    private readonly VoltageGrid grid;
    private readonly double[] noise;
    private readonly Matrix<double> generator;
    private readonly double mean;

    public ColouredNoiseGrid(IntegrateAndFireNeuron neuron, ColouredNoiseInput input, int voltageCells, int noiseCells)
    {
        this.neuron = neuron;
        mean = input.Mean;
        grid = new VoltageGrid(neuron, voltageCells, Math.Min(input.Mean, neuron.Reset) - (VoltageSigmas * input.Sigma));
        double deviation = input.Sigma * Math.Sqrt(neuron.TimeConstant / (2 * input.CorrelationTime)), width = 2 * NoiseDeviations * deviation / noiseCells;
        noise = new double[noiseCells];
        for (int j = 0; j < noiseCells; j++) noise[j] = (j + 0.5 - (0.5 * noiseCells)) * width;

        // The rates of fitted fluxes, as for the voltage: P = -x width/deviation² at an edge, in units of the correlation time.
        generator = Matrix<double>.Build.Dense(noiseCells, noiseCells);
        for (int j = 1; j < noiseCells; j++)
        {
            double half = 0.25 * (noise[j - 1] + noise[j]) * width / (deviation * deviation), scale = deviation * deviation / (width * width * input.CorrelationTime);
            double even = half == 0 ? 1 : half / Math.Tanh(half), up = scale * (even - half), down = scale * (even + half);
            generator[j, j - 1] += up;
            generator[j - 1, j - 1] -= up;
            generator[j - 1, j] += down;
            generator[j, j] -= down;
        }
    }

    public double Rate(CancellationToken cancellationToken)
    {
        int cells = grid.Cells, size = noise.Length;
        Matrix<double>[] transfers = new Matrix<double>[cells], responses = new Matrix<double>[cells];
        Matrix<double> below = Matrix<double>.Build.Dense(size, size), returned = Matrix<double>.Build.Dense(size, size);
        for (int i = 0; i < cells; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Matrix<double> block = -generator;
            Matrix<double> source = Matrix<double>.Build.Dense(size, size);
            double share = i == grid.ResetCell ? grid.ResetShare : i == grid.ResetCell + 1 ? 1 - grid.ResetShare : 0;
            for (int j = 0; j < size; j++)
            {
                block[j, j] += Math.Max(Speed(i + 1, j), 0) - (i > 0 ? Math.Min(Speed(i, j), 0) : 0);
                source[j, j] = share / grid.Width;
                if (i == 0) continue;
                double inflow = Math.Max(Speed(i, j), 0);
                for (int k = 0; k < size; k++)
                {
                    block[j, k] -= inflow * below[j, k];
                    source[j, k] += inflow * returned[j, k];
                }
            }

            Matrix<double> inverse = block.Inverse();
            below = inverse.Clone();
            for (int k = 0; k < size; k++)
            {
                double outflow = i < cells - 1 ? -Math.Min(Speed(i + 1, k), 0) : 0;
                for (int j = 0; j < size; j++) below[j, k] *= outflow;
            }

            // Nothing has returned further down.
            returned = i < grid.ResetCell ? source : inverse * source;
            (transfers[i], responses[i]) = (below, returned);
        }

        return 1 / (neuron.RefractoryPeriod + Interval(transfers, responses));
    }

    // The mass for a flux of one: the mean time from reset to threshold.
    private double Interval(Matrix<double>[] transfers, Matrix<double>[] responses)
    {
        int cells = grid.Cells, size = noise.Length;
        Matrix<double> rest = Rest(), chain = responses[^1] * rest;
        for (int j = 0; j < size; j++)
        {
            double flux = Math.Max(Speed(cells, j), 0) * grid.Width;
            for (int k = 0; k < size; k++) chain[j, k] *= flux;
        }

        // The stationary distribution: (1 - chain) y = 0 with one row replaced by Σ y = 1.
        Matrix<double> equations = Matrix<double>.Build.DenseIdentity(size) - chain;
        Vector<double> right = Vector<double>.Build.Dense(size);
        for (int k = 0; k < size; k++) equations[size / 2, k] = 1;
        right[size / 2] = 1;
        Vector<double> returning = rest * equations.Solve(right), density = Vector<double>.Build.Dense(size);
        double mass = 0;
        for (int i = cells - 1; i >= 0; i--)
        {
            density = (transfers[i] * density) + (responses[i] * returning);
            mass += density.Sum() * grid.Width;
        }

        return mass;
    }

    // What becomes of the noise in the refractory period: e^(Q t) by scaling and squaring of an implicit step, which keeps it positive.
    private Matrix<double> Rest()
    {
        const int Squarings = 12;
        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(noise.Length);
        Matrix<double> Power(int squarings)
        {
            Matrix<double> step = (identity - (generator * (neuron.RefractoryPeriod / (1 << squarings)))).Inverse();
            for (int k = 0; k < squarings; k++) step *= step;
            return step;
        }

        // First order in the step: one extrapolation.
        return (2 * Power(Squarings + 1)) - Power(Squarings);
    }

    // The rate at which a cell is left over an edge, in hertz: the speed over the width.
    private double Speed(int edge, int noiseCell) => (grid.Drift[edge] + mean + noise[noiseCell]) / neuron.TimeConstant / grid.Width;
}
