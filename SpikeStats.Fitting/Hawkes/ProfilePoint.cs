namespace SpikeStats.Fitting.Hawkes;

/// <summary>The profile of the decays at one point.</summary>
internal sealed class ProfilePoint
{
    public ProfilePoint(double[] decays, TargetEstimate[] targets)
    {
        Decays = decays;
        Targets = targets;
        LogLikelihood = -targets.Sum(target => target.Result.Evaluation.Value);
        if (targets[0].Decays is null) return;
        int count = decays.Length;
        Slope = new double[count];
        Curvature = new double[count, count];
        foreach (TargetEstimate target in targets)
        {
            double[,] response = target.Response(), mixed = target.Decays!.Mixed;
            for (int u = 0; u < count; u++)
            {
                Slope[u] += target.Decays.First[u];
                for (int v = 0; v < count; v++)
                {
                    Curvature[u, v] += target.Decays.Second[u, v];
                    for (int i = 0; i < mixed.GetLength(0); i++) Curvature[u, v] += mixed[i, u] * response[i, v];
                }
            }
        }
    }

    public double[] Decays { get; }

    public TargetEstimate[] Targets { get; }

    public double LogLikelihood { get; }

    /// <summary>dℓ/dβ; empty if the decays are given.</summary>
    public double[] Slope { get; } = [];

    /// <summary>d²ℓ/dβ dβ'.</summary>
    public double[,] Curvature { get; } = new double[0, 0];

    /// <summary>Where the optima of the targets are at other decays, to first order.</summary>
    public double[][] Predict(double[] decays) => Array.ConvertAll(Targets, target =>
    {
        double[] point = (double[])target.Result.Point.Clone();
        double[,] response = target.Response();
        for (int i = 0; i < point.Length; i++)
        {
            for (int u = 0; u < decays.Length; u++) point[i] += response[i, u] * (decays[u] - Decays[u]);
            // A prediction over a long way must not empty a variable: the barrier of the likelihood is there.
            point[i] = Math.Max(point[i], 0.1 * target.Result.Point[i]);
        }

        return point;
    });
}
