namespace SpikeStats.Models.Theory;

/// <summary>The rate of a neuron under coloured noise: both limits, and an estimate between them with its error.</summary>
/// <param name="Rate">The estimate, in hertz.</param>
/// <param name="Error">Its expected error, in hertz: an estimate too, no bound.</param>
/// <param name="FastNoise">The rate for a short correlation time, by the shift of threshold and reset, in hertz.</param>
/// <param name="SlowNoise">The rate for a long correlation time, the mean of the rate without noise over the slow input, in hertz.</param>
/// <param name="IsFast">Whether the shift alone can be trusted to a few percent: τ_s ≤ τ/10 and (μ - θ) √(τ_s/τ) ≤ 0.2 σ.</param>
public readonly record struct ColouredRate(double Rate, double Error, double FastNoise, double SlowNoise, bool IsFast);
