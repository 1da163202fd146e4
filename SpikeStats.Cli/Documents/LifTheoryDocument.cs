using SpikeStats.Cli.Output;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats theory lif</c> computed: rate, regularity and slopes of leaky integrate-and-fire neurons. SI units.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="Method">How the rates were computed.</param>
/// <param name="Rows">One row per point, in the order given.</param>
internal sealed record LifTheoryDocument(string Schema, string Version, string Method, IReadOnlyList<LifTheoryDocument.RateRow> Rows)
{
    public const string SchemaName = "spikestats.theory.lif/1";

    public static LifTheoryDocument Of(string method, IReadOnlyList<RateRow> rows) => new(SchemaName, ProductVersion.Text, method, rows);

    /// <summary>One neuron under one input: volts, seconds, hertz and hertz per volt; <see cref="LogRate"/> is the natural logarithm.</summary>
    internal sealed record RateRow(
        double Mu, double Sigma, double Tau, double Threshold, double Reset, double Refractory, double Rate, double LogRate, double Cv, double DRateDMu, double DRateDSigma)
    {
        public static RateRow Of(LifPoint point, SiegertRate rate, double coefficientOfVariation) => new(
            point.Input.Mean, point.Input.Sigma, point.Neuron.TimeConstant, point.Neuron.Threshold, point.Neuron.Reset, point.Neuron.RefractoryPeriod,
            rate.Rate, rate.LogRate, coefficientOfVariation, rate.SlopeInMean, rate.SlopeInSigma);
    }
}
