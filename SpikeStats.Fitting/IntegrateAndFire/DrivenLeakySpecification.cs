using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;

namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>Which leaky integrate-and-fire neuron under a recorded drive to fit to which unit.</summary>
/// <remarks>
/// The input is μ₀ + g I(t) with white noise σ; I is a signal of the recording. μ₀, g and σ are estimated; threshold, reset, time constant and refractory period are given.
/// Spikes tell (θ - μ₀)/σ, g/σ and (θ - V_r)/σ: the distance from reset to threshold is the scale of all voltages. Without variation of the drive its gain cannot be told from μ₀.
/// </remarks>
public sealed record DrivenLeakySpecification
{
    /// <summary>Identifier of the unit to explain.</summary>
    public required string Target { get; init; }

    /// <summary>Name of the signal that drives it.</summary>
    public required string Signal { get; init; }

    /// <summary>Threshold, reset, time constant and refractory period of the neuron.</summary>
    /// <value>20 mV, 10 mV, 20 ms and 2 ms by default; the refractory period must be shorter than every interval.</value>
    public LeakyIntegrateAndFire Neuron
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Validate();
            field = value;
        }
    }

    = new();

    /// <summary>The longest step of the integral equation, in seconds.</summary>
    /// <value>Null by default: one that resolves the passages of the estimate. <see cref="DrivenLeakyFit.StepError"/> tells what it costs.</value>
    public double? Step { get; init; }

    /// <summary>Maximises the likelihood of the intervals, and of the open one at the end of each observed interval, given its first spike.</summary>
    /// <remarks>
    /// Newton iterations in (θ - μ₀)/σ, -g/σ and 1/σ with exact gradient and Hessian, from the fit of a constant input. <b>Accuracy:</b> derivatives tested against differences,
    /// estimates and their errors on neurons simulated by a method that shares nothing with the density. <b>Cost:</b> some 10 ns for each pair of steps less than 30 τ
    /// apart, in each of about eight iterations: some seconds for a thousand intervals of 100 ms at τ = 20 ms.
    /// </remarks>
    /// <param name="recording">The recording, with the signal.</param>
    /// <param name="options">Tolerances; the defaults if omitted.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fit; its <see cref="DrivenLeakyFit.Certificate"/> says whether the optimum was reached.</returns>
    /// <exception cref="UnknownUnitException">The target is not in the recording.</exception>
    /// <exception cref="ArgumentException">The signal is not in the recording, or the step not positive.</exception>
    /// <exception cref="InvalidRecordingException">The signal is too short or constant or not finite, there are too few intervals, or one is within the refractory period.</exception>
    public DrivenLeakyFit Fit(Recording recording, RenewalFitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (Step is { } step && (!(step > 0) || !double.IsFinite(step))) throw new ArgumentException("The step must be positive and finite, in seconds.");
        options ??= new RenewalFitOptions();
        options.Validate();
        return DrivenLeakyFitter.Fit(this, recording, options, progress, cancellationToken);
    }

    /// <summary>The process with some input.</summary>
    internal DrivenLeakyNeuron Create(double mean, double gain, double sigma, int parameterCount) => new(Target, Neuron, new(mean, sigma), Signal, gain, Step, parameterCount);
}
