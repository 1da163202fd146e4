using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>What a fit found for the kernel of one pair of units.</summary>
public sealed class KernelFit
{
    private const double NormalQuantile = 1.959963984540054;

    private readonly ContinuousBasis basis;
    private readonly bool[] isIdentified;
    private readonly double[,] covariance, frequentist;

    internal KernelFit(
        string target, string source, ContinuousBasis basis, double[] weights, bool[] isAtBound, bool[] isIdentified, double[,] covariance, double[,] frequentist)
    {
        Target = target;
        Source = source;
        Weights = weights;
        IsAtBound = isAtBound;
        this.basis = basis;
        this.isIdentified = isIdentified;
        this.covariance = covariance;
        this.frequentist = frequentist;
        StandardErrors = Errors(covariance);
        FrequentistStandardErrors = Errors(frequentist);
        double[] integrals = basis.Integrals();
        BranchingRatio = weights.Zip(integrals, (weight, integral) => weight * integral).Sum();
        BranchingRatioStandardError = Error(integrals);
    }

    /// <summary>The unit whose rate the kernel raises.</summary>
    public string Target { get; }

    /// <summary>The unit whose spikes excite.</summary>
    public string Source { get; }

    /// <summary>The weights w of the basis functions, in hertz; with windows the height of the kernel in each.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>Standard errors of <see cref="Weights"/>, in hertz, given the bounds that are active; NaN at a bound or where not identified.</summary>
    public IReadOnlyList<double> StandardErrors { get; }

    /// <summary>Standard errors from the sampling covariance under the penalty, in hertz; without a penalty those of <see cref="StandardErrors"/>.</summary>
    public IReadOnlyList<double> FrequentistStandardErrors { get; }

    /// <summary>Whether each weight is 0 because the likelihood would rise further below it.</summary>
    public IReadOnlyList<bool> IsAtBound { get; }

    /// <summary>∫ φ: the mean number of spikes of the target that a spike of the source triggers directly, dimensionless.</summary>
    public double BranchingRatio { get; }

    /// <summary>The standard error of <see cref="BranchingRatio"/>, dimensionless, given the bounds that are active; NaN if all weights are at theirs.</summary>
    public double BranchingRatioStandardError { get; }

    /// <summary>Lower end of the 95 % interval (Wald) of <see cref="BranchingRatio"/>, dimensionless; not below 0.</summary>
    public double BranchingRatioLower => Math.Max(0, BranchingRatio - (NormalQuantile * BranchingRatioStandardError));

    /// <summary>Upper end of the 95 % interval (Wald) of <see cref="BranchingRatio"/>, dimensionless.</summary>
    public double BranchingRatioUpper => BranchingRatio + (NormalQuantile * BranchingRatioStandardError);

    /// <summary>The kernel φ at some lags.</summary>
    /// <param name="lags">Lags, in seconds.</param>
    /// <returns>Hertz, one value per lag.</returns>
    public double[] At(params IReadOnlyList<double> lags)
    {
        ArgumentNullException.ThrowIfNull(lags);
        double[] functions = new double[basis.ColumnCount];
        return [.. lags.Select(lag =>
        {
            basis.EvaluateAt(lag, functions);
            return functions.Zip(Weights, (function, weight) => function * weight).Sum();
        })];
    }

    /// <summary>Pointwise standard errors of the kernel at some lags, √(BᵀVB).</summary>
    /// <param name="lags">Lags, in seconds.</param>
    /// <returns>Hertz, one value per lag; NaN where every function that is not zero has its weight at a bound or not identified.</returns>
    public double[] StandardErrorsAt(params IReadOnlyList<double> lags)
    {
        ArgumentNullException.ThrowIfNull(lags);
        double[] functions = new double[basis.ColumnCount];
        return [.. lags.Select(lag =>
        {
            basis.EvaluateAt(lag, functions);
            return Error(functions);
        })];
    }

    /// <summary>Covariance of the weights, in squared hertz: (H + P)⁻¹, without a penalty the inverse observed information.</summary>
    /// <returns>Functions × functions; zero rows and columns at bounds.</returns>
    public double[,] Covariance() => (double[,])covariance.Clone();

    /// <summary>Sampling covariance of the weights under the penalty, in squared hertz: (H + P)⁻¹ H (H + P)⁻¹.</summary>
    /// <returns>Functions × functions; zero rows and columns at bounds.</returns>
    public double[,] FrequentistCovariance() => (double[,])frequentist.Clone();

    /// <summary>One line of text: the pair and its branching ratio.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"kernel {Target}<-{Source}: branching ratio {BranchingRatio:G4} ± {BranchingRatioStandardError:G3}");

    private double[] Errors(double[,] matrix) => [.. isIdentified.Select((identified, b) => identified ? Math.Sqrt(matrix[b, b]) : double.NaN)];

    private double Error(double[] factors)
    {
        double variance = 0;
        bool isKnown = false;
        for (int a = 0; a < factors.Length; a++)
        {
            if (factors[a] == 0 || !isIdentified[a]) continue;
            isKnown = true;
            for (int b = 0; b < factors.Length; b++) variance += factors[a] * covariance[a, b] * factors[b];
        }

        return isKnown ? Math.Sqrt(variance) : double.NaN;
    }
}
