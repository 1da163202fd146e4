using System.Diagnostics;
using System.Globalization;

namespace SpikeStats.Cli.Output;

/// <summary>Shows how far an activity is: a line that is redrawn on a terminal, and a few plain lines for long work elsewhere.</summary>
/// <remarks>May be told from several threads.</remarks>
internal sealed class ProgressLine(Terminal terminal, string activity) : IProgress<double>, IDisposable
{
    private const int BarWidth = 24;
    private static readonly TimeSpan redraw = TimeSpan.FromMilliseconds(100);

    // A log gets a line for every quarter of work that takes a while, and a sign of life in between.
    private static readonly TimeSpan longWork = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan silence = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Stopwatch elapsed = Stopwatch.StartNew();
    private TimeSpan next = terminal.IsInteractive ? TimeSpan.Zero : longWork;
    private double reached;
    private bool isDrawn;

    public void Report(double value)
    {
        lock (gate)
        {
            // Threads report out of order; a bar that runs backwards helps nobody.
            bool isQuarter = (int)(4 * value) > (int)(4 * reached);
            reached = Math.Max(reached, Math.Clamp(value, 0, 1));
            TimeSpan now = elapsed.Elapsed;
            if (terminal.IsInteractive) Draw(now);
            else if (value < 1 && now >= next && (isQuarter || now >= next + silence)) Log(now);
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDrawn) terminal.Error.Write("\r\e[K");
            isDrawn = false;
        }
    }

    private void Draw(TimeSpan now)
    {
        if (now < next) return;
        next = now + redraw;
        isDrawn = true;
        int full = (int)(BarWidth * reached);
        terminal.Error.Write(string.Create(
            CultureInfo.InvariantCulture, $"\r\e[K{activity} [{new string('#', full)}{new string('.', BarWidth - full)}] {100 * reached:F0} %"));
    }

    private void Log(TimeSpan now)
    {
        next = now;
        terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{activity}: {100 * reached:F0} % after {now.TotalSeconds:F0} s"));
    }
}
