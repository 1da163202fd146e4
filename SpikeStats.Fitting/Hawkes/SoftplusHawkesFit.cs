using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;
using SpikeStats.Plotting;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>A fitted Hawkes process with inhibition: estimates, their uncertainty, scores and the certificate of the optimum.</summary>
/// <remarks>Standard errors come from the joint observed information of all parameters, estimated decays included. The softness is given and counts as known.</remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class SoftplusHawkesFit
{
    private readonly HawkesInference inference;

    internal SoftplusHawkesFit(
        SoftplusHawkesSpecification specification, SoftplusHawkesModel model, IReadOnlyList<HawkesParameter> parameters, FitCertificate certificate, HawkesInference inference)
    {
        Specification = specification;
        Model = model;
        Parameters = parameters;
        Certificate = certificate;
        this.inference = inference;
    }

    /// <summary>What was asked for.</summary>
    public SoftplusHawkesSpecification Specification { get; }

    /// <summary>The fitted model, ready to score, judge and simulate.</summary>
    public SoftplusHawkesModel Model { get; }

    /// <summary>All parameters: for each target its baseline and its couplings by source and exponential, then the decays if they were estimated.</summary>
    public IReadOnlyList<HawkesParameter> Parameters { get; }

    /// <summary>How far the estimate is from the optimum, and what the data do not tell.</summary>
    public FitCertificate Certificate { get; }

    /// <summary>Log-likelihood in continuous time, in nats.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log-likelihood of constant rates, each the mean rate of its unit, in nats.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Spikes of all units.</summary>
    public required int SpikeCount { get; init; }

    /// <summary>Akaike's criterion, -2ℓ + 2k, in nats.</summary>
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
    /// <returns>In products of the units of the parameters, in the order of <see cref="Parameters"/>. Memory: the number of parameters squared.</returns>
    public double[,] Covariance() => inference.Covariance(Model.Units.Count, Model.Decays.Count, Parameters.Count);

    /// <summary>The parameters as a table: parameter, target, source, estimate, standardError, lower, upper (95 %), atBound.</summary>
    /// <returns>One row per parameter; NaN where there is no standard error.</returns>
    public DataTable ToDataTable() => HawkesParameterTable.Of(Parameters);

    /// <summary>The fit for a notebook or a report: certificate and parameters.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() => Certificate.ToHtml() + HtmlTable.Of(ToDataTable(), $"Softplus Hawkes process, {Specification.Kernel}", "G4").ToHtml();

    /// <summary>One line of text: how the fit ended and how much it explains.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"SoftplusHawkesFit of {Model.Units.Count} units: {Certificate.Status}, {Parameters.Count} parameters, {BitsPerSpike:G4} bits/spike");
}
