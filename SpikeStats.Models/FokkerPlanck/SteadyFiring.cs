namespace SpikeStats.Models.FokkerPlanck;

/// <summary>How a neuron fires in the steady state.</summary>
/// <param name="Rate">ν, in hertz; 0 if the mean interval is beyond the largest number.</param>
/// <param name="CoefficientOfVariation">The coefficient of variation of the intervals, dimensionless; NaN where its square is beyond the largest number.</param>
/// <param name="RelativeError">How much the last extrapolation changed the mean passage time and its second moment, relative to them, dimensionless: an upper bound of the error in practice.</param>
public sealed record SteadyFiring(double Rate, double CoefficientOfVariation, double RelativeError);
