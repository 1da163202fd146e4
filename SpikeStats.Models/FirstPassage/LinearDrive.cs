using System.Globalization;
using System.Numerics.Tensors;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.FirstPassage;

/// <summary>A signal as a continuous drive: straight lines between its samples, the last of which is held.</summary>
/// <param name="signal">The signal.</param>
/// <param name="offset">What is subtracted from it.</param>
/// <param name="scale">What the difference is divided by.</param>
internal sealed class LinearDrive(SampledSignal signal, double offset = 0, double scale = 1)
{
    /// <summary>The position of the last sample at or before an instant, or the first one.</summary>
    public int SampleAt(double time)
    {
        int low = 0, high = signal.Count;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (signal.TimeAt(middle) <= time) low = middle;
            else high = middle;
        }

        return low;
    }

    /// <summary>The drive at an instant, and at the end of a step the drive filtered by e^(-t/τ)/τ.</summary>
    /// <param name="filtered">The filtered drive at the start of the step.</param>
    /// <param name="from">Start of the step, in seconds.</param>
    /// <param name="to">Its end.</param>
    /// <param name="timeConstant">τ, in seconds.</param>
    /// <param name="sample">Position of the last sample at or before the start; moved on to that of the end.</param>
    public (double Drive, double Filtered) Step(double filtered, double from, double to, double timeConstant, ref int sample)
    {
        double first = At(from, sample);
        while (from < to)
        {
            bool isLast = sample == signal.Count - 1 || signal.TimeAt(sample + 1) >= to;
            double end = isLast ? to : signal.TimeAt(sample + 1), last = At(end, sample), width = (end - from) / timeConstant;
            if (width > 0)
            {
                // ∫₀ʷ e^(-z) (last - (last - first) z/w) dz; the bracket of the slope is w²/2 for small w.
                double gone = Exponentials.OneMinusExp(width), slope = (last - first) / width;
                filtered = (filtered * (1 - gone)) + (last * gone) - (slope * (gone - (width * (1 - gone))));
            }

            (from, first) = (end, last);
            if (sample < signal.Count - 1 && signal.TimeAt(sample + 1) <= end) sample++;
        }

        return (first, filtered);
    }

    /// <summary>The drive at an instant.</summary>
    /// <param name="time">Seconds.</param>
    /// <param name="sample">Position of the last sample at or before it.</param>
    public double At(double time, int sample)
    {
        double here = signal.Values[sample];
        if (sample == signal.Count - 1 || time <= signal.TimeAt(sample)) return (here - offset) / scale;
        double start = signal.TimeAt(sample), share = (time - start) / (signal.TimeAt(sample + 1) - start);
        return (here + ((signal.Values[sample + 1] - here) * share) - offset) / scale;
    }

    /// <summary>The least and the largest sample of a signal.</summary>
    public static (double Least, double Most) Range(SampledSignal signal) => (TensorPrimitives.Min(signal.Values), TensorPrimitives.Max(signal.Values));

    /// <summary>Throws if a signal does not serve as drive in a stretch of time.</summary>
    /// <exception cref="InvalidRecordingException">It does not cover the time, or a sample in it is not finite.</exception>
    public static void Require(SampledSignal signal, TimeInterval needed)
    {
        // A file commonly lacks the last sample.
        double slack = signal.Count > 1 ? 1 / signal.SamplingRate : 0;
        if (signal.Count == 0 || signal.Span.Start > needed.Start + slack || signal.Span.End < needed.End - slack)
        {
            throw new InvalidRecordingException(
                string.Create(CultureInfo.InvariantCulture, $"signal {signal.Name} covers {signal.Span}, but the neuron was observed in {needed}"), "supply the missing samples, or restrict the analysis to the time of the signal");
        }

        for (int i = 0; i < signal.Count; i++)
        {
            if (!double.IsFinite(signal.Values[i]))
                throw new InvalidRecordingException(string.Create(CultureInfo.InvariantCulture, $"signal {signal.Name} is {signal.Values[i]} at {signal.TimeAt(i)} s"), "give a finite value for every sample", row: i + 1);
        }
    }
}
