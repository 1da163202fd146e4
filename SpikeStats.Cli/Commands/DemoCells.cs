using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;

namespace SpikeStats.Cli.Commands;

/// <summary>Two simulated cells for a demonstration without files: a refractory one driven by a flicker, and a second one that it excites.</summary>
internal static class DemoCells
{
    /// <summary>Length of the recording, in seconds.</summary>
    public const double Duration = 60;

    private const double BinWidth = 0.001, FrameDuration = 0.01;

    /// <summary>The model; filters are given lag by lag, in milliseconds.</summary>
    /// <param name="flicker">Name of the signal that drives the first cell.</param>
    public static GlmPopulation Model(string flicker)
    {
        // A spike silences its cell for some 5 ms; the flicker of the last 40 ms drives, that of the 40 ms before holds back.
        double[] refractoriness = [.. Enumerable.Range(1, 20).Select(lag => -5 * Math.Exp(-lag / 5.0))];
        double[] drive = [.. Enumerable.Range(0, 80).Select(lag => 0.03 * Math.Sin(Math.PI * lag / 40))];
        double[] excitation = [.. Enumerable.Range(1, 20).Select(lag => 1.2 * Math.Exp(-lag / 8.0))];
        GlmModel first = new()
        {
            Unit = "first",
            BinWidth = BinWidth,
            Baseline = 3,
            Observation = ObservationModel.Bernoulli,
            SpikeFilters = [new SpikeFilter("first", 1, refractoriness)],
            SignalFilters = [new SignalFilter(flicker, 0, drive)],
        };
        GlmModel second = first with
        {
            Unit = "second",
            SpikeFilters = [new SpikeFilter("second", 1, refractoriness), new SpikeFilter("first", 1, excitation)],
            SignalFilters = [],
        };
        return new GlmPopulation([first, second]);
    }

    /// <summary>A recording of the cells with the flicker that drove them.</summary>
    public static Recording Simulate(ulong seed, CancellationToken cancellationToken)
    {
        // A stream of its own: the cells draw from those of units 0 and 1.
        RandomStream random = new(seed, unit: uint.MaxValue);
        double[] frames = [.. Enumerable.Range(0, (int)(Duration / FrameDuration)).Select(_ => random.NextGaussian())];
        SampledSignal flicker = SampledSignal.Regular("flicker", frames, 0, 1 / FrameDuration);
        Recording silence = Recording.FromFlat(new UnitTable([]), [], [0], TimeIntervals.Of(0, Duration), signals: [flicker]);
        return Model(flicker.Name).Simulate(silence, seed, cancellationToken);
    }
}
