using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.MeanField;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats theory network</c>: all self-consistent rates of a network, what grows about them, and the phase diagram of Brunel's.</summary>
internal sealed class TheoryNetworkCommand : Verb
{
    private const string DefaultInhibitions = "0..8:33", DefaultDrives = "0.25..4:16";

    private readonly Option<string> network = new("--network")
    {
        HelpName = "FILE.json",
        Description = $"Populations and projections, as a document {NetworkModelDocument.SchemaName}; instead of Brunel's network.",
    };
    private readonly BrunelOptions brunel = new();
    private readonly Option<bool> diagram = new("--diagram") { Description = "Also compute the phase diagram of Brunel's network over g and eta." };
    private readonly Option<IReadOnlyList<double>> inhibitions = Parsed.Option("--g-axis", "FROM..TO:N", $"Values of g in the diagram; default {DefaultInhibitions}.", AxisSyntax.Parse);
    private readonly Option<IReadOnlyList<double>> drives = Parsed.Option("--eta-axis", "FROM..TO:N", $"Values of eta in the diagram; default {DefaultDrives}.", AxisSyntax.Parse);

    public TheoryNetworkCommand(VerbFrame frame)
        : base("network", "Fixed points, stability and phase diagram of networks of leaky integrate-and-fire neurons.", frame)
    {
        brunel.AddTo(this);
        foreach (Option option in (Option[])[network, diagram, inhibitions, drives]) Add(option);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        bool withDiagram = parsed.GetValue(diagram);
        if (!withDiagram && (parsed.GetValue(inhibitions) ?? parsed.GetValue(drives)) is not null) throw new UsageException("--g-axis and --eta-axis are those of the phase diagram. Add --diagram.");
        if (!withDiagram && output is not null && (Invocation.IsFigure(output) || Invocation.IsTable(output)))
            throw new UsageException("The figure and the table of 'theory network' are those of the phase diagram. Add --diagram, or write --out FILE.json.");
        BrunelNetwork? stated = parsed.GetValue(network) is null ? brunel.Read(parsed) : null;
        if (stated is null && (withDiagram || brunel.IsStated(parsed))) throw new UsageException("--network states the whole network: leave out the options of Brunel's network and --diagram.");

        NetworkModelDocument model = stated is null ? NetworkModelDocument.Read(parsed.GetValue(network)!) : NetworkModelDocument.Of(stated);
        RateNetwork rates = model.ToNetwork();
        bool hasDelays = rates.Projections.All(projection => projection.Delay > 0);
        FixedPointSearch search = rates.FixedPoints(cancellationToken: invocation.CancellationToken);
        string[] names = [.. model.Populations.Select(population => population.Name)];
        NetworkTheoryDocument.FixedPointEntry[] points = [.. search.Points.Select(point => NetworkTheoryDocument.FixedPointEntry.Of(
            rates, names, point, hasDelays ? DelayStability.Of(rates, point, cancellationToken: invocation.CancellationToken) : null))];
        BrunelPhaseDiagram? computed = withDiagram ? Diagram(stated!, parsed, invocation) : null;
        NetworkTheoryDocument document = NetworkTheoryDocument.Of(model, stated, search.IsCertified, points, computed);
        invocation.Deliver(document, DocumentJson.Default.NetworkTheoryDocument, () => NetworkText.Of(document), output, () => computed!.ToFigure(), () => NetworkText.Rows(document.Diagram!));
        if (points.Length == 0) invocation.Warn("No fixed point was found; there is one at least. State the rates of the inputs and the weights in hertz and volts.");
        if (!search.IsCertified) invocation.Note("several populations: a fixed point may have been missed");
        if (!hasDelays) invocation.Warn("A projection has no delay: modes of any frequency, so that only slow deviations are judged. Give all projections a delay.");
        return points.Length > 0 ? ExitCode.Done : ExitCode.AnalysisFailed;
    }

    private BrunelPhaseDiagram Diagram(BrunelNetwork stated, ParseResult parsed, Invocation invocation) => invocation.Watch(
        "phase diagram",
        progress => BrunelPhaseDiagram.Of(
            stated, parsed.GetValue(inhibitions) ?? AxisSyntax.Parse(DefaultInhibitions), parsed.GetValue(drives) ?? AxisSyntax.Parse(DefaultDrives),
            progress: progress, cancellationToken: invocation.CancellationToken));
}
