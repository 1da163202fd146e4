using System.CommandLine;
using System.Globalization;
using System.Text;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Comparison;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Bases;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats compare FILE --target U</c>: models of different kinds of one unit, on the same spikes and on spikes that they were not fitted to.</summary>
internal sealed class CompareCommand : Verb
{
    private const string DefaultModels = "glm,hawkes,renewal,poisson", DefaultHistoryBasis = "raised-cosine-log:n=8,window=200ms";
    private const string FigureExtension = ".svg", PageExtension = ".html";
    private const double DefaultBinWidth = 0.001;

    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording." };
    private readonly Option<string> target = new("--target") { HelpName = "UNIT", Description = "The unit to explain.", Required = true };
    private readonly Option<IReadOnlyList<ModelChoice>> models = Parsed.Option(
        "--models", ModelSyntax.Words, $"Models to compare; renewal without a family means all of them. Default {DefaultModels}.", ModelSyntax.Parse);
    private readonly Option<int?> folds = Parsed.Option<int?>("--folds", "N", "Number of parts that are held out in turn; default 5.", Folds);
    private readonly Option<bool> byTrial = new("--by-trial") { Description = "Hold out whole trials, dealt to the folds in turn, rather than contiguous blocks of time." };
    private readonly Option<double?> guard = Parsed.Option<double?>(
        "--guard", "DURATION", "Time before each held-out part on which nothing is fitted; default 200ms, or the longest lag of a model.", text => DurationSyntax.Positive(text));
    private readonly Option<double?> bin = Parsed.Option<double?>("--bin", "DURATION", "Width of a bin of models on bins; default 1ms.", text => DurationSyntax.Positive(text));
    private readonly Option<Basis> historyBasis = Parsed.Option(
        "--history-basis", "BASIS", $"Basis of the post-spike filter of the GLM; default {DefaultHistoryBasis}.", BasisSyntax.Parse);
    private readonly LoadingOptions loading = new();

    public CompareCommand(VerbFrame frame)
        : base("compare", "Compares models of one unit: on the same spikes, and on spikes that they were not fitted to.", frame)
    {
        Add(file);
        foreach (Option option in (Option[])[target, models, folds, byTrial, guard, bin, historyBasis]) Add(option);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        ModelRequest request = new(
            parsed.GetRequiredValue(target), parsed.GetValue(bin) ?? DefaultBinWidth, parsed.GetValue(historyBasis) ?? BasisSyntax.Parse(DefaultHistoryBasis), invocation.Settings.Threads);
        ModelCandidate[] candidates = [.. (parsed.GetValue(models) ?? ModelSyntax.Parse(DefaultModels)).Select(choice => choice.Create(request))];
        ComparisonOptions options = new() { IsByTrial = parsed.GetValue(byTrial), Rescaling = new TimeRescalingOptions { Seed = invocation.Settings.Seed } };
        options = options with { FoldCount = parsed.GetValue(folds) ?? options.FoldCount, GuardBand = parsed.GetValue(guard) ?? options.GuardBand };

        Recording recording = invocation.Open(parsed.GetRequiredValue(file), loading.Read(parsed));
        ModelComparison comparison = invocation.Watch(
            "comparing", progress => ModelComparison.Fit(recording, request.Target, candidates, options, progress, invocation.CancellationToken));
        ComparisonDocument document = ComparisonDocument.Of(comparison, options, request, invocation.Settings.Seed);
        Deliver(comparison, document, invocation, output);
        foreach (CandidateFailure failure in comparison.Failures) invocation.Warn($"{failure.Name}: {failure.Reason}");

        // That one candidate fails is an answer as long as another does not.
        return comparison.Models.Count > 0 ? ExitCode.Done : ExitCode.AnalysisFailed;
    }

    private static void Deliver(ModelComparison comparison, ComparisonDocument document, Invocation invocation, OutputFile? output)
    {
        string? drawing = output is null ? null : Path.GetExtension(output.Path) switch
        {
            FigureExtension => comparison.Plot(new FigureOptions { Title = $"Models of unit {comparison.Unit}" }).ToSvg(),
            PageExtension => Page(comparison),
            _ => null,
        };
        if (drawing is not null) invocation.Save((output!, stream => stream.Write(Encoding.UTF8.GetBytes(drawing))));
        invocation.Deliver(document, DocumentJson.Default.ComparisonDocument, () => ComparisonText.Of(document), drawing is null ? output : null);
    }

    private static string Page(ModelComparison comparison)
    {
        string title = XmlText.Escape($"Models of unit {comparison.Unit}");
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"/><title>{title}</title></head>
            <body style="font-family:sans-serif;margin:2em">
            <h1>{title}</h1>
            {comparison.ToHtml()}
            </body>
            </html>

            """;
    }

    private static int? Folds(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 2
        ? value
        : throw new FormatException($"'{text}' is no number of folds. Write a whole number, 2 or more.");
}
