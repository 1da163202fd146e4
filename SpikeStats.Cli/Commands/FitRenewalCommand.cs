using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats fit renewal FILE --target U</c>: renewal processes of one unit, family by family, with error bars and certificate.</summary>
internal sealed class FitRenewalCommand : Verb
{
    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording." };
    private readonly Option<string> target = new("--target") { HelpName = "UNIT", Description = "The unit to explain.", Required = true };
    private readonly Option<IReadOnlyList<IntervalFamily>> family = Parsed.Option(
        "--family", "NAME,...|all", "Families of interval distributions, for example gamma,weibull; default all.", FamilySyntax.Parse);
    private readonly Option<RenewalStart?> start = Parsed.Choice(
        "--start", "What the wait for the first spike of an observed interval tells: nothing (first-spike, the default), or that the train was in equilibrium before.",
        (RenewalFitDocument.FirstSpike, RenewalStart.FirstSpike), (RenewalFitDocument.Equilibrium, RenewalStart.Equilibrium));
    private readonly Option<bool> completeOnly = new("--complete-only") { Description = "Leave out the interval that is open at the end of each observed interval." };
    private readonly Option<double?> refractory = Parsed.Option<double?>(
        "--refractory", "DURATION", "Absolute refractory period of the family recovering-hazard; default 0s.", text => DurationSyntax.Positive(text));
    private readonly WindowOption window = new();
    private readonly LoadingOptions loading = new();

    public FitRenewalCommand(VerbFrame frame)
        : base("renewal", "Fits distributions of the interval from spike to spike.", frame)
    {
        Add(file);
        foreach (Option option in (Option[])[target, family, start, completeOnly, refractory]) Add(option);
        window.AddTo(this);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        Recording recording = window.Cut(parsed, invocation.Open(parsed.GetRequiredValue(file), loading.Read(parsed)));
        double refractoryPeriod = parsed.GetValue(refractory) ?? 0;
        List<RenewalFit> fits = [];
        foreach (IntervalFamily asked in parsed.GetValue(family) ?? IntervalFamily.All)
        {
            RenewalSpecification specification = new()
            {
                Target = parsed.GetRequiredValue(target),
                Family = asked is RecoveringHazardFamily recovering ? recovering with { RefractoryPeriod = refractoryPeriod } : asked,
                Start = parsed.GetValue(start) ?? RenewalStart.FirstSpike,
                CountsOpenIntervals = !parsed.GetValue(completeOnly),
            };
            fits.Add(invocation.Watch($"fitting {asked.Name}", progress => specification.Fit(recording, progress: progress, cancellationToken: invocation.CancellationToken)));
        }

        RenewalFitDocument document = RenewalFitDocument.Of(fits, recording[parsed.GetRequiredValue(target)]);
        invocation.Deliver(document, DocumentJson.Default.RenewalFitDocument, () => RenewalFitText.Of(document), output);
        RenewalFit[] failed = [.. fits.Where(fit => !fit.Certificate.IsConverged)];
        foreach (RenewalFit fit in failed) invocation.Warn($"The fit of {fit.Specification.Family.Name} intervals did not succeed. {fit.Certificate.Message}");

        // Of several families some may have no optimum; that is an answer as long as one has.
        return failed.Length < fits.Count ? ExitCode.Done : ExitCode.AnalysisFailed;
    }
}
