using System.CommandLine;
using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats simulate hawkes MODEL.json</c>: draws spikes from a fitted Hawkes process, or from one unit whose parameters are stated.</summary>
internal sealed class SimulateHawkesCommand : Verb
{
    private const string DefaultUnit = "0";

    private readonly Argument<string?> model = new("MODEL")
    {
        Description = "Document of 'spikestats fit hawkes --json', or of the schema spikestats.model.hawkes/1; left out if the parameters are stated.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<double?> baseline = Parsed.Option<double?>("--baseline", "RATE", "Baseline of a single unit, for example 5Hz.", text => RateSyntax.NotNegative(text));
    private readonly Option<IReadOnlyList<double>> branching = Parsed.Option("--branching", "N,...", "Spikes that a spike triggers directly, one number per decay.", Numbers);
    private readonly Option<IReadOnlyList<double>> decays = Parsed.Option("--decay", "RATE,...", "Decays of the kernel, for example 20/s.", RateSyntax.Positives);
    private readonly Option<string> unit = new("--unit") { HelpName = "NAME", Description = $"What the single unit is called; default {DefaultUnit}." };
    private readonly SimulatedTime time = new();

    public SimulateHawkesCommand(VerbFrame frame)
        : base("hawkes", "Draws spikes from a Hawkes process, whose units may excite each other.", frame)
    {
        Add(model);
        foreach (Option option in (Option[])[baseline, branching, decays, unit]) Add(option);
        time.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        Recording conditions = time.Read(parsed);
        IPointProcess process = Process(parsed);
        DrawnSpikes.RequireRoom(output, process.Units);
        return DrawnSpikes.Deliver(process, conditions, SimulationDocument.HawkesSchema, output, invocation);
    }

    private IPointProcess Process(ParseResult parsed)
    {
        (double? rate, IReadOnlyList<double>? ratios, IReadOnlyList<double>? stated) = (parsed.GetValue(baseline), parsed.GetValue(branching), parsed.GetValue(decays));
        bool isStated = rate is not null || ratios is not null || stated is not null || parsed.GetValue(unit) is not null;
        if (parsed.GetValue(model) is { } path)
            return isStated ? throw new UsageException("Give MODEL, or --baseline, --branching and --decay of a single unit, but not both.") : HawkesModelDocument.Read(path).Process;
        if (rate is null || ratios is null || stated is null) throw new UsageException("Give MODEL, or all of --baseline, --branching and --decay of a single unit.");
        if (ratios.Count != stated.Count)
            throw new UsageException($"--branching states {NumberText.Count(ratios.Count, "number")} and --decay {stated.Count}; every exponential needs one of each.");
        double[,,] cube = new double[1, 1, ratios.Count];
        for (int u = 0; u < ratios.Count; u++) cube[0, 0, u] = ratios[u];
        return new HawkesModel([parsed.GetValue(unit) ?? DefaultUnit], [rate.Value], stated, cube);
    }

    private static IReadOnlyList<double> Numbers(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{part}' is no branching ratio; write a number that is not negative, for example 0.5."))];
}
