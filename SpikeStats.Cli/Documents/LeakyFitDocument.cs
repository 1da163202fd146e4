using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.FirstPassage;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats fit lif</c> found. Voltages are in volts, times in seconds, log-likelihoods in nats.</summary>
internal sealed record LeakyFitDocument(
    string Schema, string Version, string Target, double Threshold, double Reset, int IntervalCount, int OpenIntervalCount,
    double ScaledThreshold, double ScaledReset, double Rate, RenewalFitDocument.FamilyEntry Fit)
{
    public const string SchemaName = "spikestats.fit.lif/1";

    /// <summary>The document of a fit.</summary>
    public static LeakyFitDocument Of(RenewalFit fit)
    {
        LeakyPassage law = (LeakyPassage)fit.Model.Intervals;
        return new LeakyFitDocument(
            SchemaName, ProductVersion.Text, fit.Specification.Target, law.Neuron.Threshold, law.Neuron.Reset,
            fit.IntervalCount, fit.OpenIntervalCount, (law.Neuron.Threshold - law.Input.Mean) / law.Input.Sigma, (law.Neuron.Reset - law.Input.Mean) / law.Input.Sigma, 1 / law.Mean,
            RenewalFitDocument.FamilyEntry.Of(fit));
    }
}
