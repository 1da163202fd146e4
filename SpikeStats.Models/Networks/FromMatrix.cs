using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Networks;

/// <summary>Synapses with individual weights: entries of a matrix times the weight of the projection; an entry of 0 is no synapse.</summary>
/// <remarks>Costs four bytes more per synapse than the other rules; weights are kept with 24 bits.</remarks>
public sealed record FromMatrix : Connectivity
{
    private readonly double[,] factors;

    /// <summary>States the matrix.</summary>
    /// <param name="factors">Factors of the weight, dimensionless; row = target, column = source.</param>
    public FromMatrix(double[,] factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        this.factors = (double[,])factors.Clone();
    }

    internal override Func<int, int, double> FactorOf => (target, source) => factors[target, source];

    internal override string? Objection(int sourceCount, int targetCount)
    {
        if (factors.GetLength(0) != targetCount || factors.GetLength(1) != sourceCount)
            return $"the matrix has {factors.GetLength(0)} rows and {factors.GetLength(1)} columns; there are {targetCount} targets (rows) and {sourceCount} sources (columns)";
        return factors.Cast<double>().All(double.IsFinite) ? null : "the matrix has an entry that is not finite";
    }

    internal override IEnumerable<(double InDegree, double Factor)> Inputs(int sourceCount, int targetCount)
    {
        // As many equal synapses of each sign as have the sum and the sum of squares of the weights.
        foreach (int sign in (int[])[1, -1])
        {
            double sum = 0, square = 0;
            foreach (double factor in factors)
            {
                if (Math.Sign(factor) != sign) continue;
                sum += factor / targetCount;
                square += factor * factor / targetCount;
            }

            if (square > 0) yield return (sum * sum / square, square / sum);
        }
    }

    internal override void AddSources(int target, int sourceCount, RandomStream stream, List<int> sources)
    {
        for (int source = 0; source < sourceCount; source++)
        {
            if (factors[target, source] != 0) sources.Add(source);
        }
    }

    private protected override double MeanInDegree(int sourceCount) => throw new InvalidOperationException("Synapses with individual weights have no common in-degree.");
}
