using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The optimum of one target: weights by source and function and, last, the baseline, with their covariances.</summary>
/// <param name="Result">The optimum.</param>
/// <param name="IsIdentified">Which variables are neither at their bound nor aliased with others.</param>
/// <param name="Covariance">(H + P)⁻¹ on the identified variables, zero elsewhere.</param>
/// <param name="FrequentistCovariance">(H + P)⁻¹ H (H + P)⁻¹ on the same.</param>
/// <param name="Shrinkage">tr((H + P)⁻¹ P): the number of parameters that the penalty takes away.</param>
internal sealed record LaggedEstimate(
    NonNegativeResult Result, bool[] IsIdentified, double[,] Covariance, double[,] FrequentistCovariance, double Shrinkage)
{
    public static LaggedEstimate Of(NonNegativeResult result, double[,] penalty, double rankTolerance)
    {
        int size = result.Point.Length, functions = penalty.GetLength(0);
        // At zero without any slope: the function is seen at no lag, and it is not the bound that holds the weight.
        result = result with { AtBound = [.. result.AtBound.Select((atBound, i) => atBound && result.Evaluation.Gradient[i] > 0)] };
        CholeskyFactor factor = CholeskyFactor.Of(result.Evaluation.Hessian!, size, rankTolerance, result.AtBound);
        double[,] covariance = factor.Inverse(), frequentist = (double[,])covariance.Clone();
        double shrinkage = 0;
        // V H V = V - V P V, and P couples only weights of one kernel.
        for (int first = 0; first < size - 1; first += functions)
        {
            for (int a = 0; a < functions; a++)
            {
                for (int b = 0; b < functions; b++)
                {
                    if (penalty[a, b] == 0) continue;
                    shrinkage += covariance[first + a, first + b] * penalty[a, b];
                    for (int i = 0; i < size; i++)
                    {
                        double left = covariance[i, first + a] * penalty[a, b];
                        if (left == 0) continue;
                        for (int j = 0; j < size; j++) frequentist[i, j] -= left * covariance[first + b, j];
                    }
                }
            }
        }

        return new LaggedEstimate(result, [.. factor.IsAliased.Select(aliased => !aliased)], covariance, frequentist, shrinkage);
    }
}
