using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Loading;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Plotting;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats gof MODEL.json FILE</c>: how well a stored model explains a recording, above all one that it was not fitted to.</summary>
internal sealed class GofCommand : Verb
{
    private const int MostCurves = 8;

    private readonly Argument<string> model = new("MODEL") { Description = "Document of 'spikestats fit glm', 'fit hawkes' or 'fit renewal', or a model document." };
    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording." };
    private readonly Option<IReadOnlyList<string>> target = Parsed.Option("--target", "U1,U2", "The units to judge; default all that the model explains.", UnitList.Parse);
    private readonly Option<string> family = new("--family") { HelpName = "NAME", Description = "Which family of a document of 'fit renewal'; default the one of smallest AIC." };
    private readonly Option<int?> bootstrap = Parsed.Option<int?>("--bootstrap", "N", "Judge by N recordings simulated from the model as well; default none.", Replicates);
    private readonly ModelSignals signals = new();
    private readonly WindowOption window = new();
    private readonly LoadingOptions loading = new();

    public GofCommand(VerbFrame frame)
        : base("gof", "Judges a stored model on a recording: likelihood, bits per spike and time rescaling, with the parameters as they are.", frame)
    {
        Add(model);
        Add(file);
        foreach (Option option in (Option[])[target, family, bootstrap]) Add(option);
        signals.AddTo(this);
        window.AddTo(this);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        long start = Stopwatch.GetTimestamp();
        string path = parsed.GetRequiredValue(model);
        StoredModel stored = StoredModel.Read(path, parsed.GetValue(family));
        IReadOnlyList<string> units = parsed.GetValue(target) ?? stored.Process.Units;
        if (units.FirstOrDefault(unit => !stored.Process.Units.Contains(unit, StringComparer.Ordinal)) is { } unknown) throw new UnknownUnitException(unknown, stored.Process.Units);
        LoadOptions options = loading.Read(parsed);
        Recording recording = window.Cut(parsed, invocation.Open(parsed.GetRequiredValue(file), options));
        foreach (string unit in units) stored.RequireDefined(recording[unit].Observed, "--window");
        recording = recording.WithSignals(signals.Read(parsed, stored.Process, options, invocation));

        long loaded = Stopwatch.GetTimestamp();
        StoredModelScore score = StoredModelScore.Of(stored, recording);
        TimeRescalingOptions rescaling = new() { Seed = invocation.Settings.Seed };
        TimeRescalingResult[] results = [.. units.Select(unit => TimeRescaling.Test(stored.Process, recording, unit, rescaling, invocation.CancellationToken))];
        GofDocument.JudgedUnit[] entries = [.. results.Select(result => new GofDocument.JudgedUnit(
            result.Unit, recording[result.Unit].Count, score.NullRates[result.Unit], VerdictEntry.Of(result), Bootstrap(parsed, stored.Process, recording, result.Unit, invocation)))];
        GofDocument document = new(
            GofDocument.SchemaName, ProductVersion.Text, Path.GetFileName(path), stored.Schema, GofDocument.Given,
            score.IsTrainingRate ? GofDocument.OfTraining : GofDocument.OfRecording, score.SpikeCount, score.LogLikelihood, score.NullLogLikelihood,
            Scores.BitsPerSpike(score.LogLikelihood, score.NullLogLikelihood, score.SpikeCount), entries,
            new GofDocument.JudgementTimings(
                Stopwatch.GetElapsedTime(start, loaded).TotalSeconds, Stopwatch.GetElapsedTime(loaded).TotalSeconds, Stopwatch.GetElapsedTime(start).TotalSeconds));
        invocation.Deliver(document, DocumentJson.Default.GofDocument, () => GofText.Of(document), output, () => Plot(results, document));
        return ExitCode.Done;
    }

    // The parameters are given, so that the replicates are judged with them too: nothing is refitted.
    private GofDocument.BootstrapEntry? Bootstrap(ParseResult parsed, IPointProcess process, Recording recording, string unit, Invocation invocation)
    {
        if (parsed.GetValue(bootstrap) is not { } replicates) return null;
        ParametricBootstrapOptions options = new() { Replicates = replicates, Seed = invocation.Settings.Seed };
        ParametricBootstrapResult result = invocation.Watch(
            $"simulating for unit {unit}", progress => ParametricBootstrap.Test(process, recording, unit, _ => process, options, progress, invocation.CancellationToken));
        return GofDocument.BootstrapEntry.Of(result, options.Seed);
    }

    private static Figure Plot(TimeRescalingResult[] results, GofDocument document)
    {
        FigureOptions options = new()
        {
            Title = document.Model,
            Note = "Parameters given, not refitted" + (results.Length > MostCurves ? $"; the first {MostCurves} of {NumberText.Count(results.Length)} units" : ""),
        };
        if (results is [var single]) return single.PlotKs(options);
        return KsFigure.Compare([.. results.Take(MostCurves).Select(result => new KsCurve(result.Unit, result.SortedUniforms, result.KolmogorovSmirnov.PValue))], options);
    }

    private static int? Replicates(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
        ? value
        : throw new FormatException($"'{text}' is no number of simulations. Write a positive whole number, for example 199.");
}
