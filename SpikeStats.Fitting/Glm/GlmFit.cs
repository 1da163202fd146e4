using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;
using SpikeStats.Plotting;

namespace SpikeStats.Fitting.Glm;

/// <summary>A fitted GLM: estimates, their uncertainty, scores and the certificate of the optimum.</summary>
/// <remarks>
/// Without a penalty <see cref="Covariance"/> is the inverse observed information. With a penalty P and information H it is the Bayesian
/// (H + P)⁻¹, whose intervals cover well on average over a filter (Nychka 1988; Wood 2006), and <see cref="FrequentistCovariance"/> is
/// (H + P)⁻¹ H (H + P)⁻¹, the sampling covariance of the biased estimator.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class GlmFit
{
    internal const string BaselineName = "baseline";

    internal GlmFit(GlmSpecification specification, GlmModel model, IReadOnlyList<TermFit> terms, FitCertificate certificate)
    {
        Specification = specification;
        Model = model;
        Terms = terms;
        Certificate = certificate;
        CoefficientNames = [.. terms.SelectMany(term => term.CoefficientNames)];
        Coefficients = [.. terms.SelectMany(term => term.Coefficients)];
        StandardErrors = [.. terms.SelectMany(term => term.StandardErrors)];
    }

    /// <summary>What was asked for.</summary>
    public GlmSpecification Specification { get; }

    /// <summary>The fitted model, ready to score, judge and simulate.</summary>
    public GlmModel Model { get; }

    /// <summary>The terms in order; the baseline is the first.</summary>
    public IReadOnlyList<TermFit> Terms { get; }

    /// <summary>How far the estimate is from the optimum, and whether there is one.</summary>
    public FitCertificate Certificate { get; }

    /// <summary>Names of all coefficients, in order.</summary>
    public IReadOnlyList<string> CoefficientNames { get; }

    /// <summary>All coefficients, in order; the baseline, the log of a rate in hertz, is the first.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Standard errors of all coefficients, in the units of these: √diag <see cref="Covariance"/>; NaN where there is none.</summary>
    public IReadOnlyList<double> StandardErrors { get; }

    /// <summary>Covariance of the coefficients, in products of the units of these; zero rows and columns where a coefficient is not identified.</summary>
    public required double[,] Covariance { get; init; }

    /// <summary>Sampling covariance under the penalty, in products of the units of the coefficients; equal to <see cref="Covariance"/> without one.</summary>
    public required double[,] FrequentistCovariance { get; init; }

    /// <summary>Whether standard errors and tests are valid as they stand: false where a lasso or group lasso selected the coefficients.</summary>
    /// <remarks>After a selection they take the selected coefficients as given, ignore the shrinkage, and are too small.</remarks>
    public bool IsInferenceValid => !Specification.Terms.Any(term => term.Penalty.IsSparse);

    /// <summary>tr((H + P)⁻¹ H): the number of parameters that the penalty leaves.</summary>
    public required double EffectiveDegreesOfFreedom { get; init; }

    /// <summary>Log-likelihood with all constants, in nats.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log-likelihood of the constant rate that fits the same bins best, in nats.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Log-likelihood of the model that predicts every count exactly, in nats.</summary>
    public required double SaturatedLogLikelihood { get; init; }

    /// <summary>Spikes in the bins that were used; for Bernoulli bins, bins with a spike.</summary>
    public required int SpikeCount { get; init; }

    /// <summary>Bins that were used.</summary>
    public required long BinCount { get; init; }

    /// <summary>The estimated shape of negative binomial counts; null where none was estimated.</summary>
    public ShapeEstimate? Shape { get; private init; }

    /// <summary>2 (ℓ_saturated - ℓ), in nats.</summary>
    public double Deviance => 2 * (SaturatedLogLikelihood - LogLikelihood);

    /// <summary>Deviance of the constant rate, in nats.</summary>
    public double NullDeviance => 2 * (SaturatedLogLikelihood - NullLogLikelihood);

    /// <summary>Akaike's criterion, -2ℓ + 2 <see cref="EffectiveDegreesOfFreedom"/>, in nats.</summary>
    public double Aic => Scores.Aic(LogLikelihood, EffectiveDegreesOfFreedom);

    /// <summary>Schwarz's criterion, -2ℓ + log(<see cref="BinCount"/>) <see cref="EffectiveDegreesOfFreedom"/>, in nats.</summary>
    public double Bic => Scores.Bic(LogLikelihood, EffectiveDegreesOfFreedom, BinCount);

    /// <summary>McFadden's R², the ratio 1 - ℓ/ℓ₀ with the constants of the likelihood.</summary>
    public double McFadden => Scores.McFadden(LogLikelihood, NullLogLikelihood);

    /// <summary>Share of the null deviance that is explained, 1 - D/D₀ (Cohen).</summary>
    public double DevianceExplained => Scores.DevianceExplained(LogLikelihood, NullLogLikelihood, SaturatedLogLikelihood);

    /// <summary>Information gained over the constant rate, (ℓ - ℓ₀) / (log 2 · spikes), in bits per spike.</summary>
    public double BitsPerSpike => Scores.BitsPerSpike(LogLikelihood, NullLogLikelihood, SpikeCount);

    /// <summary>The coefficients as a table: term, coefficient, estimate, standardError, lower, upper (95 %), z, pValue.</summary>
    /// <remarks>z is estimate / standardError and pValue the two-sided probability of a larger one in a normal distribution (Wald).</remarks>
    /// <returns>One row per coefficient; NaN where there is no standard error.</returns>
    public DataTable ToDataTable() => GlmFitView.Table(this);

    /// <summary>The filters as a figure, a row for each: log-gain and gain over lag, with bands of ± 1.96 standard errors.</summary>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure; without panels if no term has a filter. The gain of a stimulus filter is that of one unit of the signal.</returns>
    public Figure PlotFilters(FigureOptions? options = null) => GlmFitView.Filters(this, options);

    /// <summary>The conditional intensity of the unit in a stretch of a recording, below its spikes.</summary>
    /// <param name="recording">The recording on whose history the intensity depends.</param>
    /// <param name="window">The stretch to show, in seconds.</param>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure; the line is interrupted between observed intervals and where the model is not defined.</returns>
    /// <exception cref="UnknownUnitException">The recording lacks the unit or one that acts on it.</exception>
    public Figure PlotIntensity(Recording recording, TimeInterval window, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return GlmFitView.Intensity(this, recording, window, options);
    }

    /// <summary>The effect of a smooth term on a grid of values, with pointwise standard errors.</summary>
    /// <remarks>
    /// The effect is centred: its mean over the bins of the fit is zero (for a term with a lag, at every lag), so that it does not depend on which function
    /// was left out; its standard errors are those of the centred effect, √diag(B V Bᵀ) with B the functions less their means.
    /// <para><b>Source:</b> Wood, "Generalized additive models", 2006, section 4.8; Marra and Wood, Scandinavian Journal of Statistics 39:53 (2012).</para>
    /// </remarks>
    /// <param name="term">Name of a <see cref="SmoothTerm"/> or a <see cref="NonlinearStimulusTerm"/>.</param>
    /// <param name="grids">One list of values per signal of the term, each in the unit of its signal; none for evenly spaced values over the range of each. The lags of a term
    /// with a lag are those of its bins.</param>
    /// <returns>The effect at every combination of the values.</returns>
    /// <exception cref="ArgumentException">There is no such term, it is not smooth, there is not one grid per signal, or a value lies outside its range.</exception>
    public GlmEffect Effect(string term, params IReadOnlyList<IReadOnlyList<double>> grids)
    {
        ArgumentNullException.ThrowIfNull(grids);
        return SmoothEffectOnGrid.Of(this, Term(term), grids);
    }

    /// <summary>The fit for a notebook or a report: certificate, coefficients, scores, filters and smooth effects.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() => GlmFitView.Html(this);

    /// <summary>One line of text: the unit, how the fit ended and how much it explains.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"GlmFit {Specification.Target}: {Certificate.Status}, {Coefficients.Count} coefficients, {BitsPerSpike:G4} bits/spike");

    /// <summary>A term.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>What was found for it.</returns>
    /// <exception cref="ArgumentException">There is no such term; the message lists those there are.</exception>
    public TermFit Term(string name) => Terms.FirstOrDefault(term => string.Equals(term.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"There is no term '{name}'. Terms of the fit: {string.Join(", ", Terms.Select(term => term.Name))}.", nameof(name));

    /// <summary>The same fit with a shape that was estimated too, which counts as one more parameter.</summary>
    internal GlmFit WithShape(ShapeEstimate shape, FitCertificate certificate) =>
        new(Specification, Model with { ParameterCount = Model.ParameterCount + 1 }, Terms, certificate)
        {
            Covariance = Covariance,
            FrequentistCovariance = FrequentistCovariance,
            EffectiveDegreesOfFreedom = EffectiveDegreesOfFreedom + 1,
            LogLikelihood = LogLikelihood,
            NullLogLikelihood = NullLogLikelihood,
            SaturatedLogLikelihood = SaturatedLogLikelihood,
            SpikeCount = SpikeCount,
            BinCount = BinCount,
            Shape = shape,
        };
}
