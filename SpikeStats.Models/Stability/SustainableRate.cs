using SpikeStats.Models.Glm;

namespace SpikeStats.Models.Stability;

/// <summary>The rate above which a unit of a GLM counts as run away, unless the caller says otherwise.</summary>
/// <remarks>
/// 500 Hz; or, if it is less, nine tenths of the highest rate that bins and absolute refractoriness admit: a unit whose only brake is its
/// refractory period settles close to that ceiling, and this is not stability.
/// </remarks>
internal static class SustainableRate
{
    private const double Highest = 500;
    private const double Share = 0.9;

    /// <summary>The limit of a verdict, in hertz.</summary>
    public static double Of(GlmModel model) => Math.Min(Highest, Share / ((RefractoryBins(model) + 1) * model.BinWidth));

    /// <summary>The limit of a simulation, in hertz: a bin may hold many spikes where the law of counts and no refractoriness forbid it.</summary>
    public static double InSimulation(GlmModel model) =>
        RefractoryBins(model) == 0 && model.Observation.Clip(2) == 2 ? Highest : Of(model);

    private static int RefractoryBins(GlmModel model)
    {
        double[] history = PostSpikeGain.Of(model);
        int bins = 0;
        while (bins < history.Length && double.IsNegativeInfinity(history[bins])) bins++;
        return bins;
    }
}
