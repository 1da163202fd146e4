using System.Collections.Concurrent;

namespace SpikeStats.Models.FirstPassage;

/// <summary>A logarithm and its derivatives as functions of time, tabulated octave by octave when a time in it is first asked for.</summary>
/// <param name="function">The function of time, in time constants.</param>
/// <param name="mean">The mean passage time, in time constants.</param>
internal sealed class PassageTable(PassageFunction function, double mean)
{
    // A probability of e^-1000 is no number any more; from there on the logarithm goes on in a straight line. Quadratures to infinity ask for such times.
    private const double Vanished = -1000;
    private const double Late = 4;

    private readonly ConcurrentDictionary<int, PassagePanel> octaves = new();

    /// <summary>The logarithm at a time; the table is the same whatever was asked for before.</summary>
    public double At(double time)
    {
        for (double earlier = Late * mean; earlier < time; earlier *= 2)
        {
            PassagePanel panel = Panel(earlier);
            double value = panel.At(earlier, 0);
            if (value < Vanished) return value + ((time - earlier) * panel.At(earlier, 3));
        }

        return Panel(time).At(time, 0);
    }

    /// <summary>The octave of a time.</summary>
    public PassagePanel Panel(double time)
    {
        int octave = Math.ILogB(time);
        return octaves.GetOrAdd(octave, key => new PassagePanel(function, Math.ScaleB(1, key), Math.ScaleB(1, key + 1)));
    }
}
