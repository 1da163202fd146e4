using System.Text.Json;
using System.Text.Json.Serialization;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats fit glm</c> found, complete enough to simulate the model. Times are in seconds, log-likelihoods in nats.</summary>
internal sealed record GlmFitDocument
{
    public const string SchemaName = "spikestats.fit.glm/1";

    public required string Schema { get; init; }

    public required string Version { get; init; }

    public required string Target { get; init; }

    public required double BinWidth { get; init; }

    public required string Observation { get; init; }

    public required string Link { get; init; }

    public ShapeEntry? Shape { get; init; }

    public double? Floor { get; init; }

    public required string Edge { get; init; }

    public required IReadOnlyList<Term> Terms { get; init; }

    public required double LogLikelihood { get; init; }

    public required double NullLogLikelihood { get; init; }

    public required double Deviance { get; init; }

    public required double NullDeviance { get; init; }

    public required double Aic { get; init; }

    public required double Bic { get; init; }

    public required double BitsPerSpike { get; init; }

    public required double McFadden { get; init; }

    public required double DevianceExplained { get; init; }

    public required double EffectiveDegreesOfFreedom { get; init; }

    public required int SpikeCount { get; init; }

    public required long BinCount { get; init; }

    public required CertificateEntry Certificate { get; init; }

    public required VerdictEntry GoodnessOfFit { get; init; }

    public required Seconds Timings { get; init; }

    public PenaltyStrengthEntry? Strength { get; init; }

    public RelevanceEntry? Relevance { get; init; }

    public CrossValidationEntry? CrossValidation { get; init; }

    public DevianceTableEntry? DevianceTable { get; init; }

    public IReadOnlyList<CouplingTestEntry>? CouplingTests { get; init; }

    public static GlmFitDocument Of(GlmFit fit, TimeRescalingResult rescaling, Seconds timings) => new()
    {
        Schema = SchemaName,
        Version = ProductVersion.Text,
        Target = fit.Specification.Target,
        BinWidth = fit.Specification.BinWidth,
        Observation = fit.Specification.Observation.Name,
        Link = fit.Specification.Observation.Link,
        Shape = ShapeEntry.Of(fit),
        Floor = ObservationSyntax.FloorOf(fit.Specification.Observation),
        Edge = EdgeSyntax.Format(fit.Specification.Edge),
        Terms = [.. fit.Terms.Select(term => Term.Of(term, fit))],
        LogLikelihood = fit.LogLikelihood,
        NullLogLikelihood = fit.NullLogLikelihood,
        Deviance = fit.Deviance,
        NullDeviance = fit.NullDeviance,
        Aic = fit.Aic,
        Bic = fit.Bic,
        BitsPerSpike = fit.BitsPerSpike,
        McFadden = fit.McFadden,
        DevianceExplained = fit.DevianceExplained,
        EffectiveDegreesOfFreedom = fit.EffectiveDegreesOfFreedom,
        SpikeCount = fit.SpikeCount,
        BinCount = fit.BinCount,
        Certificate = CertificateEntry.Of(fit.Certificate),
        GoodnessOfFit = VerdictEntry.Of(rescaling),
        Timings = timings,
    };

    /// <summary>The fitted model.</summary>
    /// <exception cref="FormatException">The observation model or the edge policy is unknown, or the document does not hold all that a term does.</exception>
    public GlmModel ToModel()
    {
        if (Terms.FirstOrDefault(term => !term.IsComplete) is { } lacking)
            throw new FormatException($"the document does not hold the functions of the term '{lacking.Name}' ({lacking.Kind}), and without them it is another model");
        return Model();
    }

    private GlmModel Model() => new()
    {
        Unit = Target,
        BinWidth = BinWidth,
        Observation = ObservationSyntax.Parse(Observation, Link, Shape?.Value, Floor),
        Edge = EdgeSyntax.Parse(Edge),
        Baseline = Terms.Single(term => term.Kind == Term.Baseline).Coefficients[0],
        ParameterCount = Certificate.Rank,
        SpikeFilters = [.. Terms.Where(term => term.Source is not null).Select(term => new SpikeFilter(term.Source!, FirstLag(term), term.Filter))],
        SignalFilters = [.. Terms.Where(term => term.Signal is not null && term.Lags.Count > 0).Select(term => new SignalFilter(term.Signal!, FirstLag(term), term.Filter))],
        Covariates = [.. Terms.Where(term => term.Powers is not null)
            .SelectMany(term => term.Powers!.Select((power, i) => new CovariateEffect(term.Signal!, power, term.Coefficients[i])))],
        SmoothEffects = [.. Terms.Where(term => term.SmoothEffect is not null).Select(term => term.SmoothEffect!.ToEffect())],
        NonlinearSignalFilters = [.. Terms.Where(term => term.NonlinearFilter is not null).Select(term => term.NonlinearFilter!.ToFilter())],
    };

    /// <summary>The fitted model as a population of one, with the mean rate in the bins it was fitted to.</summary>
    /// <exception cref="FormatException">The observation model or the edge policy is unknown.</exception>
    public StoredModel ToStoredModel() => new(
        SchemaName, new GlmPopulation([ToModel()]), new Dictionary<string, double>(StringComparer.Ordinal) { [Target] = MeanRate });

    /// <summary>The mean rate of the bins that the model was fitted to, in hertz.</summary>
    internal double MeanRate => SpikeCount / (BinCount * BinWidth);

    private int FirstLag(Term term) => (int)Math.Round(term.Lags[0] / BinWidth);

    /// <summary>One term; what makes no sense for its kind is null. A smooth term holds its functions, and its effect at evenly spaced values.</summary>
    internal sealed record Term(
        string Name, string Kind, string Basis, string? Source, string? Signal, IReadOnlyList<int>? Powers, IReadOnlyList<string> CoefficientNames,
        IReadOnlyList<double> Coefficients, IReadOnlyList<double> StandardErrors, IReadOnlyList<double> Lags, IReadOnlyList<double> Filter,
        IReadOnlyList<double> FilterStandardErrors, WaldEntry Wald, PenaltyEntry Penalty, SmoothEffectEntry? SmoothEffect = null,
        NonlinearFilterEntry? NonlinearFilter = null, EffectEntry? Effect = null)
    {
        public const string Baseline = "baseline";

        /// <summary>Whether the effect of the term follows from the document; not so for smooth terms of documents that only described their functions.</summary>
        [JsonIgnore]
        public bool IsComplete => Kind == Baseline || Source is not null || Powers is not null || (Signal is not null && Lags.Count > 0)
            || SmoothEffect is not null || NonlinearFilter is not null;

        public static Term Of(TermFit term, GlmFit fit)
        {
            GlmSpecification specification = fit.Specification;
            GlmTerm? asked = specification.Terms.FirstOrDefault(candidate => string.Equals(candidate.Name, term.Name, StringComparison.Ordinal));
            return new Term(
                term.Name, term.Kind, term.Basis, asked switch { HistoryTerm => specification.Target, CouplingTerm coupling => coupling.Source, _ => null },
                asked switch { StimulusTerm stimulus => stimulus.Signal, CovariateTerm covariate => covariate.Signal, _ => null },
                (asked as CovariateTerm)?.Powers, term.CoefficientNames, term.Coefficients, term.StandardErrors, term.Lags, term.Filter,
                term.FilterStandardErrors, new WaldEntry(term.Wald.Statistic, term.Wald.DegreesOfFreedom, term.Wald.PValue),
                PenaltyEntry.Of(asked?.Penalty ?? Fitting.Glm.Penalty.None),
                asked is SmoothTerm ? SmoothEffectEntry.Of(fit.Model.SmoothEffects[PlaceOf<SmoothTerm>(asked, specification)]) : null,
                asked is NonlinearStimulusTerm ? NonlinearFilterEntry.Of(fit.Model.NonlinearSignalFilters[PlaceOf<NonlinearStimulusTerm>(asked, specification)]) : null,
                EffectEntry.Of(term, fit));
        }

        // The model lists the effects of each kind in the order of the terms.
        private static int PlaceOf<T>(GlmTerm term, GlmSpecification specification)
            where T : GlmTerm => specification.Terms.OfType<T>().TakeWhile(other => !ReferenceEquals(other, term)).Count();
    }

    /// <summary>The shape of negative binomial counts; the standard error is NaN if the shape was given.</summary>
    internal sealed record ShapeEntry(double Value, double StandardError)
    {
        public static ShapeEntry? Of(GlmFit fit) => fit.Model.Observation is NegativeBinomialObservation law
            ? new ShapeEntry(law.Shape, fit.Shape?.StandardError ?? double.NaN)
            : null;
    }

    /// <summary>Wald's test that all coefficients of a term are zero.</summary>
    internal sealed record WaldEntry(double Statistic, int Df, double P);

    /// <summary>The penalty that was put on a term.</summary>
    internal sealed record PenaltyEntry(
        double Ridge, double Smoothness, double Lasso = 0, double GroupLasso = 0, double Autoregressive = 0, double AutoregressiveCorrelation = 0,
        IReadOnlyList<double>? MarginSmoothness = null)
    {
        public static PenaltyEntry Of(Penalty penalty) => new(
            penalty.Ridge, penalty.Smoothness, penalty.Lasso, penalty.GroupLasso, penalty.Autoregressive, penalty.AutoregressiveCorrelation,
            penalty.MarginSmoothness.Count == 0 ? null : penalty.MarginSmoothness);
    }

    /// <summary>The certificate of the optimum.</summary>
    internal sealed record CertificateEntry(
        string Status, string Message, int Iterations, double NewtonDecrement, double GradientNorm, int Rank, int ParameterCount)
    {
        public static CertificateEntry Of(FitCertificate certificate) => new(
            Word(certificate.Status), certificate.Message, certificate.Iterations, certificate.NewtonDecrement, certificate.GradientNorm, certificate.Rank,
            certificate.ParameterCount);

        /// <summary>Whether the unique optimum was reached.</summary>
        [JsonIgnore]
        public bool IsConverged => Status == Word(FitStatus.Converged);

        /// <summary>A status as documents and tables spell it, for example <c>rankDeficient</c>.</summary>
        public static string Word(FitStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
    }

    /// <summary>Where the time went, in seconds.</summary>
    internal sealed record Seconds(double LoadSeconds, double FitSeconds, double TotalSeconds);
}
