using SpikeStats.Fitting.Glm;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Reporting;

/// <summary>All figures of a unit as panels of one: what the unit does, what the model says, and whether it is right.</summary>
internal static class UnitSheet
{
    /// <summary>The width of the page, in millimetres on paper.</summary>
    public const double Width = 190;

    /// <summary>Units with fewer spikes have no figures.</summary>
    public const int LeastSpikes = 10;

    private const int Columns = 3;
    private const double RowHeight = 47;
    private const double MarginHeight = 4;
    private const int MostTrialSpikes = 3000;
    private const int MostCouplings = 6;
    private const double SameLevel = 0.01;

    /// <summary>The sheet of a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="trials">The trials of the recording.</param>
    /// <param name="isDetailed">Whether there is room for a raster of the trials.</param>
    /// <returns>The figure; without panels for a unit of fewer than <see cref="LeastSpikes"/> spikes, of which no figure says more than words.</returns>
    public static Figure Of(UnitReport unit, IReadOnlyList<Trial> trials, bool isDetailed)
    {
        List<Panel> panels = [];
        if (unit.Train.Count < LeastSpikes) return Grid(panels);
        if (unit.Intervals.Count > 0)
        {
            panels.Add(unit.Intervals.Plot(unit.Summary.RefractoryViolations.RefractoryPeriod).Panels[0] with { Title = "Interspike intervals", Y = new Axis("Intervals") { Lower = 0 } });
            panels.Add(CorrelogramPanel(unit.Autocorrelogram) with { Title = "Autocorrelogram" });
        }

        if (unit.Rate is not null && (unit.Psth is null || isDetailed)) panels.Add(RatePanel(unit.Rate) with { Title = "Rate over the recording" });
        if (unit.Psth is not null)
        {
            if (isDetailed) panels.Add(TrialPanel(unit.Train, trials));
            panels.Add(unit.Psth.Plot().Panels[^1] with { Title = "Rate around trial zero" });
        }

        if (unit.Average is { SpikeCount: > 1 } average) panels.Add(average.Plot().Panels[0] with { Title = "Spike-triggered average" });
        if (unit.Fit is not null) panels.AddRange(TermPanels.Of(unit.Fit));
        if (unit.Rescaling is { Count: > 0 } rescaling)
        {
            panels.Add(rescaling.PlotKs().Panels[0] with { Title = "Kolmogorov-Smirnov plot", AspectRatio = double.NaN, Y = new Axis("Rescaled quantile") { Lower = 0, Upper = 1 } });
            panels.Add(rescaling.PlotAutocorrelation().Panels[0] with { Title = "Rescaled intervals", Y = new Axis("Autocorrelation") });
        }

        return Grid(panels);
    }

    /// <summary>The coupling filters of a unit that are least likely to be zero.</summary>
    /// <returns>The figure; without panels if the unit has no couplings.</returns>
    public static Figure Couplings(GlmFit fit) => Grid(
    [
        .. fit.Terms.Where(term => term.Kind == "coupling").OrderBy(term => term.Wald.PValue).Take(MostCouplings)
            .Select(term => TermPanels.OfCoupling(term, fit.Specification.Target)),
    ]);

    /// <summary>A correlogram with the band of independent trains and without a legend.</summary>
    public static Panel CorrelogramPanel(Correlogram correlogram)
    {
        const CorrelogramScale Scale = CorrelogramScale.ConditionalIntensity;
        (double[] lower, double[] upper) = correlogram.IndependenceBand(Scale);
        if (IsLevel(lower) && IsLevel(upper)) (lower, upper) = ([lower.Average()], [upper.Average()]);
        return CorrelogramFigure.Of(correlogram.Bins.Edges(), correlogram.Values(Scale), "Rate (spikes/s)", default, lower, upper, band: "").Panels[0];
    }

    // The ends of the observed time change the band by less than a line is wide; one level is a hundredth of the ink of a hundred.
    private static bool IsLevel(double[] bounds)
    {
        double mean = bounds.Average();
        return Array.TrueForAll(bounds, bound => Math.Abs(bound - mean) <= SameLevel * Math.Abs(mean));
    }

    private static Figure Grid(List<Panel> panels) => new()
    {
        Panels = panels,
        Columns = Columns,
        Size = new FigureSize(Width, MarginHeight + (RowHeight * Math.Max(1, (panels.Count + Columns - 1) / Columns))),
    };

    private static Panel RatePanel(RateCourse rate) => new()
    {
        X = new Axis("Time", "s"),
        Y = new Axis("Firing rate", "spikes/s") { Lower = 0 },
        Layers = [new StepLayer(rate.Edges, rate.Rates) { Color = Palette.Blue }],
    };

    private static Panel TrialPanel(SpikeTrain train, IReadOnlyList<Trial> trials)
    {
        int step = Math.Max(1, (train.Count + MostTrialSpikes - 1) / MostTrialSpikes);
        SpikeTrain[] shown = [.. trials.Where((_, index) => index % step == 0)
            .Select(trial => train.Restrict(TimeIntervals.FromSorted(trial.Interval)).Shift(-trial.Zero))];
        string title = step == 1 ? "Trials" : $"Trials, one in {step} of {trials.Count}";
        return RasterFigure.OfTrials(shown).Panels[0] with { Title = title };
    }
}
