using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>A fitted integrate-and-fire neuron, for people.</summary>
internal static class LeakyFitText
{
    public static string Of(LeakyFitDocument document)
    {
        AlignedTable parameters = new(new TableColumn("parameter", IsNumber: false), "estimate", "SE", new TableColumn("95 % interval", IsNumber: false), new TableColumn("unit", IsNumber: false));
        foreach (RenewalFitDocument.RenewalParameterEntry parameter in document.Fit.Parameters)
        {
            (string estimate, string standardError) = NumberText.Estimate(parameter.Value, parameter.StandardError);
            string interval = double.IsNaN(parameter.Lower) ? "given" : $"{NumberText.Of(parameter.Lower)} to {NumberText.Of(parameter.Upper)}";
            parameters.Add(parameter.Name, estimate, standardError, interval, parameter.Unit);
        }

        if (document.Input is { } input) return Driven(document, input, parameters);
        return $"""
            Leaky integrate-and-fire neuron of unit {document.Target}: {NumberText.Count(document.IntervalCount, "complete interval")}, {NumberText.Count(document.OpenIntervalCount, "open one")}

            {parameters}
            (threshold - mean)/sigma {NumberText.Of(document.ScaledThreshold)}, (reset - mean)/sigma {NumberText.Of(document.ScaledReset)}: of the voltages the intervals tell only these two numbers. The threshold
            of {NumberText.Of(document.Threshold)} V and the reset of {NumberText.Of(document.Reset)} V are given and set the scale.
            log-likelihood {NumberText.Fixed(document.Fit.LogLikelihood, 2)}, AIC {NumberText.Fixed(document.Fit.Aic, 2)}, {NumberText.Fixed(document.Fit.BitsPerSpike, 4)} bits/spike, KS D {NumberText.Of(document.Fit.Ks.Statistic)}, p {NumberText.Probability(document.Fit.Ks.PValue)}
            {document.Fit.Certificate.Message}

            """;
    }

    private static string Driven(LeakyFitDocument document, LeakyFitDocument.InputEntry input, AlignedTable parameters) => $"""
        Leaky integrate-and-fire neuron of unit {document.Target}, driven by {input.Signal}: {NumberText.Count(document.IntervalCount, "complete interval")}, {NumberText.Count(document.OpenIntervalCount, "open one")}

        {parameters}
        (threshold - mean)/sigma {NumberText.Of(document.ScaledThreshold)}, gain/sigma {NumberText.Of(input.ScaledGain)}, (threshold - reset)/sigma {NumberText.Of(document.ScaledThreshold - document.ScaledReset)}: the spikes tell these numbers. The threshold
        of {NumberText.Of(document.Threshold)} V and the reset of {NumberText.Of(document.Reset)} V are given and set the scale.
        log-likelihood {NumberText.Fixed(document.Fit.LogLikelihood, 2)} (constant input {NumberText.Fixed(input.ConstantInputLogLikelihood, 2)}), AIC {NumberText.Fixed(document.Fit.Aic, 2)}, {NumberText.Fixed(document.Fit.BitsPerSpike, 4)} bits/spike, KS of rescaled intervals D {NumberText.Of(document.Fit.Ks.Statistic)}, p {NumberText.Probability(document.Fit.Ks.PValue)}
        {document.Fit.Certificate.Message}

        """;
}
