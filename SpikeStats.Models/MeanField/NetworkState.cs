namespace SpikeStats.Models.MeanField;

/// <summary>What theory says of a network at one place of its phase diagram.</summary>
/// <remarks>Of several statically stable fixed points the one with the highest rate is described.</remarks>
/// <param name="Regime">How it fires.</param>
/// <param name="Rate">The rate of the asynchronous state, in hertz.</param>
/// <param name="CoefficientOfVariation">The coefficient of variation of the intervals in the asynchronous state, dimensionless; NaN if the network is silent.</param>
/// <param name="GrowthRate">The growth rate of the leading unstable mode, in hertz (inverse seconds); NaN for a stable state.</param>
/// <param name="Frequency">The frequency of that mode, in hertz; NaN for a stable state.</param>
/// <param name="FixedPointCount">The number of fixed points, stable or not.</param>
public readonly record struct NetworkState(NetworkRegime Regime, double Rate, double CoefficientOfVariation, double GrowthRate, double Frequency, int FixedPointCount)
{
    /// <summary>Whether a mode of the asynchronous state grows.</summary>
    public bool IsSynchronous => Regime is not (NetworkRegime.AsynchronousIrregular or NetworkRegime.AsynchronousRegular);
}
