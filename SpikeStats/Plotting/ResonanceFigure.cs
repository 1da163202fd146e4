using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Stochastic resonance: the ratio of signal to noise, and the gain below it, over the noise, each with its optimum.</summary>
/// <remarks>Where the signal is too strong for linear response the lines are dotted.</remarks>
public static class ResonanceFigure
{
    /// <summary>Draws both curves.</summary>
    /// <param name="sigmas">Noise σ, in volts, ascending; length n.</param>
    /// <param name="signalToNoise">Ratio of signal to noise, in hertz; length n.</param>
    /// <param name="gain">Gain, in hertz per volt; length n.</param>
    /// <param name="bestForSignalToNoise">The optimum of the ratio.</param>
    /// <param name="bestForGain">The optimum of the gain.</param>
    /// <param name="isLinear">Whether linear response holds; length n, or empty if it holds everywhere.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption gives the optima.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static Figure Of(
        ReadOnlySpan<double> sigmas, ReadOnlySpan<double> signalToNoise, ReadOnlySpan<double> gain, ResonanceOptimum bestForSignalToNoise, ResonanceOptimum bestForGain,
        ReadOnlySpan<bool> isLinear = default, FigureOptions? options = null)
    {
        if (!isLinear.IsEmpty && isLinear.Length != sigmas.Length) throw new ArgumentException($"{sigmas.Length} noises need as many flags, not {isLinear.Length}.", nameof(isLinear));
        options ??= new FigureOptions();
        double[] noise = Millivolts.Of(sigmas);
        bool[] holds = isLinear.IsEmpty ? [.. Enumerable.Repeat(true, noise.Length)] : isLinear.ToArray();
        bool isPartial = holds.Contains(false);
        return new Figure
        {
            Panels =
            [
                PanelOf("Signal to noise", "Hz", noise, signalToNoise.ToArray(), holds, bestForSignalToNoise.Sigma, bestForSignalToNoise.Value, Palette.Blue),
                PanelOf("Gain", "Hz/mV", noise, Millivolts.Inverse(gain), holds, bestForGain.Sigma, bestForGain.Value / Millivolts.PerVolt, Palette.Vermilion),
            ],
            SharesX = true,
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small with { Height = 90 },
            Caption = CaptionText.Join(
                options, CaptionText.Value("best ratio at σ =", bestForSignalToNoise.Sigma * Millivolts.PerVolt, Millivolts.Unit),
                CaptionText.Value("largest gain at σ =", bestForGain.Sigma * Millivolts.PerVolt, Millivolts.Unit), isPartial ? "dotted: beyond linear response" : ""),
        };
    }

    private static Panel PanelOf(string label, string unit, double[] noise, double[] values, bool[] holds, double bestSigma, double bestValue, Rgb color)
    {
        double best = bestSigma * Millivolts.PerVolt;
        if (values.Length != noise.Length) throw new ArgumentException($"{noise.Length} noises need as many values, not {values.Length}.", nameof(values));
        List<Layer> layers = [ReferenceLine.Vertical(best)];
        if (holds.Contains(false)) layers.Add(new LineLayer(noise, values) { Color = color, Style = LineStyle.Dotted });
        layers.Add(new LineLayer(noise, [.. values.Select((value, i) => holds[i] ? value : double.NaN)]) { Color = color });
        layers.Add(new PointLayer([best], [bestValue]) { Color = color });
        return new Panel
        {
            X = new Axis("Noise σ", Millivolts.Unit) { Scale = AxisScale.Logarithmic },
            Y = new Axis(label, unit) { Lower = 0 },
            Layers = layers,
        };
    }
}
