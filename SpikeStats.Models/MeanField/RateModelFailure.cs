namespace SpikeStats.Models.MeanField;

/// <summary>Where a rate model with static gain and the neurons it stands for become unstable.</summary>
/// <param name="RateModel">The critical point of the rate model.</param>
/// <param name="Neurons">The critical point by the linear response of the neurons.</param>
public sealed record RateModelFailure(CriticalGain RateModel, CriticalGain Neurons)
{
    /// <summary>What the rate model gets wrong for gains between the two critical ones.</summary>
    public RateModelError Error => RateModel.LoopGain < Neurons.LoopGain ? RateModelError.FalseAlarm
        : RateModel.LoopGain > Neurons.LoopGain ? RateModelError.MissedInstability : RateModelError.None;

    /// <summary>What the rate model gets wrong at a gain.</summary>
    /// <param name="loopGain">The static loop gain, dimensionless.</param>
    /// <returns>The error; none outside the range between the critical gains.</returns>
    public RateModelError ErrorAt(double loopGain) =>
        loopGain > RateModel.LoopGain == loopGain > Neurons.LoopGain ? RateModelError.None : Error;
}
