using MathNet.Numerics.LinearAlgebra;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Covariances from the joint observed information of all parameters that are not at a bound.</summary>
/// <remarks>
/// The information has a block H_i per target, bordered by the decays. With W_i = H_i⁻¹B_i and V the covariance of the decays, the inverse of
/// minus the curvature of their profile: cov(θ_i, θ_k) = δ_ik H_i⁻¹ + W_i V W_kᵀ, cov(θ_i, β) = W_i V. Nothing of the size of all parameters squared is factored,
/// unless the spectral radius is held at a limit, which binds the targets together (<see cref="StationaryOptimum"/>).
/// </remarks>
internal sealed class HawkesInference
{
    private readonly double[][,] inverses;
    private readonly double[][,] responses;
    private readonly StationaryOptimum? held;

    public HawkesInference(ProfilePoint point, double[,]? decayCovariance)
    {
        DecayCovariance = decayCovariance ?? new double[0, 0];
        held = point.Held;
        inverses = held is null ? Array.ConvertAll(point.Targets, target => target.Information.Inverse()) : [];
        responses = decayCovariance is null ? Array.ConvertAll(point.Targets, target => new double[target.Result.Point.Length, 0]) : point.Responses;
    }

    /// <summary>Whether the spectral radius is held at a limit, and everything else conditional on it.</summary>
    public bool IsHeld => held is not null;

    /// <summary>Covariance of the decays; empty if they are given or not identified.</summary>
    public double[,] DecayCovariance { get; }

    /// <summary>Variables of each target.</summary>
    public int VariableCount => responses[0].GetLength(0);

    /// <summary>Minus the inverse of the curvature of the profile.</summary>
    public static double[,] CovarianceOfDecays(ProfilePoint point) => (-Matrix<double>.Build.DenseOfArray(point.Curvature)).Inverse().ToArray();

    /// <summary>Covariance of variable a of target i with variable b of target k.</summary>
    public double Covariance(int i, int a, int k, int b)
    {
        double sum = held is not null ? held.Covariance(i, a, k, b) : i == k ? inverses[i][a, b] : 0;
        for (int u = 0; u < DecayCovariance.GetLength(0); u++) sum += WithDecay(i, a, u) * responses[k][b, u];
        return sum;
    }

    /// <summary>Standard error of decay u; NaN if the decays are given or not identified.</summary>
    public double ErrorOfDecay(int u) => DecayCovariance.Length == 0 ? double.NaN : Math.Sqrt(DecayCovariance[u, u]);

    /// <summary>Covariance of all parameters in the order of <see cref="HawkesParameterList"/>, followed by the decays.</summary>
    public double[,] Covariance(int units, int ratiosPerPair, int parameterCount)
    {
        int perTarget = VariableCount, columns = units * ratiosPerPair, baselines = perTarget - columns, decays = parameterCount - (units * perTarget);
        double[,] covariance = new double[parameterCount, parameterCount];
        int VariableOf(int parameter) => parameter % perTarget is var place && place < baselines
            ? columns + place
            : (((place - baselines) % ratiosPerPair) * units) + ((place - baselines) / ratiosPerPair);
        for (int a = 0; a < units * perTarget; a++)
        {
            for (int b = 0; b < units * perTarget; b++) covariance[a, b] = Covariance(a / perTarget, VariableOf(a), b / perTarget, VariableOf(b));
            for (int u = 0; u < decays && DecayCovariance.Length > 0; u++)
                covariance[a, (units * perTarget) + u] = covariance[(units * perTarget) + u, a] = WithDecay(a / perTarget, VariableOf(a), u);
        }

        for (int u = 0; u < decays && DecayCovariance.Length > 0; u++)
        {
            for (int v = 0; v < decays; v++) covariance[(units * perTarget) + u, (units * perTarget) + v] = DecayCovariance[u, v];
        }

        return covariance;
    }

    /// <summary>Covariance of variable a of target i with decay u.</summary>
    public double WithDecay(int i, int a, int u)
    {
        double sum = 0;
        for (int v = 0; v < DecayCovariance.GetLength(0); v++) sum += responses[i][a, v] * DecayCovariance[v, u];
        return sum;
    }

    /// <summary>Variance of a sum Σ weight · variable over all targets (delta method); only without a limit of the spectral radius.</summary>
    public double VarianceOf(double[][] weights)
    {
        double variance = 0;
        double[] throughDecays = new double[DecayCovariance.GetLength(0)];
        for (int i = 0; i < weights.Length; i++)
        {
            for (int a = 0; a < weights[i].Length; a++)
            {
                for (int b = 0; b < weights[i].Length; b++) variance += weights[i][a] * inverses[i][a, b] * weights[i][b];
                for (int u = 0; u < throughDecays.Length; u++) throughDecays[u] += weights[i][a] * responses[i][a, u];
            }
        }

        for (int u = 0; u < throughDecays.Length; u++)
        {
            for (int v = 0; v < throughDecays.Length; v++) variance += throughDecays[u] * DecayCovariance[u, v] * throughDecays[v];
        }

        return variance;
    }
}
