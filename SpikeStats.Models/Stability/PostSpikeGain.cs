using SpikeStats.Models.Glm;

namespace SpikeStats.Models.Stability;

/// <summary>What a spike of a unit adds to the log rate of the same or of another unit, lag by lag.</summary>
internal static class PostSpikeGain
{
    /// <summary>The gain of a unit's own spikes.</summary>
    public static double[] Of(GlmModel model) => Of(model, model.Unit);

    /// <summary>The gain of the spikes of a source in the bins after a spike, a sum if the model has several filters of it; empty without one.</summary>
    public static double[] Of(GlmModel model, string source)
    {
        SpikeFilter[] filters = [.. model.SpikeFilters.Where(filter => string.Equals(filter.Source, source, StringComparison.Ordinal))];
        double[] gain = new double[filters.Select(filter => filter.LastLag).DefaultIfEmpty(0).Max()];
        foreach (SpikeFilter filter in filters)
        {
            for (int i = 0; i < filter.LogGain.Count; i++) gain[filter.FirstLag - 1 + i] += filter.LogGain[i];
        }

        return gain;
    }

    /// <summary>∫ (e^h - 1), in seconds: the spikes that one spike adds on average, per hertz of the rate without it.</summary>
    public static double Excess(IReadOnlyList<double> gain, double binWidth)
    {
        double sum = 0;
        foreach (double value in gain) sum += Math.Exp(value) - 1;
        return sum * binWidth;
    }
}
