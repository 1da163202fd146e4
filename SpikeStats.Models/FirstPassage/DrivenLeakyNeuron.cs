using SpikeStats.Models.Neurons;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.FirstPassage;

/// <summary>A leaky integrate-and-fire neuron under a recorded drive and white noise, as a point process: the hazard of its first passage since the last spike.</summary>
/// <remarks>
/// τ dV/dt = -V + μ₀ + g I(t) + σ √τ ξ(t), from the reset at the end of the refractory period. I is the signal, joined by straight lines between its samples; steps belong into it as two samples.
/// In an observed interval with spikes t₁ … t_n, log L = Σ log f(t_k | t_(k-1), I) + log S(end | t_n, I): everything is conditioned on the first spike, since the voltage before it is not known.
/// <para>The density solves a Volterra equation of the second kind for the boundary in the frame of the mean voltage. <b>Accuracy:</b> 10⁻⁶ absolute in log f and log S at the automatic step for a signal
/// that is smooth over it, less where fewer than 10⁻⁵ of mean-driven neurons are left: the error of the density is an absolute one, and below it a spike counts as impossible; tested against <see cref="LeakyPassage"/> where the drive is constant, and against <see cref="FokkerPlanck.FokkerPlanckEquation"/> where it is not.
/// <b>Cost:</b> for each step of some τ/32 some 3 ns for each step before it, up to 30 τ back.</para>
/// <para><b>Source:</b> Buonocore, Nobile and Ricciardi, Adv Appl Prob 19:784 (1987); for moving boundaries and likelihoods Paninski, Haith and Szirtes, J Comput Neurosci 24:69 (2008).</para>
/// </remarks>
public sealed class DrivenLeakyNeuron : IPointProcess
{
    private const int FirstCapacity = 256;

    private readonly string[] units;
    private readonly double? givenStep;

    /// <summary>Creates a process.</summary>
    /// <param name="unit">Identifier of the unit.</param>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">μ₀, the mean input where the signal is zero, and the noise σ, in volts.</param>
    /// <param name="signal">Name of the signal that drives it; the recordings must hold it.</param>
    /// <param name="gain">g, in volts per unit of the signal.</param>
    /// <param name="step">The longest step of the integral equation, in seconds; null for one that resolves the passages.</param>
    /// <param name="parameterCount">Number of parameters that were estimated; 0 if all are given.</param>
    /// <exception cref="ArgumentException">There is no noise, the reset is not below the threshold, the gain is not finite, or the step not positive.</exception>
    public DrivenLeakyNeuron(string unit, LeakyIntegrateAndFire neuron, WhiteNoiseInput input, string signal, double gain, double? step = null, int parameterCount = 0)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(neuron);
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterCount);
        neuron.Validate();
        if (!(input.Sigma > 0)) throw new ArgumentException("Without noise the intervals have no density; give σ > 0.", nameof(input));
        if (!double.IsFinite(gain)) throw new ArgumentOutOfRangeException(nameof(gain), gain, "The gain must be finite, in volts per unit of the signal.");
        if (step is { } given && (!(given > 0) || !double.IsFinite(given))) throw new ArgumentOutOfRangeException(nameof(step), step, "The step must be positive and finite, in seconds.");
        units = [unit];
        Neuron = neuron;
        Input = input;
        Signal = signal;
        Gain = gain;
        givenStep = step;
        ParameterCount = parameterCount;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Units => units;

    /// <summary>The neuron.</summary>
    public LeakyIntegrateAndFire Neuron { get; }

    /// <summary>μ₀, the mean input where the signal is zero, and the noise σ, in volts.</summary>
    public WhiteNoiseInput Input { get; }

    /// <summary>Name of the signal that drives the neuron.</summary>
    public string Signal { get; }

    /// <summary>g, in volts per unit of the signal.</summary>
    public double Gain { get; }

    /// <inheritdoc/>
    public int ParameterCount { get; }

    private double Distance => Neuron.Threshold - Neuron.Reset;

    private DrivenCoefficients Coefficients => new((Neuron.Threshold - Input.Mean) / Input.Sigma, -Gain / Input.Sigma, 1 / Input.Sigma);

    /// <inheritdoc/>
    /// <exception cref="InvalidRecordingException">The signal is missing where the unit was observed.</exception>
    public double LogLikelihood(Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        PassageWait[] waits = PassageWait.Of(recording[units[0]], Neuron.RefractoryPeriod);
        DrivenSolver solver = SolverFor(recording, recording[units[0]].Observed);
        double[] terms = new double[waits.Length];
        Parallel.For(0, waits.Length, i => terms[i] = solver.LogLikelihood(Coefficients, waits[i]));
        return terms.Sum();
    }

    /// <summary>The mean hazard in each bin of a grid, given the drive and the spikes before and within it.</summary>
    /// <param name="recording">The recording whose history the intensity is conditioned on.</param>
    /// <param name="unit">Identifier of the unit.</param>
    /// <param name="grid">The grid.</param>
    /// <returns>Hertz, one value per bin; NaN in a bin that is not wholly observed or begins before the first spike of its observed interval.</returns>
    /// <exception cref="UnknownUnitException">The process is not one of this unit, or the recording does not hold it.</exception>
    /// <exception cref="InvalidRecordingException">The signal is missing where the unit was observed.</exception>
    public double[] Intensity(Recording recording, string unit, BinGrid grid)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(grid);
        ThrowIfOther(unit);
        SpikeTrain train = recording[unit];
        PassageWait[] waits = PassageWait.Of(train, Neuron.RefractoryPeriod);
        DrivenSolver solver = SolverFor(recording, train.Observed);
        HazardCourse[] courses = new HazardCourse[waits.Length];
        Parallel.For(0, waits.Length, i => courses[i] = Course(solver, waits[i]));

        double[] intensity = new double[grid.BinCount];
        Array.Fill(intensity, double.NaN);
        foreach (BinSegment segment in grid.Segments)
        {
            int index = train.Observed.IndexOf(segment.Start);
            if (index < 0) continue;
            int[] inside = [.. Enumerable.Range(0, waits.Length).Where(i => waits[i].Segment == index)];
            double end = train.Observed[index].End, before = 0, from = double.NaN;
            for (int edge = 0, next = 0; edge <= segment.BinCount; edge++)
            {
                double time = segment.Start + (edge * grid.BinWidth);

                // The computed edge of the last bin may lie an ulp beyond the interval that it was cut from.
                if (time - end > 1e-9 * grid.BinWidth) break;
                while (next < inside.Length && waits[inside[next]].Start - Neuron.RefractoryPeriod <= time)
                {
                    if (next > 0) before += courses[inside[next - 1]].AtEnd;
                    next++;
                }

                double to = next == 0 ? double.NaN : before + courses[inside[next - 1]].At(Math.Min(time - waits[inside[next - 1]].Start, waits[inside[next - 1]].Duration), 1 / Neuron.TimeConstant);
                if (edge > 0) intensity[segment.FirstBin + edge - 1] = (to - from) / grid.BinWidth;
                from = to;
            }
        }

        return intensity;
    }

    /// <inheritdoc/>
    /// <remarks>A segment begins at the first spike, which is not one of its events; there is none for an observed interval without a spike.</remarks>
    /// <exception cref="InvalidRecordingException">The signal is missing where the unit was observed.</exception>
    public Compensator Compensate(Recording recording, string unit)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ThrowIfOther(unit);
        SpikeTrain train = recording[unit];
        PassageWait[] waits = PassageWait.Of(train, Neuron.RefractoryPeriod);
        DrivenSolver solver = SolverFor(recording, train.Observed);
        double[] gained = new double[waits.Length];
        Parallel.For(0, waits.Length, i => gained[i] = Course(solver, waits[i]).AtEnd);

        List<CompensatorSegment> segments = [];
        for (int first = 0, last; first < waits.Length; first = last + 1)
        {
            for (last = first; !waits[last].IsOpen;) last++;
            double[] sums = new double[last - first + 1];
            for (int i = first; i <= last; i++) sums[i - first] = gained[i] + (i > first ? sums[i - first - 1] : 0);
            TimeInterval defined = new(waits[first].Start - Neuron.RefractoryPeriod, train.Observed[waits[first].Segment].End);
            segments.Add(new CompensatorSegment(defined, sums.AsMemory(0, sums.Length - 1), sums[^1], default, default, sums[^1]));
        }

        return new Compensator(unit, IsDiscrete: false, segments, CoincidentSpikes: 0);
    }

    /// <summary>Draws spikes: each wait ends where the integrated hazard reaches an exponential number of mean 1.</summary>
    /// <remarks>Each observed interval begins with the voltage at the reset. <b>Accuracy:</b> that of the hazard; tested by time rescaling and against the closed rate.</remarks>
    /// <param name="conditions">The signal, and the intervals in which to draw: those in which the unit was observed, or all units if there is no such unit.</param>
    /// <param name="seed">Seed; interval n of the recording draws from the stream (seed, 0, n).</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>A recording of the unit with the trials and signals of <paramref name="conditions"/>.</returns>
    /// <exception cref="InvalidRecordingException">The signal is missing in the time of the simulation.</exception>
    public Recording Simulate(Recording conditions, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        TimeIntervals observed = conditions.Units.Contains(units[0]) ? conditions[units[0]].Observed : conditions.Observed;
        DrivenSolver solver = SolverFor(conditions, observed);
        DrivenKernel kernel = new(solver.Step, int.MaxValue);
        List<double> events = [];
        for (int s = 0; s < observed.Count; s++)
        {
            RandomStream stream = new(seed, unit: 0, trial: (uint)s);
            for (double time = observed[s].Start; ; time += Neuron.RefractoryPeriod)
            {
                cancellationToken.ThrowIfCancellationRequested();
                time = Math.Max(NextSpike(solver, kernel, time, observed[s].End, stream.NextExponential()), Math.BitIncrement(time));
                if (time >= observed[s].End) break;
                events.Add(time);
            }
        }

        return Recording.FromTrains([SpikeTrain.FromSorted(events.ToArray(), observed, units[0])], conditions.Trials, conditions.Signals);
    }

    private HazardCourse Course(DrivenSolver solver, in PassageWait wait) => wait.Duration > 0 ? solver.Trace(Coefficients, wait) : new HazardCourse(Neuron.TimeConstant);

    private double NextSpike(DrivenSolver solver, DrivenKernel kernel, double start, double end, double amount)
    {
        DrivenPassage passage = solver.Begin(Coefficients, kernel, start, FirstCapacity);
        HazardCourse course = new(solver.Step * Neuron.TimeConstant);
        while (course.AtEnd < amount)
        {
            if (start + course.Duration >= end) return end;
            passage.Advance();
            course.Add(passage);
        }

        return start + course.LastReaching(amount, 1 / Neuron.TimeConstant);
    }

    private DrivenSolver SolverFor(Recording recording, TimeIntervals observed)
    {
        SampledSignal signal = recording.Signal(Signal);
        LinearDrive.Require(signal, observed.Span);
        (double least, double most) = LinearDrive.Range(signal);
        double step = givenStep / Neuron.TimeConstant ?? DrivenSolver.StepFor(Coefficients, Distance, least, most);
        return new DrivenSolver(new LinearDrive(signal), Neuron.TimeConstant, Distance, step);
    }

    private void ThrowIfOther(string unit)
    {
        if (!string.Equals(unit, units[0], StringComparison.Ordinal)) throw new UnknownUnitException(unit, units);
    }
}
