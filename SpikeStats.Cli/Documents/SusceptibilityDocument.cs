using System.Numerics;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats theory susceptibility</c> computed: the linear response of a leaky integrate-and-fire neuron. SI units.</summary>
internal sealed record SusceptibilityDocument(
    string Schema, string Version, double Mu, double Sigma, double Tau, double Threshold, double Reset, double Refractory, double Rate, double Cv,
    IReadOnlyList<SusceptibilityDocument.FrequencyRow> Rows)
{
    public const string SchemaName = "spikestats.theory.susceptibility/1";

    public static SusceptibilityDocument Of(LifPoint point, IReadOnlyList<double> frequencies)
    {
        LeakyTransfer transfer = new(point.Neuron);
        return new SusceptibilityDocument(
            SchemaName, ProductVersion.Text, point.Input.Mean, point.Input.Sigma, point.Neuron.TimeConstant, point.Neuron.Threshold, point.Neuron.Reset,
            point.Neuron.RefractoryPeriod, transfer.Rate(point.Input), transfer.CoefficientOfVariation(point.Input),
            [.. frequencies.Select(frequency => RowAt(transfer, point.Input, frequency))]);
    }

    // The spectrum of the noise in units of the mean input is σ²τ, and χ is its cross-spectrum with the spikes by that of the noise, whatever the size of the noise (Novikov).
    private static FrequencyRow RowAt(LeakyTransfer transfer, WhiteNoiseInput input, double frequency)
    {
        Complex mean = transfer.Susceptibility(input, frequency);
        double spectrum = transfer.PowerSpectrum(input, frequency), noise = input.Sigma * input.Sigma * transfer.Neuron.TimeConstant;
        return new FrequencyRow(
            frequency, Response.Of(mean), Response.Of(transfer.VarianceSusceptibility(input, frequency)), spectrum, noise * mean.Magnitude * mean.Magnitude / spectrum);
    }

    /// <summary>The response at a frequency, in hertz: <see cref="ChiMu"/> in hertz per volt, <see cref="ChiVar"/> and the two-sided spectrum in hertz.</summary>
    internal sealed record FrequencyRow(double Frequency, Response ChiMu, Response ChiVar, double PowerSpectrum, double Coherence);

    /// <summary>A complex number in both ways; the phase in radians, negative where the response lags.</summary>
    internal sealed record Response(double Real, double Imaginary, double Gain, double Phase)
    {
        public static Response Of(Complex value) => new(value.Real, value.Imaginary, value.Magnitude, value.Phase);
    }
}
