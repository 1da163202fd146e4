using SpikeStats.Cli.Output;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats theory resonance</c> computed: how well a neuron transmits a weak signal at each level of noise. SI units.</summary>
internal sealed record ResonanceDocument(
    string Schema, string Version, double Mu, double Amplitude, double Frequency, double Tau, double Threshold, double Reset, double Refractory,
    ResonanceDocument.Optimum BestForSignalToNoise, ResonanceDocument.Optimum BestForGain, IReadOnlyList<ResonanceDocument.NoiseRow> Rows)
{
    public const string SchemaName = "spikestats.theory.resonance/1";

    // Golden section ends this near to a maximum at an end of the range.
    private const double Near = 1e-6;

    public static ResonanceDocument Of(LeakyTransfer transfer, StochasticResonance resonance, IReadOnlyList<double> sigmas)
    {
        (double low, double high) = (sigmas.Min(), sigmas.Max());
        return new ResonanceDocument(
            SchemaName, ProductVersion.Text, resonance.Mean, resonance.Amplitude, resonance.Frequency, transfer.Neuron.TimeConstant, transfer.Neuron.Threshold,
            transfer.Neuron.Reset, transfer.Neuron.RefractoryPeriod, Found(resonance.BestForSignalToNoise(low, high)), Found(resonance.BestForGain(low, high)),
            [.. sigmas.Select(sigma => NoiseRow.Of(resonance.At(sigma)))]);

        Optimum Found(ResonancePoint best) => new(NoiseRow.Of(best), best.Sigma > low * (1 + Near) && best.Sigma < high * (1 - Near));
    }

    /// <summary>One level of noise: volts, hertz per volt, hertz, hertz and a ratio; <see cref="IsLinear"/> tells whether linear response can be trusted.</summary>
    internal sealed record NoiseRow(double Sigma, double Gain, double Background, double SignalToNoise, double ModulationDepth, bool IsLinear)
    {
        public static NoiseRow Of(ResonancePoint point) => new(point.Sigma, point.Gain, point.Background, point.SignalToNoise, point.ModulationDepth, point.IsLinear);
    }

    /// <summary>The best level of noise; not <see cref="IsInside"/> if it lies at an end of the range.</summary>
    internal sealed record Optimum(NoiseRow Point, bool IsInside);
}
