namespace SpikeStats.Fitting.Hawkes;

/// <summary>The profile of the decays at one point.</summary>
/// <remarks>
/// Targets need not be at their optimum: with g their slopes, the slope of the profile is ∂ℓ/∂β - Bᵀ H⁻¹ g to first order, and the optimum is H⁻¹ g away. So a step
/// in the decays is one of Newton's in all parameters together.
/// </remarks>
internal sealed class ProfilePoint
{
    // H⁻¹ g of each target: how far its optimum is ahead.
    private readonly double[][] ahead = [];

    public ProfilePoint(double[] decays, TargetEstimate[] targets, StationaryOptimum? held)
    {
        Decays = decays;
        Targets = targets;
        Held = held;
        LogLikelihood = -targets.Sum(target => target.Result.Evaluation.Value);
        if (targets[0].Decays is null) return;
        int count = decays.Length;
        ahead = Array.ConvertAll(targets, target => held is null ? target.Information.Solve(target.Result.Evaluation.Gradient) : new double[target.Result.Point.Length]);
        Slope = new double[count];
        Curvature = new double[count, count];
        Responses = held is null ? Array.ConvertAll(targets, target => target.Response()) : held.Responses(Array.ConvertAll(targets, target => target.Decays!.Mixed));
        for (int target = 0; target < targets.Length; target++)
        {
            double[,] response = Responses[target], mixed = targets[target].Decays!.Mixed;
            for (int u = 0; u < count; u++)
            {
                Slope[u] += targets[target].Decays!.First[u];
                for (int i = 0; i < mixed.GetLength(0); i++) Slope[u] -= mixed[i, u] * ahead[target][i];
                for (int v = 0; v < count; v++)
                {
                    Curvature[u, v] += targets[target].Decays!.Second[u, v];
                    for (int i = 0; i < mixed.GetLength(0); i++) Curvature[u, v] += mixed[i, u] * response[i, v];
                }
            }
        }
    }

    public double[] Decays { get; }

    public TargetEstimate[] Targets { get; }

    /// <summary>The variables of each target.</summary>
    public double[][] Variables => Array.ConvertAll(Targets, target => target.Result.Point);

    /// <summary>The optimum at the limit of the spectral radius; null if the limit is not reached.</summary>
    public StationaryOptimum? Held { get; }

    /// <summary>dθ/dβ along the optimum of each target, variables × decays; empty if the decays are given.</summary>
    public double[][,] Responses { get; } = [];

    public double LogLikelihood { get; }

    /// <summary>How far the targets are from their optima at these decays, in nats.</summary>
    public double TargetDecrement => Targets.Sum(target => target.Result.Decrement);

    /// <summary>dℓ/dβ; empty if the decays are given.</summary>
    public double[] Slope { get; } = [];

    /// <summary>d²ℓ/dβ dβ'.</summary>
    public double[,] Curvature { get; } = new double[0, 0];

    /// <summary>Where the optima of targets whose variables are not negative are at other decays: to first order, if there are derivatives.</summary>
    public double[][] Predict(double[] decays) => Responses.Length == 0 ? Variables : [.. Targets.Select((target, t) =>
    {
        double[] point = (double[])target.Result.Point.Clone();
        for (int i = 0; i < point.Length; i++)
        {
            point[i] -= ahead[t][i];
            for (int u = 0; u < decays.Length; u++) point[i] += Responses[t][i, u] * (decays[u] - Decays[u]);
            // A prediction over a long way must not empty a variable: the barrier of the likelihood is there.
            point[i] = Math.Max(point[i], 0.1 * target.Result.Point[i]);
        }

        return point;
    })];
}
