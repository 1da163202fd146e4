namespace SpikeStats.Models.Neurons;

/// <summary>The gates of a Hodgkin-Huxley membrane that is held at a voltage.</summary>
/// <param name="SodiumActivation">m, between 0 and 1.</param>
/// <param name="SodiumInactivation">h, between 0 and 1.</param>
/// <param name="PotassiumActivation">n, between 0 and 1.</param>
/// <param name="SodiumActivationTime">The time constant of m, in seconds.</param>
/// <param name="SodiumInactivationTime">The time constant of h, in seconds.</param>
/// <param name="PotassiumActivationTime">The time constant of n, in seconds.</param>
public readonly record struct GateEquilibrium(
    double SodiumActivation, double SodiumInactivation, double PotassiumActivation, double SodiumActivationTime, double SodiumInactivationTime, double PotassiumActivationTime);
