using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Renewal;
using SpikeStats.Plotting;

namespace SpikeStats.Fitting.Renewal;

/// <summary>A fitted renewal process: estimates, their uncertainty, scores and the certificate of the optimum.</summary>
/// <remarks>
/// Log-likelihoods are densities of spike times in seconds, so that they may be positive. Standard errors come from the observed information.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class RenewalFit
{
    private readonly double[] sortedUniforms;

    internal RenewalFit(
        RenewalSpecification specification, RenewalProcess model, IReadOnlyList<ParameterEstimate> parameters, FitCertificate certificate, double[] sortedUniforms)
    {
        Specification = specification;
        Model = model;
        Parameters = parameters;
        Certificate = certificate;
        this.sortedUniforms = sortedUniforms;
        KolmogorovSmirnov = GoodnessOfFit.KolmogorovSmirnov.Test(sortedUniforms);
    }

    /// <summary>What was asked for.</summary>
    public RenewalSpecification Specification { get; }

    /// <summary>The fitted process, ready to score, judge and simulate.</summary>
    public RenewalProcess Model { get; }

    /// <summary>The estimates, in the order of the parameters of the distribution; those that were given have no standard error.</summary>
    public IReadOnlyList<ParameterEstimate> Parameters { get; }

    /// <summary>How far the estimate is from the optimum, and whether there is one.</summary>
    public FitCertificate Certificate { get; }

    /// <summary>The Kolmogorov-Smirnov test of the complete intervals against the fitted distribution; its p-value is too large, for the parameters were fitted.</summary>
    public KolmogorovSmirnovResult KolmogorovSmirnov { get; }

    /// <summary>Covariance of the estimated parameters, in products of the units of these; NaN if the optimum was not reached.</summary>
    public required double[,] Covariance { get; init; }

    /// <summary>Log-likelihood of the intervals that were used, in nats.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log-likelihood of the constant rate that fits the same spikes in the same time best, in nats.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Spikes whose instant has a part in the likelihood: the ends of complete intervals, and in equilibrium of first waits.</summary>
    public required int EventCount { get; init; }

    /// <summary>Complete intervals.</summary>
    public required int IntervalCount { get; init; }

    /// <summary>Open intervals that were counted.</summary>
    public required int OpenIntervalCount { get; init; }

    /// <summary>Akaike's criterion, -2ℓ + 2k, in nats.</summary>
    public double Aic => Scores.Aic(LogLikelihood, Model.ParameterCount);

    /// <summary>Schwarz's criterion, -2ℓ + k log(<see cref="EventCount"/>), in nats.</summary>
    public double Bic => Scores.Bic(LogLikelihood, Model.ParameterCount, EventCount);

    /// <summary>Information gained over the constant rate, (ℓ - ℓ₀) / (log 2 · events), in bits per spike.</summary>
    public double BitsPerSpike => Scores.BitsPerSpike(LogLikelihood, NullLogLikelihood, EventCount);

    /// <summary>The estimates as a table: parameter, unit, estimate, standardError, lower, upper (95 %).</summary>
    /// <returns>One row per parameter, in SI units; NaN where there is no standard error.</returns>
    public DataTable ToDataTable() => ParameterEstimate.Table(Parameters);

    /// <summary>The Kolmogorov-Smirnov plot of the complete intervals.</summary>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure.</returns>
    public Figure PlotKs(FigureOptions? options = null) => KsFigure.Of(sortedUniforms, KolmogorovSmirnov.PValue, options);

    /// <summary>The fit for a notebook or a report: certificate, estimates, scores and the Kolmogorov-Smirnov plot.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml()
    {
        DataTable scores = new("scores") { Locale = CultureInfo.InvariantCulture };
        scores.Columns.Add("score", typeof(string));
        scores.Columns.Add("value", typeof(double));
        scores.Rows.Add("log-likelihood (nats)", LogLikelihood);
        scores.Rows.Add("log-likelihood of a constant rate (nats)", NullLogLikelihood);
        scores.Rows.Add("bits per spike over a constant rate", BitsPerSpike);
        scores.Rows.Add("AIC", Aic);
        scores.Rows.Add("BIC", Bic);
        scores.Rows.Add("complete intervals", IntervalCount);
        scores.Rows.Add("open intervals", OpenIntervalCount);
        return Certificate.ToHtml() + HtmlTable.Of(ToDataTable(), $"Renewal process of unit {Specification.Target}: {Specification.Family.Name} intervals", "G4").ToHtml()
            + HtmlTable.Of(scores, "Scores").ToHtml() + PlotKs().ToHtml();
    }

    /// <summary>One line of text: the unit, the family, how the fit ended and how much it explains.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"RenewalFit {Specification.Target}: {Specification.Family.Name}, {Certificate.Status}, {BitsPerSpike:G4} bits/spike");
}
