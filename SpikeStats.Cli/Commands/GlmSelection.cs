using System.CommandLine;
using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.HypothesisTests;
using SpikeStats.Fitting.ModelSelection;

namespace SpikeStats.Cli.Commands;

/// <summary>What <c>fit glm</c> does around the fit if asked: choose the strength of penalties, cross-validate, test terms and couplings.</summary>
internal sealed class GlmSelection
{
    private const string Block = "block", Trial = "trial", Relevance = "relevance";

    // Decades around the strengths that were asked for.
    private static readonly double[] factors = [.. Enumerable.Range(-4, 9).Select(power => Math.Pow(10, power))];

    private readonly Option<int?> folds = Parsed.Option<int?>("--cross-validate", "K", "Score the model on K held-out parts as well, each predicted by a fit to the others.", Folds);
    private readonly Option<HeldOut?> by = Parsed.Choice("--by", $"What is held out: contiguous blocks of time ({Block}, the default) or whole trials.", (Block, HeldOut.Block), (Trial, HeldOut.Trial));
    private readonly Option<StrengthMethod?> strength = Parsed.Choice(
        "--strength", $"Choose one factor of all penalties: by the evidence, or by the likelihood of held-out parts (cv); or a factor for each penalty, by the evidence ({Relevance}).",
        (PenaltyStrengthEntry.Evidence, StrengthMethod.Evidence), (PenaltyStrengthEntry.CrossValidation, StrengthMethod.CrossValidation), (Relevance, StrengthMethod.Relevance));
    private readonly Option<bool> deviance = new("--deviance-table") { Description = "Test the terms one after the other by likelihood ratios; needs a model without penalties." };
    private readonly Option<bool> couplings = new("--test-couplings") { Description = "Test every coupling by a likelihood ratio, with control of false discoveries; needs a model without penalties." };

    private enum HeldOut
    {
        Block = 0,
        Trial = 1,
    }

    private enum StrengthMethod
    {
        Evidence = 0,
        CrossValidation = 1,
        Relevance = 2,
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[folds, by, strength, deviance, couplings]) command.Add(option);
    }

    /// <summary>Makes sure that nothing is asked for, where all units are fitted at once.</summary>
    /// <exception cref="UsageException">Something is.</exception>
    public void RequireNone(ParseResult parsed)
    {
        Option[] all = [folds, by, strength, deviance, couplings];
        if (all.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } asked)
            throw new UsageException($"{asked.Name} is for a single target; with --target all leave it out.");
    }

    /// <summary>The specification with the strength of its penalties chosen, if asked.</summary>
    /// <exception cref="UsageException">The options contradict the specification or each other.</exception>
    /// <exception cref="InvalidOperationException">A fit on the way did not reach its optimum.</exception>
    public ChosenStrength Choose(ParseResult parsed, GlmSpecification specification, Recording recording, Invocation invocation)
    {
        Validate(parsed, specification, recording);
        if (parsed.GetValue(strength) is not { } method) return new ChosenStrength(specification);
        CrossValidationOptions options = Options(parsed, invocation);
        if (method == StrengthMethod.Relevance) return Relevant(specification, recording, options, invocation);
        bool isByEvidence = method == StrengthMethod.Evidence;
        StrengthChoice choice = invocation.Watch("choosing the strength", progress => isByEvidence
            ? Reaching(() => PenaltyStrength.ByEvidence(specification, recording, options.Fit, invocation.CancellationToken))
            : PenaltyStrength.ByCrossValidation(specification, recording, factors, options, progress, invocation.CancellationToken));
        if (choice.IsAtEdge)
            invocation.Warn($"The best factor of the penalties, {NumberText.Of(choice.Factor)}, is at the edge of those that were tried; state penalties nearer to it.");
        return new ChosenStrength(choice.Specification, PenaltyStrengthEntry.Of(choice, isByEvidence ? PenaltyStrengthEntry.Evidence : PenaltyStrengthEntry.CrossValidation));
    }

    private static ChosenStrength Relevant(GlmSpecification specification, Recording recording, CrossValidationOptions options, Invocation invocation)
    {
        RelevanceResult result = invocation.Watch("choosing the strengths", progress => Reaching(() => RelevanceDetermination.Estimate(
            specification, recording, new RelevanceOptions { Fit = options.Fit }, progress, invocation.CancellationToken)));
        if (!result.IsConverged) invocation.Warn(result.Message);
        return new ChosenStrength(result.Fit.Specification, Relevance: RelevanceEntry.Of(result));
    }

    /// <summary>The document with what else was asked for; where a fit on the way had no optimum a warning says so, and the field stays null.</summary>
    /// <returns>The document, and whether it holds everything that was asked for.</returns>
    public (GlmFitDocument Document, bool IsComplete) Complete(
        ParseResult parsed, GlmFitDocument document, GlmSpecification specification, Recording recording, Invocation invocation)
    {
        CrossValidationOptions options = Options(parsed, invocation);
        bool isComplete = true;
        if (parsed.GetValue(folds) is not null)
        {
            CrossValidationResult result = invocation.Watch(
                "cross-validating", progress => CrossValidation.Score(specification, recording, options, progress, invocation.CancellationToken));
            document = document with { CrossValidation = CrossValidationEntry.Of(result, options.IsByTrial ? Trial : Block) };
        }

        try
        {
            if (parsed.GetValue(deviance))
                document = document with { DevianceTable = DevianceTableEntry.Of(DevianceTable.Of(specification, recording, options.Fit, invocation.CancellationToken)) };
            if (parsed.GetValue(couplings))
            {
                IReadOnlyList<CouplingTest> tests = invocation.Watch(
                    "testing couplings", progress => CouplingTests.Of([specification], recording, options: options.Fit, progress: progress, cancellationToken: invocation.CancellationToken));
                document = document with { CouplingTests = [.. tests.Select(CouplingTestEntry.Of)] };
            }
        }
        catch (ArgumentException error)
        {
            // The usage was checked before: what the library still objects to is a fit without an optimum.
            invocation.Warn(error.Message);
            isComplete = false;
        }

        return (document, isComplete);
    }

    private void Validate(ParseResult parsed, GlmSpecification specification, Recording recording)
    {
        StrengthMethod? method = parsed.GetValue(strength);
        bool isPenalised = specification.Terms.Any(term => !term.Penalty.IsNone);
        if (method is not null && !isPenalised) throw new UsageException("--strength chooses a factor of penalties; state some with --penalty.");
        if (method is StrengthMethod.Evidence or StrengthMethod.Relevance && specification.Terms.Any(term => term.Penalty.Lasso > 0 || term.Penalty.GroupLasso > 0))
            throw new UsageException("--strength evidence and relevance are for quadratic penalties; with a lasso use --strength cv.");
        if (parsed.GetValue(by) is not null && parsed.GetValue(folds) is null && method != StrengthMethod.CrossValidation)
            throw new UsageException("--by says what cross-validation holds out; ask for it with --cross-validate K or --strength cv.");
        int count = parsed.GetValue(folds) ?? new CrossValidationOptions().FoldCount;
        if (parsed.GetValue(by) == HeldOut.Trial && recording.Trials.Count < count)
            throw new UsageException($"--by trial: {count} folds need as many trials, but the recording has {recording.Trials.Count}; hold out blocks, or fewer folds.");
        if (isPenalised && (parsed.GetValue(deviance) || parsed.GetValue(couplings)))
            throw new UsageException("--deviance-table and --test-couplings compare likelihoods of fits without penalties; leave out --penalty.");
        if (parsed.GetValue(couplings) && !specification.Terms.OfType<CouplingTerm>().Any()) throw new UsageException("--test-couplings needs --coupling all or a list of units.");
    }

    private CrossValidationOptions Options(ParseResult parsed, Invocation invocation)
    {
        CrossValidationOptions options = new() { IsByTrial = parsed.GetValue(by) == HeldOut.Trial, Fit = new GlmFitOptions { Threads = invocation.Settings.Threads } };
        return parsed.GetValue(folds) is { } count ? options with { FoldCount = count } : options;
    }

    // As above: without an optimum there is no evidence, and without a strength no fit.
    private static T Reaching<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException error)
        {
            throw new InvalidOperationException(error.Message, error);
        }
    }

    private static int? Folds(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 2
        ? value
        : throw new FormatException($"'{text}' is no number of parts. Write a whole number, 2 or more.");
}
