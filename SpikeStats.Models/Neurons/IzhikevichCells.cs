using SpikeStats.Statistics;

namespace SpikeStats.Models.Neurons;

/// <summary>The seven cortical and thalamic cells of Izhikevich under a step of 10 V/s (I = 10 in the paper).</summary>
/// <remarks>
/// <para>The names of the patterns hold for the exact solution. The cells FS and RZ lose 40 % of their first rate within four spikes, so that they count as adapting here, although real
/// fast-spiking cells hardly adapt.</para>
/// <para><b>Source:</b> Izhikevich, IEEE Trans Neural Netw 14:1569 (2003), figure 2.</para>
/// </remarks>
public static class IzhikevichCells
{
    private const double Step = 10;

    /// <summary>Regular spiking (RS): most excitatory cells of the cortex.</summary>
    public static NeuronPreset<Izhikevich> RegularSpiking { get; } = Of("RS", "regular spiking", 20, 200, -65e-3, 8, FiringPattern.Adapting);

    /// <summary>Intrinsically bursting (IB): a burst, then single spikes.</summary>
    public static NeuronPreset<Izhikevich> IntrinsicallyBursting { get; } = Of("IB", "intrinsically bursting", 20, 200, -55e-3, 4, FiringPattern.InitialBurst);

    /// <summary>Chattering (CH): bursts again and again.</summary>
    public static NeuronPreset<Izhikevich> Chattering { get; } = Of("CH", "chattering", 20, 200, -50e-3, 2, FiringPattern.RegularBursting);

    /// <summary>Fast spiking (FS): inhibitory cells of high rate.</summary>
    public static NeuronPreset<Izhikevich> FastSpiking { get; } = Of("FS", "fast spiking", 100, 200, -65e-3, 2, FiringPattern.Adapting);

    /// <summary>Low-threshold spiking (LTS): inhibitory cells that adapt.</summary>
    public static NeuronPreset<Izhikevich> LowThresholdSpiking { get; } = Of("LTS", "low-threshold spiking", 20, 250, -65e-3, 2, FiringPattern.Adapting);

    /// <summary>Thalamo-cortical (TC), driven from rest: tonic.</summary>
    public static NeuronPreset<Izhikevich> ThalamoCortical { get; } = Of("TC", "thalamo-cortical", 20, 250, -65e-3, 0.05, FiringPattern.Tonic);

    /// <summary>Resonator (RZ): subthreshold oscillations.</summary>
    public static NeuronPreset<Izhikevich> Resonator { get; } = Of("RZ", "resonator", 100, 260, -65e-3, 2, FiringPattern.Adapting);

    /// <summary>All seven, in the order of the paper.</summary>
    public static IReadOnlyList<NeuronPreset<Izhikevich>> All { get; } =
        [RegularSpiking, IntrinsicallyBursting, Chattering, FastSpiking, LowThresholdSpiking, ThalamoCortical, Resonator];

    private static NeuronPreset<Izhikevich> Of(string name, string title, double a, double b, double c, double d, FiringPattern pattern) =>
        new(name, title, new Izhikevich { RecoveryRate = a, RecoveryCoupling = b, ResetVoltage = c, RecoveryStep = d }, Step, pattern);
}
