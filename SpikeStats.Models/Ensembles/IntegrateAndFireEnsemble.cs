using System.Globalization;
using System.Runtime.Intrinsics;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Generators;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Ensembles;

/// <summary>Independent identical integrate-and-fire neurons under the inputs of theory, simulated in time steps.</summary>
/// <remarks>
/// Refractory periods are real numbers: a neuron that may fire again within a step moves on for the rest of the step. A drive that changes is held over a step at its value in the middle
/// of the step; functions of time are called from several threads.
/// <list type="bullet">
/// <item>The leaky neuron under white noise: <see cref="SteppingScheme.Bridge"/> has errors of second order in the step, from the curvature of the threshold as the noise sees it;
/// <see cref="SteppingScheme.Grid"/> and <see cref="SteppingScheme.Euler"/> of order 1/2, see <see cref="DiscreteTime"/>. Eight neurons go side by side in a vector.</item>
/// <item>The exponential and the quadratic neuron: by a splitting into exact flows, of second order, and the instant of the crossing in closed form; with <see cref="SteppingScheme.Grid"/>
/// it is moved to the end of the step.</item>
/// <item>Coloured noise: its own process exactly, the membrane by its mean over a step, of second order. Shot noise: from jump to jump, and exact for the leaky neuron.</item>
/// </list>
/// <para><b>Accuracy:</b> tested against <see cref="Siegert"/>, <see cref="DiscreteTime"/>, <see cref="FirstPassage.LeakyPassage"/>, <see cref="LeakyTransfer"/>,
/// <see cref="FokkerPlanckEquation"/>, <see cref="ThresholdTransfer"/>, <see cref="ShotNoise"/> and other simulations. <b>Cost:</b> about 2 ns per leaky neuron and step on one core, 0.1 µs
/// otherwise; see docs/performance.md. <b>Source:</b> docs/theory/simulators.md.</para>
/// </remarks>
public sealed class IntegrateAndFireEnsemble : ISpikeGenerator
{
    /// <summary>The trial of the random streams of the noise.</summary>
    internal const uint NoiseTrial = 0;

    /// <summary>That of the streams of what happens within steps.</summary>
    internal const uint EventTrial = 1;

    // Neurons per task: so many that a drive is not evaluated too often, so few that tasks are balanced.
    private const int BlockSize = 128;

    // Beyond it the exponentials of the scheme lose their digits, and nothing is left of the path.
    private const double LongestStep = 20;

    private readonly EnsembleDrive drive;

    /// <summary>Neurons under white noise.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">Mean and noise.</param>
    /// <param name="options">How many, and how they are simulated.</param>
    /// <exception cref="ArgumentException">The reset, or the initial voltage, is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is more than 20 time constants.</exception>
    /// <exception cref="UnstableStepException">Euler's scheme would be unstable.</exception>
    public IntegrateAndFireEnsemble(IntegrateAndFireNeuron neuron, WhiteNoiseInput input, EnsembleOptions? options = null)
        : this(neuron, EnsembleDrive.Of(input), options)
    {
    }

    /// <summary>Neurons under white noise that changes with time, and jumps.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">Mean, noise and jumps.</param>
    /// <param name="options">How many, and how they are simulated.</param>
    /// <exception cref="ArgumentException">The reset, or the initial voltage, is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is more than 20 time constants.</exception>
    /// <exception cref="UnstableStepException">Euler's scheme would be unstable.</exception>
    public IntegrateAndFireEnsemble(IntegrateAndFireNeuron neuron, TimeVaryingInput input, EnsembleOptions? options = null)
        : this(neuron, EnsembleDrive.Of(input ?? throw new ArgumentNullException(nameof(input))), options)
    {
    }

    /// <summary>Neurons under Gaussian noise with a correlation time.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">Mean, noise and correlation time.</param>
    /// <param name="options">How many, and how they are simulated.</param>
    /// <exception cref="ArgumentException">The reset, or the initial voltage, is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is more than 20 time constants.</exception>
    /// <exception cref="UnstableStepException">Euler's scheme would be unstable.</exception>
    public IntegrateAndFireEnsemble(IntegrateAndFireNeuron neuron, ColouredNoiseInput input, EnsembleOptions? options = null)
        : this(neuron, EnsembleDrive.Of(input), options)
    {
    }

    /// <summary>Neurons under jumps at random times.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">Constant input and jumps.</param>
    /// <param name="options">How many, and how they are simulated.</param>
    /// <exception cref="ArgumentException">The reset, or the initial voltage, is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is more than 20 time constants.</exception>
    /// <exception cref="UnstableStepException">Euler's scheme would be unstable.</exception>
    public IntegrateAndFireEnsemble(IntegrateAndFireNeuron neuron, ShotNoiseInput input, EnsembleOptions? options = null)
        : this(neuron, EnsembleDrive.Of(input), options)
    {
    }

    private IntegrateAndFireEnsemble(IntegrateAndFireNeuron neuron, EnsembleDrive drive, EnsembleOptions? options)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        neuron.Validate();
        (Neuron, this.drive, Options) = (neuron, drive, options ?? new EnsembleOptions());
        if (Options.InitialVoltage >= neuron.Threshold)
            throw new ArgumentException(FormattableString.Invariant($"The initial voltage ({Options.InitialVoltage} V) must lie below the threshold ({neuron.Threshold} V)."), nameof(options));
        if (Options.TimeStep > LongestStep * neuron.TimeConstant)
            throw new ArgumentOutOfRangeException(nameof(options), Options.TimeStep, $"The time step must not exceed {LongestStep} time constants of the membrane, in seconds.");
        Warnings = StepVerdict.Of(neuron, Options);
        Units = [.. Enumerable.Range(0, Options.Count).Select(unit => unit.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>The neuron.</summary>
    public IntegrateAndFireNeuron Neuron { get; }

    /// <summary>How many, and how they are simulated.</summary>
    public EnsembleOptions Options { get; }

    /// <summary>What the reader should know of the step before a run; it stands in the report of every recording.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Units { get; }

    /// <inheritdoc/>
    public string Scheme => string.Create(CultureInfo.InvariantCulture, $"{NeuronName} integrate-and-fire neurons under {drive.Name}: {Stepping}, in steps of {Options.TimeStep} s");

    private string NeuronName => Neuron switch { LeakyIntegrateAndFire => "leaky", ExponentialIntegrateAndFire => "exponential", _ => "quadratic" };

    private string Stepping => (Options.Scheme, Neuron) switch
    {
        (SteppingScheme.Euler, _) => "scheme Euler, the threshold looked at after each step",
        (SteppingScheme.Grid, LeakyIntegrateAndFire) => "scheme Grid, exact steps of the membrane, the threshold looked at after each",
        (SteppingScheme.Grid, _) => "scheme Grid, split into exact flows, spikes at the ends of steps",
        (_, LeakyIntegrateAndFire) when drive.Coloured is null && drive.Jumps.Count == 0 => "scheme Bridge, exact steps of the membrane, crossings and their instants by a Brownian bridge",
        (_, LeakyIntegrateAndFire) => "scheme Bridge, exact flows of the membrane and exact instants of crossings",
        _ => "scheme Bridge, split into exact flows, instants of crossings in closed form",
    };

    /// <inheritdoc/>
    public Recording Simulate(double duration, ulong seed, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        EmittedSpikes.RequireDuration(duration);
        EnsembleClock clock = EnsembleClock.Of(Options, duration);
        List<double>[] spikes = [.. Units.Select(_ => new List<double>())];
        int blocks = (spikes.Length + BlockSize - 1) / BlockSize;
        EnsembleProgress done = new(blocks * clock.Steps, progress);
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = Options.Threads, CancellationToken = cancellationToken }, block =>
        {
            int first = block * BlockSize;
            Span<List<double>> mine = spikes.AsSpan(first, Math.Min(BlockSize, spikes.Length - first));
            Action<long, int> advance = FitsLanes ? Lanes(clock, seed, first, mine) : Paths(clock, seed, first, mine);
            for (long step = 0; step < clock.Steps; step += LeakyLanes.Stretch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int steps = (int)Math.Min(LeakyLanes.Stretch, clock.Steps - step);
                advance(step, steps);
                done.Add(steps);
            }
        });
        return Collect(spikes, duration);
    }

    // A lane of a refractory neuron holds infinity, which a decay of 0 or less would not preserve.
    private bool FitsLanes => Neuron is LeakyIntegrateAndFire && drive.Coloured is null && drive.Jumps.Count == 0
        && (Options.Scheme != SteppingScheme.Euler || Options.TimeStep < Neuron.TimeConstant);

    private double Start => Options.InitialVoltage ?? Neuron.Reset;

    private Action<long, int> Lanes(EnsembleClock clock, ulong seed, int first, ReadOnlySpan<List<double>> spikes)
    {
        LeakyIntegrateAndFire neuron = (LeakyIntegrateAndFire)Neuron;
        StepCoefficients coefficients = new(neuron, drive, clock, Options.Scheme, LeakyLanes.Stretch);
        Vector512<double>[] gaussians = new Vector512<double>[LeakyLanes.Stretch];
        Vector512<ulong>[] uniforms = new Vector512<ulong>[LeakyLanes.Stretch / 2];
        LeakyLanes[] groups = new LeakyLanes[(spikes.Length + RandomLanes.Count - 1) / RandomLanes.Count];
        for (int group = 0; group < groups.Length; group++)
        {
            int start = group * RandomLanes.Count;
            groups[group] = new LeakyLanes(neuron, Options.Scheme, clock, Start, seed, first + start, [.. spikes[start..Math.Min(start + RandomLanes.Count, spikes.Length)]]);
        }

        return (step, steps) =>
        {
            coefficients.Load(step);
            foreach (LeakyLanes group in groups) group.Advance(step, steps, coefficients, gaussians, uniforms);
        };
    }

    private Action<long, int> Paths(EnsembleClock clock, ulong seed, int first, ReadOnlySpan<List<double>> spikes)
    {
        Membrane membrane = Membrane.Of(Neuron, Options.Scheme);
        NeuronPath[] paths = new NeuronPath[spikes.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            uint unit = (uint)(first + i);
            paths[i] = new NeuronPath(Neuron, drive, membrane, clock, Start, (new RandomStream(seed, unit, NoiseTrial), new RandomStream(seed, unit, EventTrial)), spikes[i]);
        }

        return (step, steps) =>
        {
            foreach (NeuronPath path in paths) path.Advance(step, steps);
        };
    }

    private Recording Collect(List<double>[] spikes, double duration)
    {
        int[] offsets = new int[spikes.Length + 1];
        for (int unit = 0; unit < spikes.Length; unit++) offsets[unit + 1] = checked(offsets[unit] + spikes[unit].Count);
        double[] times = new double[offsets[^1]];
        for (int unit = 0; unit < spikes.Length; unit++) spikes[unit].CopyTo(times, offsets[unit]);
        return EmittedSpikes.ToRecording(this, times, offsets, duration, warnings: Warnings);
    }
}
