using SpikeStats.Fitting.Glm;

namespace SpikeStats.Cli.Documents;

/// <summary>The effect of a smooth term at evenly spaced values, centred on the data, with pointwise standard errors.</summary>
/// <param name="Axes">Names of the axes: signals, after <c>lag</c> if the term has one.</param>
/// <param name="Grids">The values along each axis, in the unit of the signal; lags in seconds.</param>
/// <param name="Values">The effect on the predictor at each point, the last axis running fastest.</param>
/// <param name="StandardErrors">Their standard errors; NaN where the data do not determine the effect.</param>
internal sealed record EffectEntry(
    IReadOnlyList<string> Axes, IReadOnlyList<IReadOnlyList<double>> Grids, IReadOnlyList<double> Values, IReadOnlyList<double> StandardErrors)
{
    // A grid over more axes would be most of the document.
    private const int MostAxes = 2;

    /// <summary>The effect of a term; null if it is not smooth or has too many axes.</summary>
    public static EffectEntry? Of(TermFit term, GlmFit fit)
    {
        if (!term.IsSmooth) return null;
        GlmEffect effect = fit.Effect(term.Name);
        return effect.Axes.Count > MostAxes ? null : new EffectEntry(effect.Axes, effect.Grids, effect.Values, effect.StandardErrors);
    }
}
