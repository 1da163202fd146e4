using System.CommandLine;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;

namespace SpikeStats.Cli.Commands;

/// <summary>How long to simulate a model that needs nothing but time.</summary>
internal sealed class SimulatedTime
{
    /// <summary>How long, if nobody says, in seconds.</summary>
    public const double DefaultDuration = 10;

    private readonly Option<double?> duration = Parsed.Option<double?>(
        "--duration", "DURATION", "How long to simulate, from 0 s; default 10s, or the time of --observed, or the time in which the rate of the model is known.", text => DurationSyntax.Positive(text));
    private readonly Option<TimeIntervals> observed = Parsed.Option(
        "--observed", "INTERVALS", "When to simulate, with gaps, for example 0s..42s,50s..88s; the model starts anew after each.", IntervalNotation.Parse);

    public void AddTo(Command command)
    {
        command.Add(duration);
        command.Add(observed);
    }

    /// <summary>A recording without units in the time that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="usual">The time if nobody says; null for the usual one.</param>
    /// <exception cref="UsageException">Two options say how long.</exception>
    public Recording Read(ParseResult parsed, TimeIntervals? usual = null)
    {
        (double? length, TimeIntervals? intervals) = (parsed.GetValue(duration), parsed.GetValue(observed));
        if (length is not null && intervals is not null) throw new UsageException("--duration and --observed both say how long to simulate; give one of them.");
        return Recording.FromFlat(new UnitTable([]), [], [0], intervals ?? (length is null && usual is not null ? usual : TimeIntervals.Of(0, length ?? DefaultDuration)));
    }
}
