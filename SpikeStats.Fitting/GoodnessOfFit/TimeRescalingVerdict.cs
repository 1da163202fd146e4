using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>Time rescaling put in words: whether the model fits, and if not, what the spikes do that it does not expect.</summary>
/// <remarks>
/// Two tests are made, that the rescaled intervals have the right distribution (Kolmogorov-Smirnov) and that they are independent
/// (Ljung-Box). Each has half the level, so that a true model is rejected with at most the whole. The p-value of a model on bins is
/// the median over the draws.
/// </remarks>
/// <param name="Fits">Whether neither test rejects; null if there was nothing to test.</param>
/// <param name="Level">Probability of rejecting a true model, at most; dimensionless.</param>
/// <param name="PValue">Probability of the distance of the distributions under the model; NaN without intervals.</param>
/// <param name="DependencePValue">Probability of the dependence under the model; NaN with too few intervals.</param>
/// <param name="Sentence">The verdict in plain words.</param>
public sealed record TimeRescalingVerdict(bool? Fits, double Level, double PValue, double DependencePValue, string Sentence)
{
    // Standard errors beyond which a share of the intervals counts as off.
    private const double Notable = 2;
    private const double Tail = 0.1;

    /// <summary>Judges a result.</summary>
    /// <param name="result">The result of the tests.</param>
    /// <param name="level">Probability of rejecting a true model, at most; between 0 and 1.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public static TimeRescalingVerdict Of(TimeRescalingResult result, double level = 0.05)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!(level > 0 && level < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "The level must lie between 0 and 1.");
        double p = result.Draws?.Median ?? result.KolmogorovSmirnov.PValue, dependence = result.Dependence.PValue;
        if (double.IsNaN(p)) return new TimeRescalingVerdict(null, level, p, dependence, "Not judged: there is no rescaled interval.");
        List<string> faults = [];
        if (p < level / 2) faults.Add(Shape(result.SortedUniforms.Span));
        if (dependence < level / 2) faults.Add(Dependence(result.Dependence));
        string sentence = faults.Count > 0
            ? $"Does not fit: {string.Join("; and ", faults)}."
            : $"Fits: the {CaptionText.Count(result.Count, "rescaled interval")} look exponential"
                + (double.IsNaN(dependence) ? ", too few to test whether they are independent." : " and independent.");
        return new TimeRescalingVerdict(faults.Count == 0, level, p, dependence, sentence);
    }

    private static string Shape(ReadOnlySpan<double> ascending)
    {
        double shortest = Share(ascending, static u => u < Tail), longest = Share(ascending, static u => u > 1 - Tail);
        double error = Math.Sqrt(Tail * (1 - Tail) / ascending.Length);
        string shares = $"{Percent(shortest)} of the intervals fall in the shortest tenth that it expects and {Percent(longest)} in the longest";
        string what = (Sign((shortest - Tail) / error), Sign((longest - Tail) / error)) switch
        {
            (1, 1) => "spikes are more irregular than the model allows",
            (-1, -1) => "spikes are more regular than the model allows",
            (1, _) => "there are too many short intervals for the model",
            (_, 1) => "there are too many long intervals for the model",
            (-1, _) => "there are too few short intervals for the model",
            (_, -1) => "there are too few long intervals for the model",
            _ => "intervals of medium length are not distributed as the model expects",
        };
        return $"{what} ({shares})";
    }

    private static string Dependence(SerialDependence dependence)
    {
        ReadOnlySpan<double> correlation = dependence.Autocorrelation.Span;
        int largest = 0;
        for (int lag = 1; lag < correlation.Length; lag++)
        {
            if (Math.Abs(correlation[lag]) > Math.Abs(correlation[largest])) largest = lag;
        }

        string first = NumberText.Fixed(correlation[0], 2);
        if (correlation[0] > dependence.BandHalfWidth)
            return $"an interval resembles the one before it (correlation {first}), as when the rate drifts or the unit bursts for reasons that the model does not know";
        if (correlation[0] < -dependence.BandHalfWidth)
            return $"long and short intervals alternate more than the model expects (correlation {first} of neighbours)";
        return $"intervals {largest + 1} apart are correlated ({NumberText.Fixed(correlation[largest], 2)})";
    }

    private static int Sign(double standardErrors) => standardErrors > Notable ? 1 : standardErrors < -Notable ? -1 : 0;

    private static double Share(ReadOnlySpan<double> values, Func<double, bool> predicate)
    {
        int count = 0;
        foreach (double value in values)
        {
            if (predicate(value)) count++;
        }

        return (double)count / values.Length;
    }

    private static string Percent(double share) => $"{NumberText.Fixed(100 * share, 0)} %";
}
