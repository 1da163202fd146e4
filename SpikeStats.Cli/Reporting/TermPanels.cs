using SpikeStats.Fitting.Glm;
using SpikeStats.Plotting;

namespace SpikeStats.Cli.Reporting;

/// <summary>What the terms of a GLM do, a panel for each: gains of spikes, filters of signals, curves and maps of effects of values.</summary>
internal static class TermPanels
{
    // A map of more axes is no drawing.
    private const int MostAxes = 2;

    // Lags up to which every value of a filter is drawn, every second, and beyond it every fourth: the basis is as coarse.
    private const int FineRows = 30;
    private const int MiddleRows = 60;

    /// <summary>The panels of all terms but couplings and powers of covariates.</summary>
    public static IEnumerable<Panel> Of(GlmFit fit)
    {
        foreach (TermFit term in fit.Terms)
        {
            if (term.Kind == "history")
                yield return FilterFigure.Of([Thinned(term)]).Panels[1] with { Title = "Post-spike filter" };
            else if (term.Kind == "stimulus")
                yield return FilterFigure.Of([Thinned(term)]).Panels[0] with { Title = "Stimulus filter" };
            else if (term.IsSmooth && fit.Effect(term.Name) is { Axes.Count: <= MostAxes } effect)
                yield return effect.Plot().Panels[0] with { Title = $"Effect of {string.Join(" and ", effect.Axes)}" };
        }
    }

    /// <summary>The panel of a coupling.</summary>
    public static Panel OfCoupling(TermFit term, string target) =>
        FilterFigure.Of([Thinned(term)]).Panels[1] with { Title = $"{term.Name["coupling:".Length..]} → {target}" };

    private static FilterTerm Thinned(TermFit term)
    {
        int[] rows = [.. Enumerable.Range(0, term.Lags.Count).Where(row => row < FineRows || row % (row < MiddleRows ? 2 : 4) == 0 || row == term.Lags.Count - 1)];
        double[] Taken(IReadOnlyList<double> values) => Array.ConvertAll(rows, row => values[row]);
        return new FilterTerm(term.Name, Taken(term.Lags), Taken(term.Filter), Taken(term.FilterStandardErrors));
    }
}
