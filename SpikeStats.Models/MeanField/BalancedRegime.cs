namespace SpikeStats.Models.MeanField;

/// <summary>Whether excitation and inhibition of a binary network balance.</summary>
public enum BalancedRegime
{
    /// <summary>Both populations are active without being saturated.</summary>
    Balanced,

    /// <summary>Excitatory units are silent: inhibition wins, the activities are no averages of a balanced state.</summary>
    ExcitationSilent,

    /// <summary>Inhibitory units are silent.</summary>
    InhibitionSilent,

    /// <summary>A population is always active.</summary>
    Saturated,
}
