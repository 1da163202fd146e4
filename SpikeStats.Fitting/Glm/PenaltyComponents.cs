namespace SpikeStats.Fitting.Glm;

/// <summary>Takes a quadratic penalty apart into pieces of one strength each, and puts them together again.</summary>
internal static class PenaltyComponents
{
    /// <summary>The pieces that are not zero, with what they are called.</summary>
    public static IReadOnlyList<(string Name, Penalty Part)> Of(Penalty penalty)
    {
        List<(string, Penalty)> parts = [];
        if (penalty.Ridge > 0) parts.Add(("ridge", new Penalty { Ridge = penalty.Ridge }));
        if (penalty.Smoothness > 0) parts.Add(("smoothness", new Penalty { Smoothness = penalty.Smoothness }));
        for (int m = 0; m < penalty.MarginSmoothness.Count; m++)
        {
            if (penalty.MarginSmoothness[m] == 0) continue;
            int margin = m;
            parts.Add(($"smoothness along margin {m + 1}", new Penalty { MarginSmoothness = [.. penalty.MarginSmoothness.Select((strength, i) => i == margin ? strength : 0)] }));
        }

        if (penalty.Autoregressive > 0)
            parts.Add(("autoregressive", new Penalty { Autoregressive = penalty.Autoregressive, AutoregressiveCorrelation = penalty.AutoregressiveCorrelation }));
        if (penalty.Precision is { } precision) parts.Add(("precision", new Penalty { Precision = precision }));
        return parts;
    }

    /// <summary>The sum of pieces of one penalty.</summary>
    public static Penalty Join(IEnumerable<Penalty> parts) => parts.Aggregate(Penalty.None, (sum, part) => new Penalty
    {
        Ridge = sum.Ridge + part.Ridge,
        Smoothness = sum.Smoothness + part.Smoothness,
        MarginSmoothness = sum.MarginSmoothness.Count == 0 ? part.MarginSmoothness
            : part.MarginSmoothness.Count == 0 ? sum.MarginSmoothness
            : [.. sum.MarginSmoothness.Zip(part.MarginSmoothness, (a, b) => a + b)],
        Autoregressive = sum.Autoregressive + part.Autoregressive,
        AutoregressiveCorrelation = part.Autoregressive > 0 ? part.AutoregressiveCorrelation : sum.AutoregressiveCorrelation,
        Precision = part.Precision ?? sum.Precision,
    });
}
