using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Spike-triggered averages: the mean signal before a spike, on an axis of time that ends at the spike.</summary>
public static class SpikeTriggeredAverageFigure
{
    private const double NormalQuantile = 1.96;

    /// <summary>Draws an average with its band and the level that it would have if spikes ignored the signal.</summary>
    /// <param name="lags">Lags before the spike, in seconds, ascending, not negative; length n.</param>
    /// <param name="values">Mean signal at each lag, in units of the signal; length n.</param>
    /// <param name="standardErrors">Standard errors of the values, in units of the signal; length n, or empty for no band.</param>
    /// <param name="mean">Mean of the signal over all time, in units of the signal; NaN for no line.</param>
    /// <param name="signal">Name of the signal: the label of the vertical axis.</param>
    /// <param name="spikeCount">Number of spikes that were averaged, for the caption; 0 leaves it out.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; lag l is drawn at -l, so that time runs from left to right and the spike stands at 0.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static Figure Of(
        ReadOnlySpan<double> lags, ReadOnlySpan<double> values, ReadOnlySpan<double> standardErrors = default, double mean = double.NaN,
        string signal = "Signal", int spikeCount = 0, FigureOptions? options = null)
    {
        options ??= new FigureOptions();
        double[] times = [.. Milliseconds.Of(lags).Select(lag => -lag).Reverse()];
        double[] average = Reversed(values);
        List<Layer> layers = [];
        if (!double.IsNaN(mean)) layers.Add(ReferenceLine.Horizontal(mean, "mean of the signal"));
        if (!standardErrors.IsEmpty)
        {
            if (standardErrors.Length != average.Length)
                throw new ArgumentException($"There must be {average.Length} standard errors, not {standardErrors.Length}.", nameof(standardErrors));
            double[] errors = Reversed(standardErrors);
            layers.Add(new BandLayer(
                times, [.. average.Zip(errors, (value, error) => value - (NormalQuantile * error))],
                [.. average.Zip(errors, (value, error) => value + (NormalQuantile * error))])
            { Color = Palette.Blue });
        }

        layers.Add(new LineLayer(times, average) { Color = Palette.Blue });
        return new Figure
        {
            Panels = [new Panel { X = new Axis("Time before spike", Milliseconds.Unit), Y = new Axis(signal), Layers = layers }],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small,
            Caption = CaptionText.Join(
                options, spikeCount > 0 ? CaptionText.Count(spikeCount, "spike") : "",
                standardErrors.IsEmpty ? "" : "band: mean ± 1.96 standard errors, spikes taken as independent"),
        };
    }

    private static double[] Reversed(ReadOnlySpan<double> values)
    {
        double[] copy = values.ToArray();
        Array.Reverse(copy);
        return copy;
    }
}
