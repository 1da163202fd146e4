using System.Data;
using System.Globalization;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Fitting.Populations;

/// <summary>A fitted population: a <see cref="GlmFit"/> for every target, and who acts on whom.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class GlmPopulationFit
{
    private readonly GlmFit[] fits;

    internal GlmPopulationFit(
        GlmPopulationSpecification specification, IReadOnlyList<string> sources, IReadOnlyList<string> silentUnits, PopulationMethod method, GlmFit[] fits)
    {
        Specification = specification;
        Sources = sources;
        SilentUnits = silentUnits;
        Method = method;
        this.fits = fits;
        Targets = [.. fits.Select(fit => fit.Specification.Target)];
        Population = new GlmPopulation(fits.Select(fit => fit.Model));
    }

    /// <summary>What was asked for.</summary>
    public GlmPopulationSpecification Specification { get; }

    /// <summary>Identifiers of the units that were explained.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>Identifiers of the units that act: all units of the recording.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Identifiers of the units without a spike in the analysed bins: nothing can be estimated for them, and they are no targets.</summary>
    /// <value>Empty if there are none, or if targets were named.</value>
    public IReadOnlyList<string> SilentUnits { get; }

    /// <summary>How the products with the features were computed.</summary>
    public PopulationMethod Method { get; }

    /// <summary>One fit per target, in the order of <see cref="Targets"/>.</summary>
    public IReadOnlyList<GlmFit> Fits => fits;

    /// <summary>The fitted models, ready to score, judge and simulate together.</summary>
    public GlmPopulation Population { get; }

    /// <summary>Log-likelihood of all targets with all constants, in nats.</summary>
    public double LogLikelihood => fits.Sum(fit => fit.LogLikelihood);

    /// <summary>Whether every target reached its unique optimum.</summary>
    public bool IsConverged => fits.All(fit => fit.Certificate.IsConverged);

    /// <summary>The fit of one target.</summary>
    /// <param name="target">Identifier of the unit.</param>
    /// <returns>Its fit.</returns>
    /// <exception cref="UnknownUnitException">The unit was not a target.</exception>
    public GlmFit Fit(string target) => Array.Find(fits, fit => string.Equals(fit.Specification.Target, target, StringComparison.Ordinal))
        ?? throw new UnknownUnitException(target, Targets);

    /// <summary>How strongly each source acts on each target: the integral of its filter, ∫ h(s) ds.</summary>
    /// <remarks>The filter adds to the log rate; a value of 0.01 s is a doubling of the rate (log 2 = 0.69) for 14 ms.</remarks>
    /// <returns>Seconds; row = target, column = source, history filters where both are the same unit; ±∞ where the filter is.</returns>
    public double[,] CouplingStrengths() => Couplings((fit, term) => term.Filter.Sum() * fit.Specification.BinWidth);

    /// <summary>Probability of a coupling at least as strong as the fitted one if there were none (Wald test of all coefficients of the filter).</summary>
    /// <returns>p-values; row = target, column = source; NaN without standard errors.</returns>
    public double[,] CouplingPValues() => Couplings((_, term) => term.Wald.PValue);

    /// <summary>One row per target: target, status, newtonDecrement, logLikelihood, bitsPerSpike, message.</summary>
    /// <returns>The table.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("population") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("target", typeof(string));
        table.Columns.Add("status", typeof(string));
        table.Columns.Add("newtonDecrement", typeof(double));
        table.Columns.Add("logLikelihood", typeof(double));
        table.Columns.Add("bitsPerSpike", typeof(double));
        table.Columns.Add("message", typeof(string));
        foreach (GlmFit fit in fits)
        {
            FitCertificate certificate = fit.Certificate;
            table.Rows.Add(
                fit.Specification.Target, certificate.Status.ToString(), certificate.NewtonDecrement, fit.LogLikelihood, fit.BitsPerSpike, certificate.Message);
        }

        return table;
    }

    /// <summary>The fit for a notebook or a report: a row per target.</summary>
    /// <returns>A <c>table</c> element.</returns>
    public string ToHtml() => HtmlTable.Of(
        ["Target", "Status", "Decrement (nats)", "Log-likelihood (nats)", "Bits per spike"],
        [.. fits.Select(fit => new[]
        {
            fit.Specification.Target, fit.Certificate.Status.ToString(), NumberText.Short(fit.Certificate.NewtonDecrement, 3),
            NumberText.Short(fit.LogLikelihood, 6), NumberText.Short(fit.BitsPerSpike, 3),
        })],
        "Population").ToHtml();

    /// <summary>One line of text: how many targets, how many converged, and the log-likelihood.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"GlmPopulationFit: {fits.Count(fit => fit.Certificate.IsConverged)} of {fits.Length} targets converged, log-likelihood {LogLikelihood:F3} nats");

    private double[,] Couplings(Func<GlmFit, TermFit, double> measure)
    {
        int signalTerms = 1 + Specification.SignalTerms.Count;
        double[,] matrix = new double[fits.Length, Sources.Count];
        for (int target = 0; target < fits.Length; target++)
        {
            for (int source = 0; source < Sources.Count; source++)
                matrix[target, source] = measure(fits[target], fits[target].Terms[signalTerms + source]);
        }

        return matrix;
    }
}
