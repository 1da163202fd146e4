using System.CommandLine;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Commands;

/// <summary>The options that specify a GLM.</summary>
internal sealed class GlmOptions
{
    private const string DefaultStimulusBasis = "raised-cosine:n=10,window=200ms", DefaultCouplingBasis = "raised-cosine-log:n=8,window=100ms";
    private const double DefaultBinWidth = 0.001;

    // Kinds of terms by which a penalty means all of them.
    private const string AllCouplings = "coupling", AllSmooth = "smooth";

    private readonly Option<string> target = new("--target") { HelpName = "UNIT", Description = "The unit to explain; all for every unit at once, with --coupling all.", Required = true };
    private readonly Option<double?> bin = Parsed.Option<double?>("--bin", "DURATION", "Width of a bin; default 1ms.", text => DurationSyntax.Positive(text));
    private readonly Option<ObservationModel> observation = Parsed.Option(
        "--observation", ObservationSyntax.Words, "Law of the counts and its link: poisson means log link (default), bernoulli complementary log-log link; negative-binomial estimates its shape.", ObservationSyntax.Parse);
    private readonly Option<Basis> stimulusBasis = Parsed.Option(
        "--stimulus-basis", "BASIS", $"Basis of the stimulus filter; default {DefaultStimulusBasis}.", BasisSyntax.Parse);
    private readonly Option<Basis> historyBasis = Parsed.Option(
        "--history-basis", "BASIS", "Basis of the post-spike filter, for example windows:1ms,2ms,5ms,10ms; without it there is none.", BasisSyntax.Parse);
    private readonly Option<CouplingChoice> coupling = Parsed.Option(
        "--coupling", "all|none|U1,U2", "The units whose spikes act on the target; default none.", CouplingChoice.Parse);
    private readonly Option<Basis> couplingBasis = Parsed.Option(
        "--coupling-basis", "BASIS", $"Basis of the coupling filters; default {DefaultCouplingBasis}.", BasisSyntax.Parse);
    private readonly Option<CovariateArgument[]> covariates = Parsed.Repeated(
        "--covariate", "FILE:SIGNAL^P,...", "Powers of the present value of signals, for example position.csv:value^1,value^2; may be repeated.", CovariateArgument.Parse);
    private readonly Option<SmoothArgument[]> smooth = Parsed.Repeated(
        "--smooth", SmoothArgument.Words, "A smooth effect of the value of a signal, or of several together, for example position.csv:x,y=bspline:n=8; may be repeated.", SmoothArgument.Parse);
    private readonly Option<PenaltyArgument[]> penalties = Parsed.Repeated(
        "--penalty", "TERM=PENALTY", "Penalty on a term, for example history=smooth:10, stimulus=smooth:10+ridge:1 or coupling=group-lasso:20; 'coupling' means every coupling, 'smooth' every smooth effect; may be repeated.", PenaltyArgument.Parse);
    private readonly Option<EdgePolicy?> edge = Parsed.Option<EdgePolicy?>(
        "--edge", "drop|zero", "Bins without a full history are left out (drop, the default) or see silence before the start (zero).", text => EdgeSyntax.Parse(text));

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[target, bin, observation, historyBasis, stimulusBasis, coupling, couplingBasis, covariates, smooth, penalties, edge]) command.Add(option);
    }

    /// <summary>The unit to explain.</summary>
    /// <param name="parsed">The command line.</param>
    public string Target(ParseResult parsed) => parsed.GetRequiredValue(target);

    /// <summary>The specification that the options ask for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="unit">The unit to explain.</param>
    /// <param name="recording">The recording, whose units may be named.</param>
    /// <param name="signals">Takes the signals that the terms need.</param>
    /// <param name="stimulus">File of the stimulus; null for none.</param>
    /// <param name="stimulusSignal">Its signal; null for the only one.</param>
    /// <exception cref="UsageException">The options contradict each other or name what is not there.</exception>
    public GlmSpecification Specify(ParseResult parsed, string unit, Recording recording, SignalSet signals, string? stimulus, string? stimulusSignal)
    {
        _ = recording.Units.IndexOf(unit);
        double binWidth = parsed.GetValue(bin) ?? DefaultBinWidth;
        List<GlmTerm> terms = [];
        if (stimulus is not null)
            terms.Add(new StimulusTerm(signals.Take(stimulus, stimulusSignal, recording.Observed, binWidth).Name, BasisOr(parsed, stimulusBasis, DefaultStimulusBasis)));
        else if (parsed.GetValue(stimulusBasis) is not null || stimulusSignal is not null)
            throw new UsageException("--stimulus-basis and --stimulus-signal need --stimulus FILE.");
        if (parsed.GetValue(historyBasis) is { } history) terms.Add(new HistoryTerm(history));
        terms.AddRange(Couplings(parsed, recording, unit));
        foreach (CovariateArgument covariate in parsed.GetValue(covariates) ?? [])
        {
            foreach ((string signal, IReadOnlyList<int> powers) in covariate.Powers)
                terms.Add(new CovariateTerm(signals.Take(covariate.Path, signal, recording.Observed, binWidth).Name, powers));
        }

        terms.AddRange((parsed.GetValue(smooth) ?? []).Select(asked => SmoothTerms.Of(asked, signals, recording.Observed, binWidth)));
        RequireOwnNames(terms);
        return new GlmSpecification
        {
            Target = unit,
            BinWidth = binWidth,
            Observation = parsed.GetValue(observation) ?? ObservationModel.Poisson,
            Edge = parsed.GetValue(edge) ?? EdgePolicy.Drop,
            Terms = Penalised(terms, parsed.GetValue(penalties) ?? []),
        };
    }

    private IEnumerable<CouplingTerm> Couplings(ParseResult parsed, Recording recording, string unit)
    {
        CouplingChoice choice = parsed.GetValue(coupling) ?? CouplingChoice.None;
        if (choice == CouplingChoice.None && parsed.GetValue(couplingBasis) is not null)
            throw new UsageException("--coupling-basis needs --coupling all or a list of units.");
        Basis basis = BasisOr(parsed, couplingBasis, DefaultCouplingBasis);
        return choice.Sources(recording, unit).Select(source => new CouplingTerm(source, basis));
    }

    private static Basis BasisOr(ParseResult parsed, Option<Basis> option, string fallback) => parsed.GetValue(option) ?? BasisSyntax.Parse(fallback);

    private static List<GlmTerm> Penalised(List<GlmTerm> terms, PenaltyArgument[] penalties)
    {
        foreach (PenaltyArgument penalty in penalties)
        {
            int[] meant = [.. Enumerable.Range(0, terms.Count).Where(i => IsMeant(penalty.Term, terms[i]))];
            if (meant.Length == 0)
            {
                string names = terms.Count == 0 ? "there is no term" : $"the terms are {string.Join(", ", terms.Select(term => term.Name))}";
                throw new UsageException($"--penalty: there is no term '{penalty.Term}'; {names}.");
            }

            if (penalty.Penalty.MarginSmoothness.Count is > 0 and var along && meant.Any(i => MarginCount(terms[i]) != along))
                throw new UsageException($"--penalty {penalty.Term}: {along} strengths of smoothness are for a smooth effect of {along} values together; give one.");
            foreach (int i in meant) terms[i] = terms[i] with { Penalty = PenaltyArgument.Sum(terms[i].Penalty, penalty.Penalty) };
        }

        return terms;
    }

    private static bool IsMeant(string name, GlmTerm term) =>
        string.Equals(name, term.Name, StringComparison.Ordinal) || (name is AllCouplings or AllSmooth && term.Kind == name);

    private static int MarginCount(GlmTerm term) => (term as SmoothTerm)?.Signals.Count ?? 1;

    private static void RequireOwnNames(List<GlmTerm> terms)
    {
        if (terms.GroupBy(term => term.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UsageException($"Two terms act on the value of '{twice.Key}': give it to --covariate or to --smooth, once.");
    }
}
