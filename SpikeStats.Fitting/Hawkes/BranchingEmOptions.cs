namespace SpikeStats.Fitting.Hawkes;

/// <summary>When expectation and maximisation over the branching structure ends.</summary>
public sealed record BranchingEmOptions
{
    /// <summary>Rise of the log-likelihood of a target by one iteration at which it ends, in nats.</summary>
    /// <remarks>Steps shrink slowly: the rise that is still ahead may be many times as large.</remarks>
    /// <value>10^-9 by default.</value>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>Largest number of iterations.</summary>
    /// <value>10000 by default.</value>
    public int MaxIterations { get; init; } = 10_000;

    internal void Validate()
    {
        if (!(Tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be positive.");
        if (MaxIterations < 1) throw new ArgumentOutOfRangeException(nameof(MaxIterations), MaxIterations, "At least one iteration is needed.");
    }
}
