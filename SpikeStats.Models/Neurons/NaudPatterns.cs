using SpikeStats.Statistics;
using SpikeStats.Units;

namespace SpikeStats.Models.Neurons;

/// <summary>The eight firing patterns of the AdEx neuron, each under its step of current for 500 ms.</summary>
/// <remarks><b>Source:</b> Naud, Marcille, Clopath and Gerstner, Biol Cybern 99:335 (2008), table 1; the cut is at 0 mV. Tables in circulation have wrong rows; these are tested.</remarks>
public static class NaudPatterns
{
    /// <summary>Spikes at an almost constant rate.</summary>
    public static NeuronPreset<AdaptiveExponential> Tonic { get; } = Of("tonic", "tonic spiking", 200, 10, -70, 2, 30, 0, -58, 500, FiringPattern.Tonic);

    /// <summary>Intervals that grow sevenfold.</summary>
    public static NeuronPreset<AdaptiveExponential> Adaptation { get; } = Of("adaptation", "adaptation", 200, 12, -70, 2, 300, 60, -58, 500, FiringPattern.Adapting);

    /// <summary>A burst of three spikes, then single ones.</summary>
    public static NeuronPreset<AdaptiveExponential> InitialBurst { get; } = Of("initial-burst", "initial burst", 130, 18, -58, 4, 150, 120, -50, 400, FiringPattern.InitialBurst);

    /// <summary>Bursts of two at a constant rate.</summary>
    public static NeuronPreset<AdaptiveExponential> RegularBursting { get; } = Of("regular-bursting", "regular bursting", 200, 10, -58, 2, 120, 100, -46, 210, FiringPattern.RegularBursting);

    /// <summary>A late first spike, then intervals that shrink.</summary>
    public static NeuronPreset<AdaptiveExponential> DelayedAccelerating { get; } =
        Of("delayed-accelerating", "delayed accelerating", 200, 12, -70, -10, 300, 0, -58, 300, FiringPattern.Delayed);

    /// <summary>A late first burst, then bursts of four at a constant rate.</summary>
    public static NeuronPreset<AdaptiveExponential> DelayedRegularBursting { get; } =
        Of("delayed-regular-bursting", "delayed regular bursting", 100, 10, -65, -10, 90, 30, -47, 110, FiringPattern.RegularBursting);

    /// <summary>A single spike.</summary>
    public static NeuronPreset<AdaptiveExponential> Transient { get; } = Of("transient", "transient spiking", 100, 10, -65, 10, 90, 100, -47, 180, FiringPattern.Transient);

    /// <summary>Deterministic chaos.</summary>
    public static NeuronPreset<AdaptiveExponential> Irregular { get; } = Of("irregular", "irregular spiking", 100, 12, -60, -11, 130, 30, -48, 160, FiringPattern.Irregular);

    /// <summary>All eight.</summary>
    public static IReadOnlyList<NeuronPreset<AdaptiveExponential>> All { get; } =
        [Tonic, Adaptation, InitialBurst, RegularBursting, DelayedAccelerating, DelayedRegularBursting, Transient, Irregular];

    // In the units of the table: pF, nS, mV, nS, ms, pA, mV, pA. V_T is -50 mV and Δ 2 mV in all rows.
    private static NeuronPreset<AdaptiveExponential> Of(
        string name, string title, double capacitance, double leak, double rest, double a, double time, double b, double reset, double current, FiringPattern pattern) => new(
            name, title,
            new AdaptiveExponential
            {
                Capacitance = capacitance.pF,
                LeakConductance = leak.nS,
                LeakReversal = rest.mV,
                Onset = (-50).mV,
                Sharpness = 2.mV,
                AdaptationConductance = a.nS,
                AdaptationTime = time.ms,
                AdaptationStep = b.pA,
                ResetVoltage = reset.mV,
            },
            current.pA, pattern);
}
