namespace SpikeStats.Fitting.Hawkes;

/// <summary>Derivatives of the log-likelihood of one target that involve the decays.</summary>
/// <param name="First">d/dβ, one per decay.</param>
/// <param name="Second">d²/dβ dβ', decays × decays.</param>
/// <param name="Mixed">d²/dθ dβ, variables of the target × decays.</param>
internal sealed record DecayDerivatives(double[] First, double[,] Second, double[,] Mixed);
