using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Power spectra of spike trains.</summary>
public static class SpectrumFigure
{
    /// <summary>Draws a spectrum with its confidence band and the level of a Poisson train.</summary>
    /// <param name="frequencies">Frequencies, in hertz, ascending; length n.</param>
    /// <param name="values">Spectrum, in spikes² per second and hertz; length n.</param>
    /// <param name="lower">Lower bounds of the spectrum, in the unit of its values; length n, or empty for no band.</param>
    /// <param name="upper">Upper bounds of the spectrum, in the unit of its values; length n, or empty.</param>
    /// <param name="poissonLevel">The mean rate, in spikes per second, which is the level of a Poisson train; NaN for no line.</param>
    /// <param name="isLogarithmic">Whether both axes are logarithmic.</param>
    /// <param name="method">How the spectrum was estimated, for the caption.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static Figure Of(
        ReadOnlySpan<double> frequencies, ReadOnlySpan<double> values, ReadOnlySpan<double> lower = default, ReadOnlySpan<double> upper = default,
        double poissonLevel = double.NaN, bool isLogarithmic = false, string method = "", FigureOptions? options = null)
    {
        options ??= new FigureOptions();
        List<Layer> layers = [];
        if (!lower.IsEmpty) layers.Add(new BandLayer(frequencies, lower, upper) { Color = Palette.Blue });
        if (!double.IsNaN(poissonLevel)) layers.Add(ReferenceLine.Horizontal(poissonLevel, "Poisson train of the same rate"));
        layers.Add(new LineLayer(frequencies, values) { Color = Palette.Blue });
        AxisScale scale = isLogarithmic ? AxisScale.Logarithmic : AxisScale.Linear;
        return new Figure
        {
            Panels =
            [
                new Panel
                {
                    X = new Axis("Frequency", "Hz") { Scale = scale, Lower = isLogarithmic ? double.NaN : 0 },
                    Y = new Axis("Power", "spikes²/s/Hz") { Scale = scale, Lower = isLogarithmic ? double.NaN : 0 },
                    Layers = layers,
                },
            ],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small,
            Caption = CaptionText.Join(options, method, lower.IsEmpty ? "" : "band: 95 % confidence interval"),
        };
    }
}
