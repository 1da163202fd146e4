using System.CommandLine;
using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Decoding;
using SpikeStats.Loading;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats decode FILE --model MODEL</c>: the most probable stimulus under the models of the units, with its uncertainty.</summary>
internal sealed class DecodeCommand : Verb
{
    private const string Known = "--known";

    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording." };
    private readonly Option<string> model = new("--model")
    {
        HelpName = "MODEL",
        Description = "Document of 'spikestats fit glm --json', or of the schema spikestats.model.glm/1.",
        Required = true,
    };
    private readonly Option<double?> frame = Parsed.Option<double?>(
        "--frame", "DURATION", "Duration of a frame, in which the stimulus is constant; default one bin of the model.", text => DurationSyntax.Positive(text));
    private readonly Option<double?> mean = Parsed.Option<double?>("--prior-mean", "M", "Mean of a frame before the spikes; default 0.", Number);
    private readonly Option<double?> deviation = Parsed.Option<double?>("--prior-deviation", "S", "Standard deviation of a frame before the spikes; default 1.", Number);
    private readonly Option<double?> correlation = Parsed.Option<double?>("--prior-correlation", "R", "Correlation of successive frames; default 0, white noise.", Number);
    private readonly Option<string[]> known = Parsed.Repeated(Known, "FILE", "Files of the other signals that the models need; may be repeated.", text => text);
    private readonly Option<string> stimulus = new("--stimulus") { HelpName = "FILE", Description = "File of the true stimulus, to judge the decoded one." };
    private readonly Option<TimeUnit?> stimulusTimeUnit = Parsed.Option<TimeUnit?>(
        "--stimulus-time-unit", "UNIT", "Unit of the times in the file of the stimulus; default: as it says, else that of --time-unit.", text => TimeUnit.Parse(text));
    private readonly LoadingOptions loading = new();

    public DecodeCommand(VerbFrame frame)
        : base("decode", "Reconstructs a stimulus from spikes and the models of the units that fired them.", frame)
    {
        foreach (Option option in (Option[])[model, this.frame, mean, deviation, correlation, known, stimulus, stimulusTimeUnit]) Add(option);
        Add(file);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        GlmPopulation population = GlmModelDocument.Read(parsed.GetRequiredValue(model));
        LoadOptions options = loading.Read(parsed);
        SignalSet set = new(invocation, options with { Observed = null, TimeUnit = parsed.GetValue(stimulusTimeUnit) ?? options.TimeUnit });
        string[] knownFiles = parsed.GetValue(known) ?? [];
        string unknown = Unknown(population, knownFiles, set);
        Recording recording = invocation.Open(parsed.GetRequiredValue(file), options);
        recording = recording.WithSignals(ModelSignals.Find([.. ModelSignals.NeededBy(population).Where(name => name != unknown)], knownFiles, set, Known));
        StimulusReconstruction reconstruction = new()
        {
            Population = population,
            Signal = unknown,
            FrameDuration = parsed.GetValue(frame),
            Prior = new StimulusPrior
            {
                Mean = parsed.GetValue(mean) ?? 0,
                StandardDeviation = parsed.GetValue(deviation) ?? 1,
                Correlation = parsed.GetValue(correlation) ?? 0,
            },
        };
        StimulusPosterior posterior = invocation.Watch("decoding", progress => reconstruction.Reconstruct(recording, progress, invocation.CancellationToken));
        StimulusScore? score = null;
        if (parsed.GetValue(stimulus) is { } path)
        {
            string? name = set.Open(path).Any(signal => string.Equals(signal.Name, unknown, StringComparison.Ordinal)) ? unknown : null;
            score = posterior.Score(set.Take(path, name, recording.Observed, posterior.FrameDuration));
        }

        DecodingDocument document = DecodingDocument.Of(posterior, score);
        invocation.Deliver(document, DocumentJson.Default.DecodingDocument, () => Text(document), output);
        if (!posterior.Certificate.IsConverged) invocation.Warn($"The decoding did not succeed ({document.Certificate.Status}). {document.Certificate.Message}");
        return posterior.Certificate.IsConverged ? ExitCode.Done : ExitCode.AnalysisFailed;
    }

    // The one filtered signal that the files do not hold.
    private static string Unknown(GlmPopulation population, string[] knownFiles, SignalSet set)
    {
        HashSet<string> held = [.. knownFiles.SelectMany(path => set.Open(path).SelectMany(signal => (string[])[signal.Name, SignalSet.QualifiedName(path, signal)]))];
        string[] filtered = [.. population.Models.SelectMany(own => own.SignalFilters).Select(filter => filter.Signal).Where(name => !held.Contains(name)).Distinct(StringComparer.Ordinal)];
        return filtered is [var one]
            ? one
            : throw new UsageException(filtered.Length == 0
                ? $"No model has a filter of a signal that is not given with {Known}, so that there is nothing to decode."
                : $"The models have filters of {string.Join(", ", filtered)}; one signal can be decoded, supply the others with {Known} FILE.");
    }

    private static string Text(DecodingDocument document)
    {
        string summary = $"{document.Signal}: {NumberText.Count(document.Start.Count, "frame")} of {NumberText.Seconds(document.FrameDuration)}, {NumberText.Of(document.Information / document.Duration)} bits/s taken from its uncertainty\n";
        string judged = document.Score is not { } score
            ? ""
            : $"Against the truth: {NumberText.Fixed(score.VarianceExplained, 4)} of the variance explained, 95 % intervals hold {NumberText.Fixed(score.Coverage, 4)}, {NumberText.Of(score.BitsPerSecond)} bits/s\n";
        return $"{summary}{judged}Optimum ({document.Certificate.Status}): {document.Certificate.Message}\n";
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
        ? value
        : throw new FormatException($"'{text}' is no number.");
}
