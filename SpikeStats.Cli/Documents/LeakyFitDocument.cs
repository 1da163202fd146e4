using SpikeStats.Cli.Output;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.FirstPassage;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats fit lif</c> found. Voltages are in volts, times in seconds, log-likelihoods in nats.</summary>
internal sealed record LeakyFitDocument(
    string Schema, string Version, string Target, double Threshold, double Reset, int IntervalCount, int OpenIntervalCount,
    double ScaledThreshold, double ScaledReset, double Rate, RenewalFitDocument.FamilyEntry Fit, LeakyFitDocument.InputEntry? Input = null)
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

    /// <summary>The document of a fit under a drive. A driven neuron has no rate of its own: it is NaN.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="rescaling">Its time rescaling.</param>
    public static LeakyFitDocument Of(DrivenLeakyFit fit, TimeRescalingResult rescaling)
    {
        DrivenLeakyNeuron model = fit.Model;
        KolmogorovSmirnovResult ks = rescaling.KolmogorovSmirnov;
        RenewalFitDocument.FamilyEntry entry = new(
            "lif", [.. fit.Parameters.Select(parameter => new RenewalFitDocument.RenewalParameterEntry(parameter.Name, parameter.SiUnit, parameter.Value, parameter.StandardError, parameter.Lower, parameter.Upper))],
            fit.LogLikelihood, fit.NullLogLikelihood, fit.Aic, fit.Bic, fit.BitsPerSpike, new RenewalFitDocument.KsEntry(ks.Statistic, ks.PValue, ks.Count),
            GlmFitDocument.CertificateEntry.Of(fit.Certificate));
        return new LeakyFitDocument(
            SchemaName, ProductVersion.Text, fit.Specification.Target, model.Neuron.Threshold, model.Neuron.Reset, fit.IntervalCount, fit.OpenIntervalCount,
            (model.Neuron.Threshold - model.Input.Mean) / model.Input.Sigma, (model.Neuron.Reset - model.Input.Mean) / model.Input.Sigma, double.NaN, entry,
            new InputEntry(model.Signal, model.Gain / model.Input.Sigma, model.Neuron.TimeConstant, model.Neuron.RefractoryPeriod, fit.ConstantInputLogLikelihood, fit.StepError));
    }

    /// <summary>The drive of a fit with <c>--input</c>: what was given with it, and what its gain is worth.</summary>
    internal sealed record InputEntry(string Signal, double ScaledGain, double TimeConstant, double RefractoryPeriod, double ConstantInputLogLikelihood, double StepError);
}
