using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>A filter of a signal that need not be linear in its value: a surface over lag and value, Σ_l f(l, x[t - l]).</summary>
/// <remarks>
/// f is spanned by the products A_j(l) B_k(x) of functions of lag and functions of the value. Where those of the value contain the constant and the
/// penalty does not decide about it, f is only determined up to a constant at every lag: the function of the value that the most spikes see is left out.
/// <para><b>Source:</b> Gasparrini, Armstrong and Kenward, Statistics in Medicine 29:2224 (2010), who call it a distributed lag non-linear model.</para>
/// </remarks>
/// <param name="Signal">Name of the signal in the recording; bins without a sample are interpolated.</param>
/// <param name="Lags">Functions of lag.</param>
/// <param name="Values">Functions of the value.</param>
public sealed record NonlinearStimulusTerm(string Signal, Basis Lags, ValueBasis Values) : GlmTerm($"lag:{Signal}")
{
    /// <inheritdoc/>
    public override string Kind => "nonlinear-stimulus";
}
