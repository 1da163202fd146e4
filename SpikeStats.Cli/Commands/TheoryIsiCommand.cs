using System.CommandLine;
using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Theory;
using SpikeStats.Plotting;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats theory isi</c>: density, survivor and hazard of the intervals of a leaky neuron, held against those of a recording if there is one.</summary>
internal sealed class TheoryIsiCommand : Verb
{
    private const int DefaultPoints = 100;

    private readonly InputOptions input = new();
    private readonly NeuronOptions neuron = new();
    private readonly Option<string> recording = new("--recording") { HelpName = "FILE", Description = "Recording whose intervals are held against the theory." };
    private readonly Option<string> target = new("--target") { HelpName = "UNIT", Description = "Its unit; needed if there are several." };
    private readonly Option<double?> to = Parsed.Option<double?>("--to", "DURATION", "Longest interval; default when 99.5 % have ended.", text => DurationSyntax.Positive(text));
    private readonly Option<int?> points = Parsed.Option<int?>(
        "--points", "N", $"Number of intervals in the table; default {DefaultPoints.ToString(CultureInfo.InvariantCulture)}.", RangeOptions.Count);
    private readonly WindowOption window = new();
    private readonly LoadingOptions loading = new();

    public TheoryIsiCommand(VerbFrame frame)
        : base("isi", "Distribution of the interspike intervals of a leaky integrate-and-fire neuron, over those of a recording.", frame)
    {
        input.AddTo(this);
        neuron.AddTo(this);
        foreach (Option option in (Option[])[recording, target, to, points]) Add(option);
        window.AddTo(this);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        LeakyPassage law = new(neuron.Read(parsed), input.Read(parsed));
        InterspikeIntervals? observed = Observed(parsed, invocation);
        double reach = parsed.GetValue(to) ?? IntervalFigure.Reach(law, observed);
        InterspikeIntervalHistogram? histogram = observed is null ? null : IntervalFigure.Histogram(observed, reach);
        int count = parsed.GetValue(points) ?? DefaultPoints;
        IntervalTheoryDocument document = IntervalTheoryDocument.Of(
            law, [.. Enumerable.Range(1, count).Select(i => reach * i / count)], observed is null ? null : IntervalTheoryDocument.ObservedEntry.Of(law, observed, histogram!));
        invocation.Deliver(document, DocumentJson.Default.IntervalTheoryDocument, () => TheoryText.Of(document), output, () => IntervalFigure.Of(law, histogram, reach, new FigureOptions
        {
            Title = observed is null ? "Intervals of a leaky integrate-and-fire neuron" : $"Intervals of unit {observed.Train.Unit} and theory",
            Note = TheoryText.Point(law.Neuron, law.Input),
        }));
        return ExitCode.Done;
    }

    private InterspikeIntervals? Observed(ParseResult parsed, Invocation invocation)
    {
        if (parsed.GetValue(recording) is not { } path)
            return parsed.GetValue(target) is null ? null : throw new UsageException("--target names a unit of a recording. Add --recording FILE.");
        Recording read = window.Cut(parsed, invocation.Open(path, loading.Read(parsed)));
        if (parsed.GetValue(target) is null && read.Units.Count != 1) throw new UsageException($"{path} has {NumberText.Count(read.Units.Count, "unit")}; name one with --target.");
        InterspikeIntervals intervals = InterspikeIntervals.Of(parsed.GetValue(target) is { } unit ? read[unit] : read[0]);
        return intervals.Count > 0 ? intervals : throw new UsageException($"Unit {intervals.Train.Unit} has no complete interval in the observed time.");
    }
}
