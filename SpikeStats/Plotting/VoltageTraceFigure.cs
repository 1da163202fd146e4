using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>The membrane voltage of a neuron over time, with its spikes above.</summary>
public static class VoltageTraceFigure
{
    // The trace has most of the room; the ticks need little.
    private const double TraceWeight = 5;

    /// <summary>Draws a trace.</summary>
    /// <param name="voltage">The voltage, in volts.</param>
    /// <param name="train">The spikes of the same neuron.</param>
    /// <param name="spikeLevel">The voltage that is reached at every spike and then left by a reset, in volts; each spike is drawn up to there, because samples rarely meet it. NaN for a voltage without resets.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption gives the number of spikes and the sampling rate.</returns>
    public static Figure Of(SampledSignal voltage, SpikeTrain train, double spikeLevel = double.NaN, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(voltage);
        ArgumentNullException.ThrowIfNull(train);
        options ??= new FigureOptions();
        (double[] times, double[] volts) = Points(voltage, double.IsNaN(spikeLevel) ? [] : train.Times, spikeLevel);
        Axis time = new("Time", "s");
        return new Figure
        {
            Panels =
            [
                new Panel { X = time, Y = new Axis("") { IsDrawn = false, Lower = 0.5, Upper = 1.5 }, Layers = [new RasterLayer([train.Times.ToArray()])] },
                new Panel { X = time, Y = new Axis("Voltage", Millivolts.Unit), Layers = [new LineLayer(times, Millivolts.Of(volts)) { Color = Palette.Blue }], Weight = TraceWeight },
            ],
            SharesX = true,
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small with { Width = 150 },
            Caption = CaptionText.Join(options, CaptionText.Count(train.Count, "spike"), CaptionText.Value("sampled at", voltage.SamplingRate, "Hz")),
        };
    }

    // The samples, and between them a point at the level for every spike, in order of time.
    private static (double[] Times, double[] Volts) Points(SampledSignal voltage, ReadOnlySpan<double> spikes, double level)
    {
        double[] times = new double[voltage.Count + spikes.Length], volts = new double[times.Length];
        int sample = 0, spike = 0;
        for (int i = 0; i < times.Length; i++)
        {
            bool isSpike = spike < spikes.Length && (sample == voltage.Count || spikes[spike] < voltage.TimeAt(sample));
            (times[i], volts[i]) = isSpike ? (spikes[spike++], level) : (voltage.TimeAt(sample), voltage.Values[sample++]);
        }

        return (times, volts);
    }
}
