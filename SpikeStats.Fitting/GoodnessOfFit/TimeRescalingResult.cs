using System.Data;
using System.Globalization;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>The verdict of the time-rescaling theorem on a model.</summary>
/// <remarks>
/// The p-values are those of a model that is given. If its parameters were fitted to the same spikes, they are too large: judge held-out
/// spikes, or use <see cref="ParametricBootstrap"/>.
/// </remarks>
/// <param name="Unit">Identifier of the unit.</param>
/// <param name="IsDiscrete">Whether the model lives on bins and the correction for discrete time was applied.</param>
/// <param name="Rescaled">The rescaled intervals and their uniforms, in the order of time; for a model on bins those of the first draw.</param>
/// <param name="SortedUniforms">The uniforms, between 0 and 1, ascending: against (i - 1/2)/n they make the KS plot.</param>
/// <param name="KolmogorovSmirnov">The verdict on the uniforms; for a model on bins that of the first draw.</param>
/// <param name="Naive">For a model on bins the verdict without the correction for discrete time; else null.</param>
/// <param name="Draws">For a model on bins the p-values of the repeated draws; else null.</param>
/// <param name="Dependence">Whether successive intervals are independent.</param>
/// <param name="CoincidentSpikes">Spikes in a bin that already held one; the test does not see them.</param>
/// <param name="Seed">Seed of the draws.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record TimeRescalingResult(
    string Unit,
    bool IsDiscrete,
    RescaledIntervals Rescaled,
    ReadOnlyMemory<double> SortedUniforms,
    KolmogorovSmirnovResult KolmogorovSmirnov,
    KolmogorovSmirnovResult? Naive,
    PValueSpread? Draws,
    SerialDependence Dependence,
    int CoincidentSpikes,
    ulong Seed)
{
    /// <summary>The number of rescaled intervals.</summary>
    public int Count => KolmogorovSmirnov.Count;

    /// <summary>For a model on bins the uniforms without the correction for discrete time, between 0 and 1, ascending; else empty.</summary>
    public ReadOnlyMemory<double> SortedNaiveUniforms { get; init; }

    /// <summary>Whether the model fits, in plain words.</summary>
    /// <param name="level">Probability of rejecting a true model, at most; between 0 and 1.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public TimeRescalingVerdict Verdict(double level = 0.05) => TimeRescalingVerdict.Of(this, level);

    /// <summary>The rescaled intervals as a table: interval, uniform; for a model on bins those of the first draw.</summary>
    /// <returns>One row per interval, in the order of time; dimensionless.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("rescaledIntervals") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("interval", typeof(double));
        table.Columns.Add("uniform", typeof(double));
        for (int i = 0; i < Rescaled.Intervals.Length; i++) table.Rows.Add(Rescaled.Intervals.Span[i], Rescaled.Uniforms.Span[i]);
        return table;
    }

    /// <summary>The Kolmogorov-Smirnov plot; of a model on bins with and without the correction for discrete time.</summary>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure; the caption gives D and p of each curve, and of the seeded draw that is shown.</returns>
    public Figure PlotKs(FigureOptions? options = null)
    {
        options ??= new FigureOptions();
        if (Naive is null) return KsFigure.Of(SortedUniforms.Span, KolmogorovSmirnov.PValue, options);
        return KsFigure.Compare(
            [new KsCurve("corrected", SortedUniforms, KolmogorovSmirnov.PValue), new KsCurve("naive", SortedNaiveUniforms, Naive.PValue)],
            options with { Seed = options.Seed ?? Seed });
    }

    /// <summary>The autocorrelation of the rescaled intervals, with the band of independence.</summary>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure; without a stem if there are too few intervals.</returns>
    public Figure PlotAutocorrelation(FigureOptions? options = null) => AutocorrelationFigure.Of(
        Dependence.Autocorrelation.Span, Dependence.BandHalfWidth, "Autocorrelation of rescaled intervals", "95 % band of independence", options);

    /// <summary>The verdict for a notebook or a report: words, numbers and both plots.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml()
    {
        List<string[]> rows = [["Verdict", Verdict().Sentence], ["Distribution", KolmogorovSmirnov.ToString()]];
        if (Draws is not null) rows.Add(["Over draws", Draws.ToString()]);
        if (Naive is not null) rows.Add(["Without the correction for discrete time", Naive.ToString()]);
        rows.Add(["Independence", Dependence.ToString()]);
        if (CoincidentSpikes > 0) rows.Add(["Not seen by the test", CaptionText.Count(CoincidentSpikes, "spike") + " in a bin that already held one"]);
        return HtmlTable.Of(["", ""], rows, $"Time rescaling of unit {Unit}").ToHtml() + PlotKs().ToHtml() + PlotAutocorrelation().ToHtml();
    }

    /// <summary>The verdict in words.</summary>
    /// <returns>Text in the invariant culture.</returns>
    public override string ToString()
    {
        string draws = Draws is null ? "" : $"; {Draws}; without the correction for discrete time {Naive}";
        return $"Unit {Unit}: {KolmogorovSmirnov}{draws}; {Dependence}";
    }
}
