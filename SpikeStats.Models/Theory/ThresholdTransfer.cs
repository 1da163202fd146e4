using System.Numerics;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>Rate, regularity, linear response and spectrum of any integrate-and-fire neuron of one variable under white noise, by threshold integration.</summary>
/// <remarks>
/// The Fokker-Planck equation is integrated from the threshold downwards on grids of N, 2N and 4N cells and extrapolated to no width (Romberg): order six.
/// <para><b>Assumptions:</b> noise of a size that the threshold can be reached with: θ - μ below some 36 σ for the leaky neuron, beyond which the mean interval exceeds 10⁵⁶⁵ s. Then
/// rate, responses and spectrum are 0, as they are to all digits, and regularity and density are refused; the closed form (<see cref="LeakyTransfer"/>) has no such limit.</para>
/// <para><b>Accuracy:</b> with the default grid 10⁻⁹ relative for the leaky neuron and 10⁻⁷ for the exponential one; tested against the closed form, against adaptive
/// integration of order eight, and for its order. <b>Cost:</b> 10 ns a cell for the rate, some 0.3 µs a cell for a frequency.</para>
/// <para><b>Source:</b> Richardson, Phys Rev E 76:021919 (2007).</para>
/// </remarks>
public sealed class ThresholdTransfer : IRateTransfer
{
    private readonly int cells;

    /// <summary>Creates the transfer of a neuron.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="cells">N, the number of cells of the coarsest grid; even, at least 20.</param>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few cells.</exception>
    public ThresholdTransfer(IntegrateAndFireNeuron neuron, int cells = 400)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 20);
        if (cells % 2 != 0) throw new ArgumentOutOfRangeException(nameof(cells), cells, "The number of cells must be even.");
        neuron.Validate();
        Neuron = neuron;
        this.cells = cells;
    }

    /// <summary>The neuron.</summary>
    public IntegrateAndFireNeuron Neuron { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no noise.</exception>
    public double Rate(WhiteNoiseInput input) => RateOf(Extrapolate(Grids(input), grid => grid.LogPassage));

    /// <summary>The stationary rate to a given accuracy, on as few cells as that takes.</summary>
    /// <remarks>
    /// Grids are halved and extrapolated until two extrapolations agree; the choice of cells of this transfer does not matter. <b>Accuracy:</b> as asked for, tested against the closed
    /// form and the full grids. <b>Cost:</b> some 5 µs for 10⁻⁶.
    /// </remarks>
    /// <param name="input">Mean and noise.</param>
    /// <param name="relativeTolerance">Of the mean interval, dimensionless; from 10⁻¹⁰ to below 1.</param>
    /// <returns>Hertz; 0 if the mean interval is beyond the largest number.</returns>
    /// <exception cref="ArgumentException">There is no noise.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is out of range.</exception>
    /// <exception cref="InvalidOperationException">The accuracy is not reached on the finest grid.</exception>
    public double Rate(WhiteNoiseInput input, double relativeTolerance)
    {
        RequireNoise(input);
        return 1 / (Neuron.RefractoryPeriod + PassageSweep.MeanTime(Neuron, input, relativeTolerance));
    }

    /// <summary>The stationary density with its rate and what is left of the error of the grid.</summary>
    /// <param name="input">Mean and noise.</param>
    /// <returns>The solution on the coarsest grid, extrapolated.</returns>
    /// <exception cref="ArgumentException">There is no noise, or so little that the mean interval is beyond all numbers.</exception>
    public StationarySolution Solve(WhiteNoiseInput input)
    {
        ThresholdGrid[] grids = RequireReach(Grids(input));
        double logPassage = Extrapolate(grids, grid => grid.LogPassage), rate = RateOf(logPassage);
        double change = Math.Abs(Exponentials.MinusOne(logPassage - Twice(grids[0].LogPassage, grids[1].LogPassage))), share = 1 - (rate * Neuron.RefractoryPeriod);
        double[] density = new double[cells + 1];
        double[][] given = [.. grids.Select(grid => grid.StationaryDensity())];
        for (int k = 0; k <= cells; k++) density[k] = Romberg(given[0][k], given[1][2 * k], given[2][4 * k]);
        return new StationarySolution(rate, share * change, grids[0].Voltages, density);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no noise, or so little that the mean interval is beyond all numbers.</exception>
    public double CoefficientOfVariation(WhiteNoiseInput input) => Math.Sqrt(Extrapolate(RequireReach(Grids(input)), grid => grid.SquaredVariation()));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no noise.</exception>
    public Complex Susceptibility(WhiteNoiseInput input, double frequency) => At(input, frequency, (grid, angular) => grid.Susceptibility(angular));

    /// <summary>The susceptibility to the variance: the rate follows σ²(1 + ε e^(2πift)) by ν + ε χ(f) e^(2πift) for small ε.</summary>
    /// <param name="input">Mean and noise.</param>
    /// <param name="frequency">f, in hertz.</param>
    /// <returns>Hertz.</returns>
    /// <exception cref="ArgumentException">There is no noise.</exception>
    public Complex VarianceSusceptibility(WhiteNoiseInput input, double frequency) => At(input, frequency, (grid, angular) => grid.VarianceSusceptibility(angular));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no noise.</exception>
    public double PowerSpectrum(WhiteNoiseInput input, double frequency)
    {
        double rate = Rate(input);
        if (rate == 0) return 0;
        if (frequency == 0) return rate * Math.Pow(CoefficientOfVariation(input), 2);
        Complex transform = At(input, frequency, (grid, angular) => grid.Transform(angular)) * Complex.Exp(new Complex(0, -2 * Math.PI * frequency * Neuron.RefractoryPeriod));
        double amplitude = Complex.Abs(1 - transform), size = Complex.Abs(transform);
        return rate * (1 - size) * (1 + size) / (amplitude * amplitude);
    }

    private Complex At(WhiteNoiseInput input, double frequency, Func<ThresholdGrid, double, Complex> response)
    {
        if (!double.IsFinite(frequency)) throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "The frequency must be finite, in hertz.");
        ThresholdGrid[] grids = Grids(input);
        if (!IsWithinReach(grids)) return 0;
        Complex[] values = [.. grids.Select(grid => response(grid, 2 * Math.PI * frequency))];
        return new Complex(Romberg(values[0].Real, values[1].Real, values[2].Real), Romberg(values[0].Imaginary, values[1].Imaginary, values[2].Imaginary));
    }

    private ThresholdGrid[] Grids(WhiteNoiseInput input)
    {
        RequireNoise(input);
        return [.. new[] { 1, 2, 4 }.Select(factor => new ThresholdGrid(Neuron, input, cells, factor))];
    }

    private static void RequireNoise(WhiteNoiseInput input)
    {
        if (input.Sigma == 0) throw new ArgumentException("Threshold integration needs noise; without it the neuron is a clock or silent.", nameof(input));
    }

    private double RateOf(double logPassage) => double.IsFinite(logPassage) ? 1 / (Neuron.RefractoryPeriod + Math.Exp(logPassage)) : 0;

    private static bool IsWithinReach(ThresholdGrid[] grids) => Array.TrueForAll(grids, grid => double.IsFinite(grid.LogPassage));

    private static ThresholdGrid[] RequireReach(ThresholdGrid[] grids) => IsWithinReach(grids)
        ? grids
        : throw new ArgumentException("The noise is too weak for threshold integration: the mean interval is beyond all numbers. A leaky neuron has a closed form without this limit, LeakyTransfer.");

    private static double Extrapolate(ThresholdGrid[] grids, Func<ThresholdGrid, double> value) => Romberg(value(grids[0]), value(grids[1]), value(grids[2]));

    private static double Romberg(double coarse, double middle, double fine) => Twice(middle, fine) + ((Twice(middle, fine) - Twice(coarse, middle)) / 15);

    private static double Twice(double coarse, double fine) => fine + ((fine - coarse) / 3);
}
