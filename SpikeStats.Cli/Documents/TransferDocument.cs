using SpikeStats.Cli.Output;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats theory fi</c> computed: rates over the mean input at several levels of noise. SI units.</summary>
internal sealed record TransferDocument(
    string Schema, string Version, double Tau, double Threshold, double Reset, double Refractory, IReadOnlyList<double> Mu, IReadOnlyList<TransferDocument.Curve> Curves)
{
    public const string SchemaName = "spikestats.theory.fi/1";

    /// <summary>The document; the deterministic curve is its first.</summary>
    public static TransferDocument Of(LeakyIntegrateAndFire neuron, IReadOnlyList<double> means, IReadOnlyList<double> sigmas) => new(
        SchemaName, ProductVersion.Text, neuron.TimeConstant, neuron.Threshold, neuron.Reset, neuron.RefractoryPeriod, means,
        [.. sigmas.Prepend(0).Distinct().Select(sigma => new Curve(sigma, Siegert.Rates(neuron, means, [.. means.Select(_ => sigma)])))]);

    /// <summary>Rates in hertz, one for each mean.</summary>
    internal sealed record Curve(double Sigma, IReadOnlyList<double> Rate);
}
