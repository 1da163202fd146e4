using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.ModelSelection;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Comparison;

/// <summary>What a <see cref="ModelComparison"/> found for one model.</summary>
/// <param name="Name">What the model is called.</param>
/// <param name="LogDensity">Log-likelihood as a density of spike times in seconds, in nats: the same measure for models on bins and in continuous time.</param>
/// <param name="ParameterCount">The number of parameters; the effective number for a penalised fit.</param>
/// <param name="Aic">Akaike's criterion, -2ℓ + 2k, in nats.</param>
/// <param name="Bic">Schwarz's criterion, -2ℓ + k log(spikes), in nats.</param>
/// <param name="BitsPerSpike">Information gained over the constant rate of the same spikes, in bits per spike.</param>
/// <param name="TimeRescaling">The verdict of time rescaling.</param>
public sealed record ModelScore(
    string Name, double LogDensity, double ParameterCount, double Aic, double Bic, double BitsPerSpike, TimeRescalingResult TimeRescaling)
{
    /// <summary>How far the fit to the whole recording is from its optimum; null for a closed form or where it is not known.</summary>
    public FitCertificate? Certificate { get; init; }

    /// <summary>Scores on time that the model was not fitted to, fold by fold, as densities of spike times; null if none was held out.</summary>
    public CrossValidationResult? HeldOut { get; init; }
}
