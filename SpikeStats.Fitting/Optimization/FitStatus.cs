namespace SpikeStats.Fitting.Optimization;

/// <summary>How a fit ended.</summary>
public enum FitStatus
{
    /// <summary>The optimum was reached to the stated tolerance and is unique.</summary>
    Converged = 0,

    /// <summary>The likelihood has its supremum at infinity: some coefficient runs away. The message names it.</summary>
    Separated = 1,

    /// <summary>Some parameters cannot be told apart or have no effect; they were left out. The message names them.</summary>
    RankDeficient = 2,

    /// <summary>The iteration limit was reached before the optimum.</summary>
    IterationLimit = 3,

    /// <summary>No step improved the objective although its gradient is not zero.</summary>
    StepFailed = 4,

    /// <summary>An optimum was reached, but the likelihood is not concave there: it need not be the only one. The message says where.</summary>
    LocalOptimum = 5,
}
