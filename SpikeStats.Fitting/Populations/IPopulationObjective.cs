using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Populations;

/// <summary>The penalised negative log-likelihoods of targets that share their features.</summary>
internal interface IPopulationObjective : IJointObjective
{
    /// <summary>The information of every row, -∂²ℓ/∂η², where a target was last evaluated.</summary>
    /// <param name="member">Position of the target.</param>
    /// <returns>A value per row, in single precision: its rounding, 6·10⁻⁸ and independent from row to row, is lost in any sum over rows.</returns>
    float[] Information(int member);
}
