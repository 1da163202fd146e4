using SpikeStats.Models.Drives;
using SpikeStats.Models.Generators;

namespace SpikeStats.Models.Neurons;

/// <summary>A neuron given by smooth equations under a drive: the spikes that it fires, and its voltage if asked for.</summary>
/// <remarks>
/// <para><b>Accuracy:</b> of <see cref="MembraneScheme.Exact"/>, spike times within 1e-6 ms (Hodgkin-Huxley, 500 ms), 1e-5 ms (Izhikevich) and 1e-4 ms (AdEx) of solutions of eighth order at
/// the default tolerance; a chaotic neuron loses a digit with every few spikes. The other schemes have the errors of their names.</para>
/// <para><b>Cost:</b> of the exact scheme some hundred steps per spike. One stream of random numbers per neuron, so that a seed gives the same spikes everywhere.</para>
/// </remarks>
public sealed class CurrentClamp : ISpikeGenerator
{
    /// <summary>The name of the recorded voltage.</summary>
    public const string VoltageName = "voltage";

    private readonly string? stepWarning;

    /// <summary>Puts a neuron under a drive.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="drive">The drive, in the unit that the neuron takes.</param>
    /// <param name="options">How to compute and record; the defaults if omitted.</param>
    /// <exception cref="ArgumentException">The scheme does not suit the neuron or the noise, its step is unstable, the neuron's voltages contradict each other, or it would start above its spike level.</exception>
    public CurrentClamp(SmoothNeuron neuron, Waveform drive, CurrentClampOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        ArgumentNullException.ThrowIfNull(drive);
        (Neuron, Drive, Options) = (neuron, drive, options ?? new CurrentClampOptions());
        neuron.Validate();
        RequireScheme();
        if (neuron.IsReset && Start >= neuron.SpikeLevel)
            throw new ArgumentException(FormattableString.Invariant($"The neuron would start at {Start} V, not below its spike level of {neuron.SpikeLevel} V."), nameof(options));
        stepWarning = FixedStep.Judge(neuron, Options);
    }

    /// <summary>The neuron.</summary>
    public SmoothNeuron Neuron { get; }

    /// <summary>The drive, in the unit that the neuron takes.</summary>
    public Waveform Drive { get; }

    /// <summary>How it is computed, started and recorded.</summary>
    public CurrentClampOptions Options { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Units { get; } = ["0"];

    /// <summary>What should be known of the step before the run; null if there is nothing to say.</summary>
    public string? StepWarning => stepWarning;

    /// <inheritdoc/>
    public string Scheme => FormattableString.Invariant($"{Neuron.Description}, drive in {Neuron.DriveUnit}: {SchemeText}; spike: V rises through {Neuron.SpikeLevel * 1e3:G6} mV; starts at {Start * 1e3:G6} mV.");

    private double Start => Options.StartingVoltage ?? Neuron.StartingVoltage;

    private string SchemeText => Options.Scheme switch
    {
        MembraneScheme.Exact => FormattableString.Invariant($"Dormand-Prince 5(4) with an error of {Options.Tolerance:G3} per step, spikes located on the solution"),
        MembraneScheme.Paper2003 => "the scheme of the paper of 2003, steps of 1 ms with two half steps of v, which is not converged",
        MembraneScheme.ExponentialEuler => $"exponential Euler steps of {StepText}, spikes interpolated linearly",
        MembraneScheme.RungeKutta4 => $"fourth-order Runge-Kutta steps of {StepText}, spikes interpolated linearly",
        MembraneScheme.EulerMaruyama => $"Euler-Maruyama steps of {StepText}, {NoiseText}, spikes interpolated linearly, reset at the end of the step",
        _ => $"Heun steps of {StepText}, {NoiseText}, spikes interpolated linearly, reset at the end of the step",
    };

    private string StepText => FormattableString.Invariant($"{Options.Step * 1e3:G6} ms");

    private string NoiseText => FormattableString.Invariant($"white noise of {Options.NoiseSigma * 1e3:G6} mV with a time constant of {Neuron.NoiseTimeConstant * 1e3:G6} ms");

    /// <inheritdoc/>
    public Recording Simulate(double duration, ulong seed, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        EmittedSpikes.RequireDuration(duration);
        double[] state = new double[Neuron.Scales.Length];
        Neuron.StateAt(Start, state);
        ClampRecord record = new(Units[0], duration, Options.VoltageSamplingRate, progress, cancellationToken);
        switch (Options.Scheme)
        {
            case MembraneScheme.Exact:
                ExactClamp.Run(Neuron, Drive, Options.Tolerance, state, record);
                break;
            case MembraneScheme.Paper2003:
                Paper2003Clamp.Run((Izhikevich)Neuron, Drive, state, record);
                break;
            default:
                new FixedStep(Neuron, Drive, Options, seed).Run(state, record);
                break;
        }

        return EmittedSpikes.ToRecording(this, [record.Spikes], duration, record.Signals(VoltageName), StepWarning is null ? null : [StepWarning]);
    }

    private void RequireScheme()
    {
        bool isDeterministic = Options.Scheme is not (MembraneScheme.EulerMaruyama or MembraneScheme.Heun);
        if (Options.NoiseSigma > 0 && isDeterministic)
            throw new ArgumentException($"The scheme {Options.Scheme} has no noise. Choose {MembraneScheme.EulerMaruyama} or {MembraneScheme.Heun}, or leave the noise out.");
        if (Options.Scheme == MembraneScheme.Paper2003 && Neuron is not Izhikevich)
            throw new ArgumentException($"The scheme {MembraneScheme.Paper2003} is for the Izhikevich neuron only. Choose {MembraneScheme.Exact}.");
        if (Options.Scheme is MembraneScheme.ExponentialEuler or MembraneScheme.RungeKutta4 && Neuron is not HodgkinHuxley)
            throw new ArgumentException($"The scheme {Options.Scheme} is for the Hodgkin-Huxley axon only. Choose {MembraneScheme.Exact}.");
    }
}
