namespace SpikeStats.Models.FokkerPlanck;

/// <summary>A stationary rate with what is left of the error of the grid.</summary>
/// <param name="Rate">ν, in hertz.</param>
/// <param name="RelativeError">An estimate of the relative error, dimensionless, from what the last halvings of the cells changed.</param>
public readonly record struct ColouredNoiseRate(double Rate, double RelativeError);
