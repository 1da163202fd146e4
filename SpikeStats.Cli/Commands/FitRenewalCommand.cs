using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.GoodnessOfFit;
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
    private readonly Option<double?> rate = Parsed.Option<double?>(
        "--rate", RateShapeSyntax.Words, "A rate that is constant in bins of so many seconds, estimated jointly with the intervals, which are independent in operational time; default constant.", text => RateShapeSyntax.Parse(text));
    private readonly Option<RenewalStart?> start = Parsed.Choice(
        "--start", "What the wait for the first spike of an observed interval tells: nothing (first-spike, the default), or that the train was in equilibrium before (the default with --rate piecewise).",
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
        foreach (Option option in (Option[])[target, family, rate, start, completeOnly, refractory]) Add(option);
        window.AddTo(this);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        Recording recording = window.Cut(parsed, invocation.Open(parsed.GetRequiredValue(file), loading.Read(parsed)));
        return parsed.GetValue(rate) is { } binWidth && double.IsFinite(binWidth) ? FitInBins(parsed, recording, binWidth, output, invocation) : FitConstant(parsed, recording, output, invocation);
    }

    private ExitCode FitConstant(ParseResult parsed, Recording recording, OutputFile? output, Invocation invocation)
    {
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

        return Deliver(RenewalFitDocument.Of(fits, recording[parsed.GetRequiredValue(target)]), output, invocation);
    }

    private ExitCode FitInBins(ParseResult parsed, Recording recording, double binWidth, OutputFile? output, Invocation invocation)
    {
        if (parsed.GetValue(completeOnly) || parsed.GetValue(refractory) is not null)
            throw new UsageException("--rate piecewise takes neither --complete-only nor --refractory: open intervals count for the rate, and a refractory period has no meaning in operational time.");
        string unit = parsed.GetRequiredValue(target);
        List<InhomogeneousRenewalFit> fits = [];
        List<TimeRescalingResult> rescaling = [];
        IReadOnlyList<IntervalFamily> families = parsed.GetValue(family) ?? IntervalFamily.All;

        // All means all that have a meaning in operational time; one that is named is refused with the reason.
        if (families.Count == IntervalFamily.All.Count) families = [.. families.Where(asked => asked is not RecoveringHazardFamily)];
        foreach (IntervalFamily asked in families)
        {
            InhomogeneousRenewalSpecification specification = new() { Target = unit, Family = asked, RateBinWidth = binWidth, Start = parsed.GetValue(start) ?? RenewalStart.Equilibrium };
            fits.Add(invocation.Watch($"fitting {asked.Name}", _ => specification.Fit(recording, cancellationToken: invocation.CancellationToken)));
            rescaling.Add(TimeRescaling.Test(fits[^1].Model, recording, unit, new TimeRescalingOptions { Seed = invocation.Settings.Seed }, invocation.CancellationToken));
        }

        return Deliver(RenewalFitDocument.Of(fits, rescaling, recording[unit]), output, invocation);
    }

    private static ExitCode Deliver(RenewalFitDocument document, OutputFile? output, Invocation invocation)
    {
        invocation.Deliver(document, DocumentJson.Default.RenewalFitDocument, () => RenewalFitText.Of(document), output);
        RenewalFitDocument.FamilyEntry[] failed = [.. document.Families.Where(entry => !entry.Certificate.IsConverged)];
        foreach (RenewalFitDocument.FamilyEntry entry in failed) invocation.Warn($"The fit of {entry.Family} intervals did not succeed. {entry.Certificate.Message}");

        // Of several families some may have no optimum; that is an answer as long as one has.
        return failed.Length < document.Families.Count ? ExitCode.Done : ExitCode.AnalysisFailed;
    }
}
