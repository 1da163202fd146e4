using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;
using SpikeStats.Plotting;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>A fitted Hawkes process with kernels of free form: estimates, their uncertainty, scores and the certificate of the optimum.</summary>
/// <remarks>
/// Without a penalty standard errors come from the observed information H of the parameters that are not at a bound. With a penalty P they are the Bayesian
/// ones, from (H + P)⁻¹, and the kernels have the frequentist ones, too. At a bound there is none: the estimator is not normal there. At an
/// optimum without a penalty the expected number of spikes equals the observed one, target by target.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class BasisHawkesFit
{
    private const double NormalQuantile = 1.959963984540054;

    // A figure of all pairs of a large population would hold hundreds of panels.
    private const int DrawnKernels = 9;

    // Enough for a smooth line of a kernel on a panel.
    private const int DrawnLags = 200;

    internal BasisHawkesFit(
        BasisHawkesSpecification specification, BasisHawkesModel model, IReadOnlyList<KernelFit> kernels, IReadOnlyList<double> baselineStandardErrors,
        LaggedEstimate[] targets, FitCertificate certificate)
    {
        Specification = specification;
        Model = model;
        Kernels = kernels;
        BaselineStandardErrors = baselineStandardErrors;
        Certificate = certificate;
        EffectiveDegreesOfFreedom = targets.Sum(target => target.Result.Point.Length - target.Shrinkage);
        bool isIdentified = targets.All(target => Enumerable.Range(0, target.Result.Point.Length - 1).All(column => target.Result.AtBound[column] || target.IsIdentified[column]));
        SpectralRadius = SpectralRadiusEstimate.Of(model.BranchingMatrix(), slopes => isIdentified ? Variance(slopes, targets) : double.NaN);
    }

    /// <summary>What was asked for.</summary>
    public BasisHawkesSpecification Specification { get; }

    /// <summary>The fitted model, ready to score, judge and simulate.</summary>
    public BasisHawkesModel Model { get; }

    /// <summary>The kernels of all pairs: for each target those of all sources.</summary>
    public IReadOnlyList<KernelFit> Kernels { get; }

    /// <summary>Standard errors of the baselines, in hertz, one per unit; NaN for a baseline at its bound 0.</summary>
    public IReadOnlyList<double> BaselineStandardErrors { get; }

    /// <summary>How far the estimate is from the optimum, which bounds are active, and what the data do not tell.</summary>
    public FitCertificate Certificate { get; }

    /// <summary>The spectral radius of the branching matrix with its standard error.</summary>
    public SpectralRadiusEstimate SpectralRadius { get; }

    /// <summary>The number of parameters minus tr((H + P)⁻¹ P), what the penalty takes away; parameters at bounds count in full.</summary>
    public double EffectiveDegreesOfFreedom { get; }

    /// <summary>Log-likelihood in continuous time, without the penalty, in nats.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log-likelihood of constant rates, each the mean rate of its unit, in nats.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Spikes of all units.</summary>
    public required int SpikeCount { get; init; }

    /// <summary>Akaike's criterion, -2ℓ + 2 <see cref="EffectiveDegreesOfFreedom"/>, in nats.</summary>
    public double Aic => Scores.Aic(LogLikelihood, EffectiveDegreesOfFreedom);

    /// <summary>Schwarz's criterion, -2ℓ + log(<see cref="SpikeCount"/>) <see cref="EffectiveDegreesOfFreedom"/>, in nats.</summary>
    public double Bic => Scores.Bic(LogLikelihood, EffectiveDegreesOfFreedom, SpikeCount);

    /// <summary>Information gained over constant rates, (ℓ - ℓ₀) / (log 2 · spikes), in bits per spike.</summary>
    public double BitsPerSpike => Scores.BitsPerSpike(LogLikelihood, NullLogLikelihood, SpikeCount);

    /// <summary>The kernel of a pair.</summary>
    /// <param name="target">The unit whose rate it raises.</param>
    /// <param name="source">The unit whose spikes excite.</param>
    /// <returns>The kernel.</returns>
    /// <exception cref="UnknownUnitException">A unit was not fitted.</exception>
    public KernelFit Kernel(string target, string source)
    {
        string unknown = Model.Units.Contains(target, StringComparer.Ordinal) ? source : target;
        return Kernels.FirstOrDefault(kernel => string.Equals(kernel.Target, target, StringComparison.Ordinal) && string.Equals(kernel.Source, source, StringComparison.Ordinal))
            ?? throw new UnknownUnitException(unknown, Model.Units);
    }

    /// <summary>Standard errors of the branching matrix.</summary>
    /// <returns>Dimensionless, [target, source]; NaN where all weights of a kernel are at their bounds.</returns>
    public double[,] BranchingStandardErrors()
    {
        int units = Model.Units.Count;
        double[,] errors = new double[units, units];
        for (int pair = 0; pair < Kernels.Count; pair++) errors[pair / units, pair % units] = Kernels[pair].BranchingRatioStandardError;
        return errors;
    }

    /// <summary>The parameters as a table: parameter, target, source, estimate, standardError, lower, upper (95 %), atBound.</summary>
    /// <returns>One row per parameter; NaN where there is no standard error.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("parameters") { Locale = CultureInfo.InvariantCulture };
        foreach (string column in (string[])["parameter", "target", "source"]) table.Columns.Add(column, typeof(string));
        foreach (string column in (string[])["estimate", "standardError", "lower", "upper"]) table.Columns.Add(column, typeof(double));
        table.Columns.Add("atBound", typeof(bool));
        void Add(string name, string target, string source, double estimate, double error, bool atBound) => table.Rows.Add(
            name, target, source, estimate, error, Math.Max(0, estimate - (NormalQuantile * error)), estimate + (NormalQuantile * error), atBound);
        int units = Model.Units.Count;
        for (int i = 0; i < units; i++)
        {
            string target = Model.Units[i];
            Add($"mu[{target}]", target, "", Model.Baselines[i], BaselineStandardErrors[i], Model.Baselines[i] == 0);
            for (int j = 0; j < units; j++)
            {
                KernelFit kernel = Kernels[(i * units) + j];
                for (int b = 0; b < kernel.Weights.Count; b++)
                    Add(BasisHawkesDiagnosis.NameOf(Specification, i, j, b), target, kernel.Source, kernel.Weights[b], kernel.StandardErrors[b], kernel.IsAtBound[b]);
            }
        }

        return table;
    }

    /// <summary>The branching ratios as a table: target, source, branchingRatio, standardError, lower, upper (95 %).</summary>
    /// <returns>One row per pair.</returns>
    public DataTable ToBranchingTable()
    {
        DataTable table = new("branching") { Locale = CultureInfo.InvariantCulture };
        foreach (string column in (string[])["target", "source"]) table.Columns.Add(column, typeof(string));
        foreach (string column in (string[])["branchingRatio", "standardError", "lower", "upper"]) table.Columns.Add(column, typeof(double));
        foreach (KernelFit kernel in Kernels)
            table.Rows.Add(kernel.Target, kernel.Source, kernel.BranchingRatio, kernel.BranchingRatioStandardError, kernel.BranchingRatioLower, kernel.BranchingRatioUpper);
        return table;
    }

    /// <summary>The kernels with their pointwise 95 % bands; of many pairs the nine with the largest branching ratios.</summary>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure.</returns>
    public Figure PlotKernels(FigureOptions? options = null) =>
        KernelFigure.Of([.. Kernels.OrderByDescending(kernel => kernel.BranchingRatio).Take(DrawnKernels).Select(Term)], options);

    /// <summary>The fit for a notebook or a report: certificate, branching ratios, parameters and kernels.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() =>
        Certificate.ToHtml() + HtmlTable.Of(ToBranchingTable(), "Branching ratios", "G4").ToHtml()
        + HtmlTable.Of(ToDataTable(), $"Hawkes process, kernels on {Specification.Basis}", "G4").ToHtml() + PlotKernels().ToHtml();

    /// <summary>One line of text: how the fit ended, the spectral radius and how much it explains.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"BasisHawkesFit of {Model.Units.Count} units: {Certificate.Status}, {Certificate.ParameterCount} parameters, spectral radius {SpectralRadius.Value:G4}, {BitsPerSpike:G4} bits/spike");

    private double Variance(double[,] slopes, LaggedEstimate[] targets)
    {
        double[] integrals = Specification.Basis.Integrals();
        double variance = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double[,] covariance = targets[i].Covariance;
            double Slope(int column) => slopes[i, column / integrals.Length] * integrals[column % integrals.Length];
            int columns = targets.Length * integrals.Length;
            for (int a = 0; a < columns; a++)
            {
                for (int b = 0; b < columns; b++) variance += Slope(a) * covariance[a, b] * Slope(b);
            }
        }

        return variance;
    }

    private KernelTerm Term(KernelFit kernel)
    {
        string name = $"{kernel.Source} → {kernel.Target}";
        if (Specification.Basis is WindowBasis windows)
            return new KernelTerm(name, windows.Edges.ToArray(), kernel.Weights.ToArray(), kernel.StandardErrors.ToArray());
        double[] lags = [.. Enumerable.Range(0, DrawnLags).Select(i => i * Specification.Basis.Support / DrawnLags)];
        return new KernelTerm(name, lags, kernel.At(lags), kernel.StandardErrorsAt(lags));
    }
}
