using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Where <see cref="ProfileAscent"/> ended.</summary>
/// <param name="Status">How; <see cref="FitStatus.Separated"/> at a limit.</param>
/// <param name="Point">The profile there.</param>
/// <param name="Iterations">Newton steps.</param>
/// <param name="Decrement">½ gᵀH⁻¹g of the profile, in nats.</param>
/// <param name="IsConcave">Whether the profile is strictly concave there, so that the parameters are identified.</param>
/// <param name="Limits">The limit that each parameter has run into.</param>
internal sealed record ProfileAscentResult(FitStatus Status, ProfilePoint Point, int Iterations, double Decrement, bool IsConcave, Limit[] Limits)
{
    /// <summary>Whether the parameters have an estimate with a covariance.</summary>
    public bool IsIdentified => IsConcave && Array.TrueForAll(Limits, limit => limit == Limit.None);
}
