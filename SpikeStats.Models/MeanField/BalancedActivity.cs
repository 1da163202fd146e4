namespace SpikeStats.Models.MeanField;

/// <summary>The activity of a binary network of excitatory and inhibitory units.</summary>
/// <param name="Excitatory">The mean share of active excitatory units, dimensionless.</param>
/// <param name="Inhibitory">The mean share of active inhibitory units, dimensionless.</param>
/// <param name="NetInput">The mean input of excitatory units, in units of the weights; it stays of order one where excitation and inhibition, of order √K each, balance.</param>
public readonly record struct BalancedActivity(double Excitatory, double Inhibitory, double NetInput)
{
    // Of thousands of units less than one would be active, or inactive, at a time.
    private const double Negligible = 1e-4;

    /// <summary>Whether excitation and inhibition balance.</summary>
    public BalancedRegime Regime => !(Excitatory > Negligible) ? BalancedRegime.ExcitationSilent
        : !(Inhibitory > Negligible) ? BalancedRegime.InhibitionSilent
        : Math.Max(Excitatory, Inhibitory) > 1 - Negligible ? BalancedRegime.Saturated : BalancedRegime.Balanced;
}
