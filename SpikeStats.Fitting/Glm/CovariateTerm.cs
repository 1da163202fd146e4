namespace SpikeStats.Fitting.Glm;

/// <summary>Powers of the present value of a signal such as a position or a speed: Σ_p c_p x^p.</summary>
/// <param name="Signal">Name of the signal in the recording; bins without a sample are interpolated.</param>
/// <param name="Powers">The powers, each 1 or more; one coefficient each.</param>
public sealed record CovariateTerm(string Signal, params IReadOnlyList<int> Powers) : GlmTerm(Signal)
{
    /// <inheritdoc/>
    public override string Kind => "covariate";
}
