namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>The verdict of the Kolmogorov-Smirnov statistic against refitted simulations of the model.</summary>
/// <param name="Statistic">D of the recording under the fitted model, from 0 to 1; NaN if it has no rescaled interval.</param>
/// <param name="PValue">(1 + number of replicates with a D at least as large) / (1 + number of replicates); NaN if D is.</param>
/// <param name="ReplicateStatistics">D of each simulated recording under the model refitted to it; NaN where a simulation had no rescaled
/// interval, which does not count as large.</param>
public sealed record ParametricBootstrapResult(double Statistic, double PValue, ReadOnlyMemory<double> ReplicateStatistics);
