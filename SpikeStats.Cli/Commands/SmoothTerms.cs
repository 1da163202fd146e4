using System.Globalization;
using SpikeStats.Cli.Options;
using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;

namespace SpikeStats.Cli.Commands;

/// <summary>Smooth effects of the values of signals, whose range is that of the samples unless it is stated.</summary>
internal static class SmoothTerms
{
    /// <summary>The term that an option asks for.</summary>
    /// <param name="asked">The option.</param>
    /// <param name="signals">Takes the signals.</param>
    /// <param name="observed">The time to analyse.</param>
    /// <param name="binWidth">Width of a bin, in seconds.</param>
    /// <exception cref="InvalidRecordingException">A signal is constant, or not known at all, in that time.</exception>
    public static SmoothTerm Of(SmoothArgument asked, SignalSet signals, TimeIntervals observed, double binWidth)
    {
        SampledSignal[] taken = [.. asked.Signals.Select(name => signals.Take(asked.Path, name, observed, binWidth))];
        ValueBasis[] bases = [.. taken.Zip(asked.Bases, (signal, basis) => BasisOf(asked.Path, signal, basis, observed))];
        return new SmoothTerm([.. taken.Select(signal => signal.Name)], bases);
    }

    private static ValueBasis BasisOf(string path, SampledSignal signal, string text, TimeIntervals observed)
    {
        (double lower, double upper) = RangeOf(signal, observed);
        if (lower < upper) return ValueBasisSyntax.Parse(text, lower, upper);
        string values = lower > upper ? "has no finite sample" : string.Create(CultureInfo.InvariantCulture, $"is {lower} throughout");
        throw new InvalidRecordingException(
            $"signal {signal.Name} {values} in the analysed time, so that an effect of its value cannot be told from the baseline", "choose another signal, or leave out its --smooth", path);
    }

    // With the samples beside each interval, between which its first and last bins are interpolated.
    private static (double Lower, double Upper) RangeOf(SampledSignal signal, TimeIntervals observed)
    {
        double lower = double.PositiveInfinity, upper = double.NegativeInfinity;
        foreach (TimeInterval interval in observed)
        {
            int first = Math.Max(CountBefore(signal, interval.Start) - 1, 0), last = Math.Min(CountBefore(signal, interval.End), signal.Count - 1);
            for (int i = first; i <= last; i++)
            {
                double value = signal.Values[i];
                if (!double.IsFinite(value)) continue;
                lower = Math.Min(lower, value);
                upper = Math.Max(upper, value);
            }
        }

        return (lower, upper);
    }

    private static int CountBefore(SampledSignal signal, double time)
    {
        int low = 0, high = signal.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (signal.TimeAt(middle) < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
