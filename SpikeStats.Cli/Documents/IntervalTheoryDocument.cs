using SpikeStats.Cli.Output;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats theory isi</c> computed: the distribution of the intervals of a leaky integrate-and-fire neuron. SI units.</summary>
internal sealed record IntervalTheoryDocument(
    string Schema, string Version, double Mu, double Sigma, double Tau, double Threshold, double Reset, double Refractory, double Rate, double Mean, double Cv,
    IntervalTheoryDocument.ObservedEntry? Observed, IReadOnlyList<IntervalTheoryDocument.IntervalRow> Rows)
{
    public const string SchemaName = "spikestats.theory.isi/1";

    public static IntervalTheoryDocument Of(LeakyPassage law, IReadOnlyList<double> times, ObservedEntry? observed) => new(
        SchemaName, ProductVersion.Text, law.Input.Mean, law.Input.Sigma, law.Neuron.TimeConstant, law.Neuron.Threshold, law.Neuron.Reset, law.Neuron.RefractoryPeriod,
        1 / law.Mean, law.Mean, law.CoefficientOfVariation, observed, [.. times.Select(time => new IntervalRow(time, law.Density(time), law.Survivor(time), law.Hazard(time)))]);

    /// <summary>The intervals at a length, in seconds: density and hazard per second.</summary>
    internal sealed record IntervalRow(double Interval, double Density, double Survivor, double Hazard);

    /// <summary>The intervals of a unit, held against the theory, of which nothing was fitted to them.</summary>
    /// <param name="Target">The unit.</param>
    /// <param name="IntervalCount">How many.</param>
    /// <param name="Mean">Their mean, in seconds.</param>
    /// <param name="Cv">Their coefficient of variation.</param>
    /// <param name="LogLikelihood">Of densities in seconds, of the complete intervals; -∞ if one is shorter than the refractory period.</param>
    /// <param name="Ks">Kolmogorov-Smirnov of 1 - S.</param>
    /// <param name="Edges">Edges of the histogram, in seconds.</param>
    /// <param name="Counts">Intervals in its bins; those beyond the last edge are left out.</param>
    internal sealed record ObservedEntry(
        string Target, int IntervalCount, double Mean, double Cv, double LogLikelihood, RenewalFitDocument.KsEntry Ks, IReadOnlyList<double> Edges, IReadOnlyList<int> Counts)
    {
        public static ObservedEntry Of(LeakyPassage law, InterspikeIntervals intervals, InterspikeIntervalHistogram histogram)
        {
            double[] lengths = intervals.ToArray(), ended = [.. lengths.Select(length => 1 - law.Survivor(length))];
            Array.Sort(ended);
            KolmogorovSmirnovResult result = KolmogorovSmirnov.Test(ended);
            return new ObservedEntry(
                intervals.Train.Unit, intervals.Count, intervals.Mean, intervals.CoefficientOfVariation, lengths.Sum(law.LogDensity),
                new RenewalFitDocument.KsEntry(result.Statistic, result.PValue, result.Count), histogram.Bins.Edges(), histogram.Counts.ToArray());
        }
    }
}
