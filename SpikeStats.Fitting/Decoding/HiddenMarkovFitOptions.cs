namespace SpikeStats.Fitting.Decoding;

/// <summary>How a hidden Markov model is fitted.</summary>
public sealed record HiddenMarkovFitOptions
{
    /// <summary>Number of random starts; at least 1.</summary>
    /// <value>10 by default.</value>
    public int Starts { get; init; } = 10;

    /// <summary>Seed of the random starts.</summary>
    /// <value>0 by default.</value>
    public ulong Seed { get; init; }

    /// <summary>Rise of the log-likelihood that the iterations still promise at which they end, in nats: last increment · r / (1 - r), r the ratio of the last two.</summary>
    /// <value>10^-4 by default; Newton steps go on from there.</value>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Newton decrement at which the maximum counts as reached, in nats.</summary>
    /// <value>10^-10 by default.</value>
    public double NewtonTolerance { get; init; } = 1e-10;

    /// <summary>Largest number of iterations of each start.</summary>
    /// <value>500 by default.</value>
    public int MaxIterations { get; init; } = 500;

    /// <summary>Largest number of threads; -1 for one per processor.</summary>
    /// <remarks>Results do not depend on it.</remarks>
    /// <value>-1 by default.</value>
    public int Threads { get; init; } = -1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Starts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
        if (!(Tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be positive.");
        if (!(NewtonTolerance > 0)) throw new ArgumentOutOfRangeException(nameof(NewtonTolerance), NewtonTolerance, "The tolerance must be positive.");
        if (Threads is 0 or < -1) throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "The number of threads must be positive, or -1.");
    }
}
