using SpikeStats.Cli.Output;
using SpikeStats.Cli.Reporting;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Plotting;

namespace SpikeStats.Cli.Commands;

/// <summary>A fitted GLM as panels: what every term does, and the Kolmogorov-Smirnov plot.</summary>
internal static class GlmFitFigure
{
    private const int Columns = 2, MostCouplings = 6;
    private const double Width = 180, RowHeight = 70, MarginHeight = 15;

    public static Figure Of(GlmFit fit, TimeRescalingResult rescaling)
    {
        TermFit[] couplings = [.. fit.Terms.Where(term => term.Kind == "coupling")];
        TermFit[] surest = [.. couplings.OrderBy(term => term.Wald.PValue).Take(MostCouplings)];
        Figure ks = rescaling.PlotKs();
        Panel[] panels =
        [
            .. TermPanels.Of(fit), .. surest.Select(term => TermPanels.OfCoupling(term, fit.Specification.Target)),
            ks.Panels[0] with { Title = "Kolmogorov-Smirnov plot", AspectRatio = double.NaN, Y = new Axis("Rescaled quantile") { Lower = 0, Upper = 1 } },
        ];
        string left = couplings.Length > surest.Length ? $" The surest {MostCouplings} of {NumberText.Count(couplings.Length)} couplings." : "";
        string centred = fit.Terms.Any(term => term.IsSmooth) ? " Effects of values are centred on the data." : "";
        int rows = (panels.Length + Columns - 1) / Columns;
        return new Figure
        {
            Panels = panels,
            Columns = Columns,
            Size = new FigureSize(Width, MarginHeight + (RowHeight * rows)),
            Title = $"GLM of unit {fit.Specification.Target}",
            Caption = $"Bands: estimate ± 1.96 standard errors.{centred}{left} {ks.Caption}",
        };
    }
}
