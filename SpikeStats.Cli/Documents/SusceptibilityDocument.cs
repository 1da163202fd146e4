using System.Numerics;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats theory susceptibility</c> computed: the linear response of a leaky integrate-and-fire neuron. SI units.</summary>
internal sealed record SusceptibilityDocument(
    string Schema, string Version, double Mu, double Sigma, double Tau, double Threshold, double Reset, double Refractory, double Rate, double Cv,
    SusceptibilityDocument.WhiteSignalEntry Signal, IReadOnlyList<SusceptibilityDocument.FrequencyRow> Rows)
{
    public const string SchemaName = "spikestats.theory.susceptibility/1";

    public static SusceptibilityDocument Of(LifPoint point, IReadOnlyList<double> frequencies, WhiteSignal signal)
    {
        LeakyTransfer transfer = new(point.Neuron);
        double rate = transfer.Rate(point.Input);
        return new SusceptibilityDocument(
            SchemaName, ProductVersion.Text, point.Input.Mean, point.Input.Sigma, point.Neuron.TimeConstant, point.Neuron.Threshold, point.Neuron.Reset,
            point.Neuron.RefractoryPeriod, rate, transfer.CoefficientOfVariation(point.Input), WhiteSignalEntry.Of(transfer, point.Input, signal),
            [.. frequencies.Select(frequency => RowAt(transfer, point.Input, frequency, signal))]);
    }

    // The spectrum of the noise in units of the mean input is σ²τ. It is part of the background, and χ is its cross-spectrum with the spikes by that of the noise, whatever its
    // size (Novikov): its coherence is the ratio itself. A signal beside the noise adds to the background.
    private static FrequencyRow RowAt(LeakyTransfer transfer, WhiteNoiseInput input, double frequency, WhiteSignal signal) => new(
        frequency, Response.Of(transfer.Susceptibility(input, frequency)), Response.Of(transfer.VarianceSusceptibility(input, frequency)), transfer.PowerSpectrum(input, frequency),
        input.Sigma * input.Sigma * transfer.Neuron.TimeConstant * SignalTransmission.SignalToNoise(transfer, input, frequency),
        SignalTransmission.Coherence(transfer, input, frequency, signal.SpectrumAt(frequency)));

    /// <summary>The response at a frequency, in hertz: <see cref="ChiMu"/> in hertz per volt, <see cref="ChiVar"/> and the two-sided spectrum in hertz.</summary>
    internal sealed record FrequencyRow(double Frequency, Response ChiMu, Response ChiVar, double PowerSpectrum, double Coherence, double SignalCoherence);

    /// <summary>A weak white Gaussian signal in the mean input and what the spikes tell of it.</summary>
    /// <param name="StandardDeviation">Of the signal, in volts.</param>
    /// <param name="Band">Its highest frequency, in hertz.</param>
    /// <param name="InformationRate">The lower bound of the information, in bits per second.</param>
    /// <param name="InformationPerSpike">The same in bits per spike.</param>
    /// <param name="IsLinear">Whether a signal as slow as can be would modulate the rate by less than 30 %.</param>
    internal sealed record WhiteSignalEntry(double StandardDeviation, double Band, double InformationRate, double InformationPerSpike, bool IsLinear)
    {
        private const double LargestLinearDepth = 0.3;

        public static WhiteSignalEntry Of(LeakyTransfer transfer, WhiteNoiseInput input, WhiteSignal signal)
        {
            double information = SignalTransmission.InformationRate(transfer, input, signal.SpectrumAt, 0, signal.Band), rate = transfer.Rate(input);
            double depth = transfer.Susceptibility(input, 0).Magnitude * signal.StandardDeviation / rate;
            return new WhiteSignalEntry(signal.StandardDeviation, signal.Band, information, information / rate, depth < LargestLinearDepth);
        }
    }

    /// <summary>A complex number in both ways; the phase in radians, negative where the response lags.</summary>
    internal sealed record Response(double Real, double Imaginary, double Gain, double Phase)
    {
        public static Response Of(Complex value) => new(value.Real, value.Imaginary, value.Magnitude, value.Phase);
    }
}
