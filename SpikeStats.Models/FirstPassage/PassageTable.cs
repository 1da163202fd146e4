using System.Collections.Concurrent;

namespace SpikeStats.Models.FirstPassage;

/// <summary>A logarithm and its derivatives as functions of time, tabulated octave by octave when a time in it is first asked for.</summary>
/// <param name="function">The function of time, in time constants.</param>
internal sealed class PassageTable(Func<double, PassageLogarithm> function)
{
    private readonly ConcurrentDictionary<int, PassagePanel> octaves = new();

    /// <summary>One of the quantities of <see cref="PassageLogarithm"/> at a time; the table is the same whatever was asked for before.</summary>
    public double At(double time, int quantity = 0) => Panel(time).At(time, quantity);

    /// <summary>The octave of a time.</summary>
    public PassagePanel Panel(double time)
    {
        int octave = Math.ILogB(time);
        return octaves.GetOrAdd(octave, key => new PassagePanel(function, Math.ScaleB(1, key), Math.ScaleB(1, key + 1)));
    }
}
