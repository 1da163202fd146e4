using System.CommandLine;
using System.Globalization;
using SpikeStats.Loading;

namespace SpikeStats.Cli.Options;

/// <summary>What the reader of a recording must be told because the file does not say it, and what to do with irregular data.</summary>
internal sealed class LoadingOptions
{
    private const string Kilohertz = "kHz", Hertz = "Hz";

    private readonly Option<TimeUnit?> timeUnit = Parsed.Option<TimeUnit?>(
        "--time-unit", "UNIT", "Unit of the times in the file: s, ms, us or samples:RATE, for example samples:30000. Default: as the file says, else seconds.",
        text => TimeUnit.Parse(text));
    private readonly Option<TimeIntervals> observed = Parsed.Option(
        "--observed", "INTERVALS", "When the units were observed, for example 0s..42s,50s..88s; for trials, in the time of a trial. Default: assumed from the spikes.",
        IntervalNotation.Parse);
    private readonly Option<IrregularityPolicy?> onUnsorted = Parsed.Choice(
        "--on-unsorted", "A spike before the one in front of it; default throw.",
        ("throw", IrregularityPolicy.Throw), ("sort", IrregularityPolicy.Sort), ("drop", IrregularityPolicy.Drop));
    private readonly Option<IrregularityPolicy?> onDuplicate = Parsed.Choice(
        "--on-duplicate", "A spike at the instant of another of its unit; default throw.",
        ("throw", IrregularityPolicy.Throw), ("drop", IrregularityPolicy.Drop), ("keep", IrregularityPolicy.Keep));
    private readonly Option<IrregularityPolicy?> onNan = Parsed.Choice(
        "--on-nan", "A time or sample that is missing or not finite; default throw.", ("throw", IrregularityPolicy.Throw), ("drop", IrregularityPolicy.Drop));
    private readonly Option<IrregularityPolicy?> onOutside = Parsed.Choice(
        "--on-outside", "A spike outside the observed intervals; default throw.", ("throw", IrregularityPolicy.Throw), ("drop", IrregularityPolicy.Drop));
    private readonly Option<double?> samplingRate = Parsed.Option<double?>(
        "--sampling-rate", "RATE", "Sampling rate of sample numbers or signals that come without one, for example 30000 or 30kHz.", Rate);
    private readonly Option<TextLayout?> layout = Parsed.Choice(
        "--layout", "How the rows of a text file are to be read; default auto.",
        ("auto", TextLayout.Auto), ("unit-time", TextLayout.UnitTime), ("times", TextLayout.Times), ("trial-rows", TextLayout.TrialRows));

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[timeUnit, observed, onUnsorted, onDuplicate, onNan, onOutside, samplingRate, layout]) command.Add(option);
    }

    public LoadOptions Read(ParseResult parsed) => new()
    {
        TimeUnit = parsed.GetValue(timeUnit),
        Observed = parsed.GetValue(observed),
        SamplingRate = parsed.GetValue(samplingRate),
        Layout = parsed.GetValue(layout) ?? TextLayout.Auto,
        OnUnsorted = parsed.GetValue(onUnsorted) ?? IrregularityPolicy.Throw,
        OnDuplicate = parsed.GetValue(onDuplicate) ?? IrregularityPolicy.Throw,
        OnNonFinite = parsed.GetValue(onNan) ?? IrregularityPolicy.Throw,
        OnOutside = parsed.GetValue(onOutside) ?? IrregularityPolicy.Throw,
    };

    private static double? Rate(string text)
    {
        string number = text.EndsWith(Kilohertz, StringComparison.Ordinal) ? text[..^Kilohertz.Length] : text.EndsWith(Hertz, StringComparison.Ordinal) ? text[..^Hertz.Length] : text;
        double factor = text.EndsWith(Kilohertz, StringComparison.Ordinal) ? 1e3 : 1;
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate > 0 && double.IsFinite(rate)
            ? factor * rate
            : throw new FormatException($"'{text}' is no sampling rate. Write a positive number of hertz, for example 30000 or 30kHz.");
    }
}
