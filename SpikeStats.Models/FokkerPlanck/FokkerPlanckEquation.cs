using System.Numerics.Tensors;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>The Fokker-Planck equation of a population of integrate-and-fire neurons under white noise that may change with time.</summary>
/// <remarks>
/// ∂p/∂t = -∂/∂V [(F(V) + μ(t))/τ p - σ(t)²/(2τ) ∂p/∂V], absorbed at the threshold, put back at the reset after the refractory period. Finite volumes with
/// exponentially fitted fluxes in voltage, TR-BDF2 in time.
/// <para><b>Assumptions:</b> the input of different neurons is independent but for its mean and size, and the population is large. With weak noise, cells no wider than about σ/5
/// are needed for the density to be resolved; wider ones smear it but stay stable and positive.</para>
/// <para><b>Accuracy:</b> second order in width and step; tested against the closed forms of rate, susceptibility and first-passage density. The mass is conserved to rounding and the
/// density never negative. <b>Cost:</b> some 10 ns a cell and step, more where the fluxes need exponentials, less while the input does not change.</para>
/// <para><b>Source:</b> Scharfetter and Gummel, IEEE Trans Electron Devices 16:64 (1969); for neurons Augustin, Ladenbauer, Baumann and Obermayer, PLoS Comput Biol 13:e1005545
/// (2017). Split reset, delay, time stepping and elimination are ours.</para>
/// </remarks>
public sealed class FokkerPlanckEquation
{
    // The free density at the lower boundary is e^-36 of its peak.
    private const double LowerSigmas = 6;
    private const int ProgressReports = 100;

    private readonly FokkerPlanckOptions options;

    /// <summary>Creates the equation of a neuron.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="options">The grid; the default if null.</param>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    public FokkerPlanckEquation(IntegrateAndFireNeuron neuron, FokkerPlanckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        neuron.Validate();
        Neuron = neuron;
        this.options = options ?? new FokkerPlanckOptions();
    }

    /// <summary>The neuron.</summary>
    public IntegrateAndFireNeuron Neuron { get; }

    /// <summary>The stationary density and rate on this grid, by one sweep from the threshold down.</summary>
    /// <remarks><see cref="ThresholdTransfer"/> is more accurate with fewer cells; this is the very solution that <see cref="Evolve"/> tends to.</remarks>
    /// <param name="input">Mean and noise.</param>
    /// <returns>The solution at the centres of the cells; its error is estimated from a grid with half as many.</returns>
    /// <exception cref="ArgumentException">There is no noise, the grid is too coarse or its lower boundary too high.</exception>
    public StationarySolution Stationary(WhiteNoiseInput input)
    {
        VoltageGrid grid = Grid(input.Mean, input.Sigma, double.PositiveInfinity);
        (double rate, double[] density) = SteadyDensity.Of(grid, Neuron, input);
        double coarse = SteadyDensity.Of(new VoltageGrid(Neuron, grid.Cells / 2, grid.Lower), Neuron, input).Rate;
        return new StationarySolution(rate, Math.Abs((rate / coarse) - 1) / 3, Voltages(grid), density);
    }

    /// <summary>Rate and regularity in the steady state, extrapolated to cells of no width.</summary>
    /// <remarks>
    /// Grids of 200 cells and more are halved and extrapolated until two extrapolations agree; the options of this equation do not matter. <b>Accuracy:</b> as asked for, tested
    /// against the closed form and threshold integration. <b>Cost:</b> some 20 ns for each of commonly 3000 cells.
    /// </remarks>
    /// <param name="input">Mean and noise.</param>
    /// <param name="relativeTolerance">Of the mean passage time and its second moment, dimensionless; positive. What 65536 cells do not reach stands in the error of the result.</param>
    /// <returns>The firing, with the error that is left.</returns>
    /// <exception cref="ArgumentException">There is no noise.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is not positive.</exception>
    public SteadyFiring Firing(WhiteNoiseInput input, double relativeTolerance = 1e-10)
    {
        if (!(relativeTolerance > 0)) throw new ArgumentOutOfRangeException(nameof(relativeTolerance), relativeTolerance, "The tolerance must be positive.");
        (double mean, double square, double error) = SteadyPassage.Of(Neuron, input, relativeTolerance);
        double interval = Neuron.RefractoryPeriod + mean;
        return new SteadyFiring(1 / interval, double.IsFinite(square) ? Math.Sqrt(Math.Max(0, square - (mean * mean))) / interval : double.NaN, error);
    }

    /// <summary>The response to an input from time 0 on.</summary>
    /// <param name="input">Mean and noise in time.</param>
    /// <param name="duration">In seconds; the time step is adjusted so that a whole number of steps fits.</param>
    /// <param name="initial">The density in the beginning; the stationary one of the input then if null.</param>
    /// <param name="snapshotTimes">Instants at which the density is kept, in seconds from 0 to the duration; none if null.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Rate, densities and what the solver did.</returns>
    /// <exception cref="ArgumentException">The duration or an instant is out of range, the grid too coarse or too high, or a stationary beginning without noise is asked for.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public PopulationResponse Evolve(
        TimeVaryingInput input,
        double duration,
        InitialDensity? initial = null,
        IReadOnlyList<double>? snapshotTimes = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        Run(input, duration, initial ?? InitialDensity.Stationary, returns: true, snapshotTimes, progress, cancellationToken);

    /// <summary>The density of the time of the first spike: as <see cref="Evolve"/>, but what fires does not return.</summary>
    /// <param name="input">Mean and noise in time.</param>
    /// <param name="duration">In seconds.</param>
    /// <param name="initial">The density in the beginning; all neurons at the reset if null. A stationary one is not that of neurons which fire.</param>
    /// <param name="snapshotTimes">Instants at which the density of those that have not fired is kept, in seconds; none if null.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The density of the first spike, in hertz, as the rate.</returns>
    /// <exception cref="ArgumentException">The duration or an instant is out of range, or the grid too coarse or too high.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public PopulationResponse FirstPassage(
        TimeVaryingInput input,
        double duration,
        InitialDensity? initial = null,
        IReadOnlyList<double>? snapshotTimes = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        Run(input, duration, initial ?? InitialDensity.At(Neuron.Reset), returns: false, snapshotTimes, progress, cancellationToken);

    private static double[] Voltages(VoltageGrid grid) => [.. Enumerable.Range(0, grid.Cells).Select(grid.Voltage)];

    private VoltageGrid Grid(double lowestMean, double largestSigma, double lowestStart)
    {
        double lowest = Math.Min(Math.Min(lowestMean, Neuron.Reset), lowestStart);

        // Without noise there must still be cells below.
        double margin = Math.Max(LowerSigmas * largestSigma, 0.5 * (Neuron.Threshold - Neuron.Reset));
        return new VoltageGrid(Neuron, options.Cells, options.LowerBoundary ?? (lowest - margin));
    }

    private PopulationResponse Run(
        TimeVaryingInput input,
        double duration,
        InitialDensity initial,
        bool returns,
        IReadOnlyList<double>? snapshotTimes,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!(duration > 0) || !double.IsFinite(duration)) throw new ArgumentOutOfRangeException(nameof(duration), duration, "The duration must be positive and finite, in seconds.");
        int steps = checked((int)Math.Max(1, Math.Round(duration / options.TimeStep)));
        double timeStep = duration / steps;
        Queue<int> snapshotSteps = SnapshotSteps(snapshotTimes ?? [], duration, timeStep);

        // The value in the middle of a step stands for all of it, which is of second order in the step and exact for samples held so long.
        WhiteNoiseInput[] inputs = new WhiteNoiseInput[steps];
        for (int n = 0; n < steps; n++) inputs[n] = input.At((n + 0.5) * timeStep);
        VoltageGrid grid = Grid(inputs.Min(at => at.Mean), inputs.Max(at => at.Sigma), initial.Lowest);
        if (initial == InitialDensity.Stationary && input.Jumps.Count > 0)
            throw new ArgumentException("The stationary density with jumps is not known beforehand; start from a point or a normal density and let it settle.", nameof(initial));
        double steadyRate = 0;
        double[]? density = initial.On(grid);
        if (density is null) (steadyRate, density) = SteadyDensity.Of(grid, Neuron, input.At(0));
        if (!returns && steadyRate > 0) throw new ArgumentException("A stationary density has refractory neurons; give the density of the voltages from which the first spike is awaited.", nameof(initial));
        RefractoryDelay? delay = returns ? new RefractoryDelay(Neuron.RefractoryPeriod, timeStep, steps, steadyRate) : null;
        DensityStep step = new(grid, Neuron.TimeConstant, timeStep, delay?.ReturningAtOnce ?? 0, density, input.Jumps);

        double[] rate = new double[steps];
        List<DensitySnapshot> snapshots = [];
        double gone = 0, massError = 0;
        for (int n = 0; n <= steps; n++)
        {
            double outside = delay?.Mass ?? gone;
            massError = Math.Max(massError, Math.Abs((TensorPrimitives.Sum<double>(step.Density) * grid.Width) + outside - 1));
            for (; snapshotSteps.TryPeek(out int at) && at == n; snapshotSteps.Dequeue()) snapshots.Add(new DensitySnapshot(n * timeStep, [.. step.Density], delay?.Mass ?? 0));
            if (n == steps) break;
            double fired = step.Advance(inputs[n], delay?.Returning(n) ?? 0);
            rate[n] = fired / timeStep;
            delay?.Record(n, fired);
            gone += fired;
            if (n % Math.Max(1, steps / ProgressReports) != 0) continue;
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report((double)n / steps);
        }

        progress?.Report(1);
        return new PopulationResponse(SampledSignal.Regular("rate", rate, 0, 1 / timeStep), Voltages(grid), snapshots, massError, step.RepeatedSteps, step.ClippedMass);
    }

    private static Queue<int> SnapshotSteps(IReadOnlyList<double> times, double duration, double timeStep)
    {
        foreach (double time in times)
        {
            if (!(time >= 0 && time <= duration)) throw new ArgumentOutOfRangeException(nameof(times), time, "A density can be kept from time 0 to the end, in seconds.");
        }

        return new Queue<int>(times.Select(time => (int)Math.Round(time / timeStep)).Order());
    }
}
