namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>The verdict of the time-rescaling theorem on a model.</summary>
/// <remarks>
/// The p-values are those of a model that is given. If its parameters were fitted to the same spikes, they are too large: judge held-out
/// spikes, or use <see cref="ParametricBootstrap"/>.
/// </remarks>
/// <param name="Unit">Identifier of the unit.</param>
/// <param name="IsDiscrete">Whether the model lives on bins and the correction for discrete time was applied.</param>
/// <param name="Rescaled">The rescaled intervals and their uniforms, in the order of time; for a model on bins those of the first draw.</param>
/// <param name="SortedUniforms">The uniforms, between 0 and 1, ascending: against (i - 1/2)/n they make the KS plot.</param>
/// <param name="KolmogorovSmirnov">The verdict on the uniforms; for a model on bins that of the first draw.</param>
/// <param name="Naive">For a model on bins the verdict without the correction for discrete time; else null.</param>
/// <param name="Draws">For a model on bins the p-values of the repeated draws; else null.</param>
/// <param name="Dependence">Whether successive intervals are independent.</param>
/// <param name="CoincidentSpikes">Spikes in a bin that already held one; the test does not see them.</param>
/// <param name="Seed">Seed of the draws.</param>
public sealed record TimeRescalingResult(
    string Unit,
    bool IsDiscrete,
    RescaledIntervals Rescaled,
    ReadOnlyMemory<double> SortedUniforms,
    KolmogorovSmirnovResult KolmogorovSmirnov,
    KolmogorovSmirnovResult? Naive,
    PValueSpread? Draws,
    SerialDependence Dependence,
    int CoincidentSpikes,
    ulong Seed)
{
    /// <summary>The number of rescaled intervals.</summary>
    public int Count => KolmogorovSmirnov.Count;

    /// <summary>The verdict in words.</summary>
    /// <returns>Text in the invariant culture.</returns>
    public override string ToString()
    {
        string draws = Draws is null ? "" : $"; {Draws}; without the correction for discrete time {Naive}";
        return $"Unit {Unit}: {KolmogorovSmirnov}{draws}; {Dependence}";
    }
}
