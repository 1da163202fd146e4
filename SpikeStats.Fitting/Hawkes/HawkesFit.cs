using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;
using SpikeStats.Plotting;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>A fitted Hawkes process: estimates, their uncertainty, scores and the certificate of the optimum.</summary>
/// <remarks>
/// Standard errors come from the joint observed information of all parameters that are not at a bound, estimated decays included. At a bound there is none:
/// the estimator is not normal there. At an optimum without a limit of the spectral radius the expected number of spikes equals the observed one, target by target.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class HawkesFit
{
    private readonly HawkesInference inference;

    internal HawkesFit(
        HawkesSpecification specification, HawkesModel model, IReadOnlyList<HawkesParameter> parameters, FitCertificate certificate, HawkesInference inference)
    {
        Specification = specification;
        Model = model;
        Parameters = parameters;
        Certificate = certificate;
        this.inference = inference;
        bool isIdentified = parameters.All(parameter => parameter.IsAtBound || parameter.Kind != HawkesParameterKind.Branching || !double.IsNaN(parameter.StandardError));
        SpectralRadius = SpectralRadiusEstimate.Of(model, isIdentified ? inference : null);
    }

    /// <summary>What was asked for.</summary>
    public HawkesSpecification Specification { get; }

    /// <summary>The fitted model, ready to score, judge and simulate.</summary>
    public HawkesModel Model { get; }

    /// <summary>All parameters: for each target the levels of its baseline and its branching ratios by source and exponential, then the decays, or the time scale and the exponent of a power law, if they were estimated.</summary>
    public IReadOnlyList<HawkesParameter> Parameters { get; }

    /// <summary>How far the estimate is from the optimum, which bounds are active, and what the data do not tell.</summary>
    public FitCertificate Certificate { get; }

    /// <summary>The spectral radius of the branching matrix with its standard error.</summary>
    public SpectralRadiusEstimate SpectralRadius { get; }

    /// <summary>The power law that the exponentials of <see cref="Model"/> stand for, with the bounds of their error; null for other kernels.</summary>
    public PowerLawMixture? PowerLaw { get; init; }

    /// <summary>Log-likelihood in continuous time, in nats.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log-likelihood of constant rates, each the mean rate of its unit, in nats.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Spikes of all units.</summary>
    public required int SpikeCount { get; init; }

    /// <summary>Akaike's criterion, -2ℓ + 2k with the number of all parameters, those at bounds included, in nats.</summary>
    public double Aic => Scores.Aic(LogLikelihood, Parameters.Count);

    /// <summary>Schwarz's criterion, -2ℓ + k log(<see cref="SpikeCount"/>), in nats.</summary>
    public double Bic => Scores.Bic(LogLikelihood, Parameters.Count, SpikeCount);

    /// <summary>Information gained over constant rates, (ℓ - ℓ₀) / (log 2 · spikes), in bits per spike.</summary>
    public double BitsPerSpike => Scores.BitsPerSpike(LogLikelihood, NullLogLikelihood, SpikeCount);

    /// <summary>A parameter.</summary>
    /// <param name="name">Its name, for example <c>alpha[a&lt;-b]</c>.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentException">There is no such parameter; the message lists the first ones.</exception>
    public HawkesParameter Parameter(string name) => HawkesParameterTable.Find(Parameters, name);

    /// <summary>The covariance of all parameters, made anew by every call.</summary>
    /// <returns>In products of the units of the parameters, in the order of <see cref="Parameters"/>; zero rows and columns at bounds. Memory: the number of parameters squared.</returns>
    public double[,] Covariance() => inference.Covariance(Model.Units.Count, Specification.Kernel.RatiosPerPair, Parameters.Count);

    /// <summary>Standard errors of the branching matrix, whose entries are sums over the exponentials.</summary>
    /// <returns>Dimensionless, [target, source]; NaN where all parts are at a bound or one is not identified.</returns>
    public double[,] BranchingStandardErrors()
    {
        HawkesParameter[] ratios = [.. Parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Branching)];
        int units = Model.Units.Count, parts = ratios.Length / (units * units);
        double[,] errors = new double[units, units];
        for (int i = 0; i < units; i++)
        {
            for (int j = 0; j < units; j++)
            {
                ReadOnlySpan<HawkesParameter> own = ratios.AsSpan(((i * units) + j) * parts, parts);
                double variance = HasError(own) ? 0 : double.NaN;
                for (int u = 0; u < parts; u++)
                {
                    for (int v = 0; v < parts; v++) variance += inference.Covariance(i, (u * units) + j, i, (v * units) + j);
                }

                errors[i, j] = Math.Sqrt(variance);
            }
        }

        return errors;
    }

    /// <summary>The parameters as a table: parameter, target, source, estimate, standardError, lower, upper (95 %), atBound.</summary>
    /// <returns>One row per parameter; NaN where there is no standard error.</returns>
    public DataTable ToDataTable() => HawkesParameterTable.Of(Parameters);

    /// <summary>The fit for a notebook or a report: certificate and parameters.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() => Certificate.ToHtml() + HtmlTable.Of(ToDataTable(), $"Hawkes process, {Specification.Kernel}", "G4").ToHtml();

    /// <summary>One line of text: how the fit ended, the spectral radius and how much it explains.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"HawkesFit of {Model.Units.Count} units: {Certificate.Status}, {Parameters.Count} parameters, spectral radius {SpectralRadius.Value:G4}, {BitsPerSpike:G4} bits/spike");

    // Parts at a bound are fixed there; of the others every one must be identified.
    private static bool HasError(ReadOnlySpan<HawkesParameter> parts)
    {
        bool hasFree = false;
        foreach (HawkesParameter part in parts)
        {
            if (part.IsAtBound) continue;
            if (double.IsNaN(part.StandardError)) return false;
            hasFree = true;
        }

        return hasFree;
    }
}
