using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Models.Neurons;

/// <summary>What a <see cref="CurrentClamp"/> takes down while it runs: spikes and samples of the voltage; and how far it is.</summary>
internal sealed class ClampRecord(string unit, double duration, double samplingRate, IProgress<double>? progress, CancellationToken cancellationToken)
{
    // Steps between two looks at the clock; a power of two.
    private const long Stride = 4096;

    // A train of so many spikes at more than this rate is no train of a neuron.
    private const int RunawayCount = 1000;
    private const double RunawayRate = 1e6;

    private readonly double[] samples = new double[SampleCount(duration, samplingRate)];
    private int filled;
    private long steps;

    public double Duration { get; } = duration;

    /// <summary>The spike times, ascending, before <see cref="Duration"/>.</summary>
    public List<double> Spikes { get; } = [];

    /// <summary>The instant of the next sample of the voltage; infinite if there is none.</summary>
    public double NextSample => filled < samples.Length ? filled / samplingRate : double.PositiveInfinity;

    public void AddSample(double voltage) => samples[filled++] = voltage;

    /// <summary>Takes down a spike, unless it falls on the end.</summary>
    /// <exception cref="RunawayException">There are far too many.</exception>
    public void AddSpike(double time)
    {
        if (time >= Duration) return;
        Spikes.Add(time);
        if (Spikes.Count <= RunawayCount) return;
        double span = time - Spikes[^(RunawayCount + 1)];
        if (span < RunawayCount / RunawayRate) throw new RunawayException(unit, time, RunawayCount / span, "Lower the voltage after a spike, or let each spike add more to the recovery.");
    }

    /// <summary>Tells how far the run is.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Tick(double time)
    {
        if ((steps++ & (Stride - 1)) != 0) return;
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(time / Duration);
    }

    /// <summary>Ends the run.</summary>
    /// <param name="voltage">The voltage at the end, for a sample that rounding has left over.</param>
    public void Finish(double voltage)
    {
        while (filled < samples.Length) AddSample(voltage);
        progress?.Report(1);
    }

    public IReadOnlyList<SampledSignal> Signals(string name) => samples.Length == 0 ? [] : [SampledSignal.Regular(name, samples, 0, samplingRate)];

    private static int SampleCount(double duration, double samplingRate) =>
        samplingRate == 0 ? 0 : checked((int)Math.Max(1, Math.Ceiling((duration * samplingRate) - 1e-9)));
}
