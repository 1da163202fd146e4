using System.Numerics;
using SpikeStats.Plotting.Layers;

namespace SpikeStats.Plotting;

/// <summary>Bode plots: the gain of a linear response over frequency on two logarithmic axes, and its phase below.</summary>
/// <remarks>The phase is in degrees, negative where the response lags, and runs on continuously instead of jumping by a full turn.</remarks>
public static class SusceptibilityFigure
{
    private const double HalfTurn = 180;

    /// <summary>Draws one or several susceptibilities, a column of two panels for each.</summary>
    /// <param name="curves">The susceptibilities.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure: first the panels of the gains, then those of the phases.</returns>
    /// <exception cref="ArgumentException">A curve has arrays of lengths that do not fit.</exception>
    public static Figure Of(IReadOnlyList<SusceptibilityCurve> curves, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(curves);
        options ??= new FigureOptions();
        return new Figure
        {
            Panels = [.. curves.Select(Gain), .. curves.Select(Phase)],
            Columns = Math.Max(1, curves.Count),
            Title = options.Title,
            Size = options.Size ?? (curves.Count > 1 ? FigureSize.Wide : FigureSize.Small) with { Height = 100 },
            Caption = Rendering.CaptionText.Join(options),
        };
    }

    private static Axis FrequencyAxis => new("Frequency", "Hz") { Scale = AxisScale.Logarithmic };

    private static Panel Gain(SusceptibilityCurve curve) => new()
    {
        X = FrequencyAxis,
        Y = new Axis("Gain", curve.Unit) { Scale = AxisScale.Logarithmic },
        Title = curve.Name,
        Layers = [new LineLayer(curve.Frequencies.Span, [.. curve.Values.ToArray().Select(value => value.Magnitude)]) { Color = Palette.Blue }],
    };

    private static Panel Phase(SusceptibilityCurve curve) => new()
    {
        X = FrequencyAxis,
        Y = new Axis("Phase", "°"),
        Layers = [ReferenceLine.Horizontal(0), new LineLayer(curve.Frequencies.Span, Phases(curve.Values.Span)) { Color = Palette.Vermilion }],
    };

    private static double[] Phases(ReadOnlySpan<Complex> values)
    {
        double[] phases = new double[values.Length];
        double last = 0;
        for (int i = 0; i < phases.Length; i++)
        {
            double phase = values[i].Phase * HalfTurn / Math.PI;
            phases[i] = phase - (2 * HalfTurn * Math.Round((phase - last) / (2 * HalfTurn)));
            if (double.IsFinite(phases[i])) last = phases[i];
        }

        return phases;
    }
}
