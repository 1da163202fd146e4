using System.CommandLine;
using System.Globalization;
using System.Text;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Decoding;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats fit hmm FILE --states K</c>: a hidden Markov model of all units, and the recording cut into its states.</summary>
internal sealed class FitHmmCommand : Verb
{
    private const double DefaultBinWidth = 0.01;

    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording." };
    private readonly Option<int?> states = Parsed.Option<int?>("--states", "K", "Number of hidden states; default 2.", Positive);
    private readonly Option<double?> bin = Parsed.Option<double?>("--bin", "DURATION", "Width of a bin, one step of the chain; default 10ms.", text => DurationSyntax.Positive(text));
    private readonly Option<int?> starts = Parsed.Option<int?>("--starts", "N", "Number of random starts; default 10.", Positive);
    private readonly Option<IReadOnlyList<string>> units = Parsed.Option("--units", "U1,U2", "The units to explain; default all of the recording.", UnitList.Parse);
    private readonly Option<CovariateArgument[]> transitionInputs = Parsed.Repeated(
        "--transition-input", "FILE:SIGNAL,...", "Signals whose value changes the probabilities of entering a bin's state; may be repeated.", Linear);
    private readonly Option<CovariateArgument[]> rateInputs = Parsed.Repeated(
        "--rate-input", "FILE:SIGNAL,...", "Signals whose value changes the log rates in every state; may be repeated.", Linear);
    private readonly Option<TimeUnit?> signalTimeUnit = Parsed.Option<TimeUnit?>(
        "--stimulus-time-unit", "UNIT", "Unit of the times in the files of signals; default: that of --time-unit.", text => TimeUnit.Parse(text));
    private readonly Option<Basis> history = Parsed.Option(
        "--history-basis", "BASIS", "Basis of the post-spike filter of every unit, for example windows:10ms,20ms,50ms; without it there is none.", BasisSyntax.Parse);
    private readonly Option<bool> historyPerState = new("--history-per-state") { Description = "Give every state post-spike filters of its own; without it the states share them." };
    private readonly WindowOption window = new();
    private readonly LoadingOptions loading = new();

    public FitHmmCommand(VerbFrame frame)
        : base("hmm", "Fits a hidden Markov model: states that jump from bin to bin, each with its own rate of every unit.", frame)
    {
        Add(file);
        Add(states);
        Add(bin);
        Add(starts);
        Add(history);
        Add(historyPerState);
        foreach (Option option in (Option[])[units, transitionInputs, rateInputs, signalTimeUnit]) Add(option);
        window.AddTo(this);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        if (parsed.GetValue(historyPerState) && parsed.GetValue(history) is null) throw new UsageException("--history-per-state needs --history-basis.");
        HiddenMarkovSpecification specification = new()
        {
            StateCount = parsed.GetValue(states) ?? 2,
            BinWidth = parsed.GetValue(bin) ?? DefaultBinWidth,
            History = parsed.GetValue(history),
            IsHistoryShared = !parsed.GetValue(historyPerState),
        };
        HiddenMarkovFitOptions options = new() { Seed = invocation.Settings.Seed, Threads = invocation.Settings.Threads };
        options = options with { Starts = parsed.GetValue(starts) ?? options.Starts };
        LoadOptions spikes = loading.Read(parsed);
        Recording recording = window.Cut(parsed, invocation.Open(parsed.GetRequiredValue(file), spikes));
        SignalSet signals = new(invocation, spikes with { Observed = null, TimeUnit = parsed.GetValue(signalTimeUnit) ?? spikes.TimeUnit });
        specification = specification with
        {
            Units = parsed.GetValue(units),
            TransitionInputs = Take(parsed.GetValue(transitionInputs), signals, recording, specification.BinWidth),
            EmissionInputs = Take(parsed.GetValue(rateInputs), signals, recording, specification.BinWidth),
        };
        recording = recording.WithSignals(signals.Taken);
        HiddenMarkovFit fit = invocation.Watch("fitting", progress => specification.Fit(recording, options, progress, invocation.CancellationToken));
        StateSegmentation segmentation = fit.Model.Segment(recording, invocation.CancellationToken);
        TimeRescalingOptions rescaling = new() { Seed = invocation.Settings.Seed, Draws = 1 };
        TimeRescalingResult[] goodness = [.. fit.Model.Units.Select(unit => TimeRescaling.Test(fit.Model, recording, unit, rescaling, invocation.CancellationToken))];
        HmmFitDocument document = HmmFitDocument.Of(fit, segmentation, goodness, invocation.Settings.Seed);
        invocation.Deliver(document, DocumentJson.Default.HmmFitDocument, () => Text(document), output);
        if (!fit.Certificate.IsConverged) invocation.Warn($"The fit did not succeed ({document.Certificate.Status}). {document.Certificate.Message}");
        return fit.Certificate.IsConverged ? ExitCode.Done : ExitCode.AnalysisFailed;
    }

    private static string[] Take(CovariateArgument[]? asked, SignalSet signals, Recording recording, double binWidth) =>
        [.. (asked ?? []).SelectMany(file => file.Powers.Select(power => signals.Take(file.Path, power.Signal, recording.Observed, binWidth).Name))];

    private static CovariateArgument Linear(string text)
    {
        CovariateArgument argument = CovariateArgument.Parse(text);
        return argument.Powers.All(signal => signal.Powers is [1]) ? argument : throw new FormatException($"'{text}' states a power, but an input acts by its value. Write FILE:SIGNAL.");
    }

    private static string Text(HmmFitDocument document)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Hidden Markov model: {document.States.Count} states, {NumberText.Seconds(document.BinWidth)} bins, {document.BinCount} bins\n\n");
        if (document.TransitionInputs.Count + document.RateInputs.Count > 0) text.Append("Rates and transitions are those where all inputs are zero.\n\n");
        AlignedTable table = new([
            new TableColumn("state"), new TableColumn("share of time"), new TableColumn("runs"), .. document.Units.Select(unit => new TableColumn($"{unit} (Hz)")),
            .. document.States.Select((_, to) => new TableColumn($"to {NumberText.Count(to)}"))]);
        for (int state = 0; state < document.States.Count; state++)
        {
            HmmFitDocument.StateEntry entry = document.States[state];
            table.Add([
                NumberText.Count(state), NumberText.Fixed(entry.Occupancy, 4), NumberText.Count(document.Runs.Count(run => run.State == state)),
                .. entry.Rates.Select(rate => NumberText.Fixed(rate, 3)), .. entry.Transition.Select(NumberText.Probability)]);
        }

        text.Append(table);
        AlignedTable judged = new([new TableColumn("unit"), new TableColumn("KS statistic"), new TableColumn("KS p")]);
        foreach (HmmFitDocument.GoodnessEntry entry in document.GoodnessOfFit)
            judged.Add([entry.Unit, NumberText.Fixed(entry.KsStatistic, 4), NumberText.Probability(entry.KsPValue)]);
        text.Append(CultureInfo.InvariantCulture, $"\nTime rescaling by what earlier spikes predict:\n{judged}");
        text.Append(CultureInfo.InvariantCulture, $"\nlog-likelihood {NumberText.Fixed(document.LogLikelihood, 4)} nats, BIC {NumberText.Fixed(document.Bic, 3)}\n");
        text.Append(CultureInfo.InvariantCulture, $"Optimum ({document.Certificate.Status}): {document.Certificate.Message}\n");
        return text.ToString();
    }

    private static int? Positive(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
        ? value
        : throw new FormatException($"'{text}' is no positive whole number.");
}
