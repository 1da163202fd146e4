using SpikeStats.Cli.Output;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats theory fi</c> computed: rates over the mean input at several levels of noise. SI units.</summary>
internal sealed record TransferDocument(
    string Schema, string Version, double Tau, double Threshold, double Reset, double Refractory, IReadOnlyList<double> Mu, IReadOnlyList<TransferDocument.Curve> Curves,
    double? TimeStep, IReadOnlyList<TransferDocument.MeasuredRow>? Measured)
{
    public const string SchemaName = "spikestats.theory.fi/1";

    /// <summary>The document; the deterministic curve is its first, and every level of noise of a measured rate has a curve.</summary>
    public static TransferDocument Of(SimulatedNeuron simulated, IReadOnlyList<double> means, IReadOnlyList<double> sigmas, IReadOnlyList<MeasuredRow>? measured) => new(
        SchemaName, ProductVersion.Text, simulated.Neuron.TimeConstant, simulated.Neuron.Threshold, simulated.Neuron.Reset, simulated.Neuron.RefractoryPeriod, means,
        [.. sigmas.Prepend(0).Concat(measured?.Select(row => row.Sigma) ?? []).Distinct().Select(sigma => new Curve(sigma, Siegert.Rates(simulated.At(sigma), means, [.. means.Select(_ => sigma)])))],
        simulated.TimeStep, measured);

    /// <summary>Rates in hertz, one for each mean.</summary>
    internal sealed record Curve(double Sigma, IReadOnlyList<double> Rate);

    /// <summary>A measured rate and that of the theory, in hertz; the residual is their difference in standard errors.</summary>
    internal sealed record MeasuredRow(double Mu, double Sigma, double Rate, double StandardError, double Predicted, double Residual);
}
