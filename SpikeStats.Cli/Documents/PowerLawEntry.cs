using SpikeStats.Fitting.Hawkes;

namespace SpikeStats.Cli.Documents;

/// <summary>The power law θ c^θ / (t + c)^(1+θ) that the exponentials of a Hawkes process stand for.</summary>
/// <param name="TimeScale">c, in seconds.</param>
/// <param name="TimeScaleStandardError">Its standard error; NaN if given or not identified.</param>
/// <param name="Exponent">θ, dimensionless.</param>
/// <param name="ExponentStandardError">Its standard error; NaN if given or not identified.</param>
/// <param name="IsEstimated">Whether both were estimated.</param>
/// <param name="RelativeError">A bound of the relative error of the exponentials at any lag up to the horizon.</param>
/// <param name="Horizon">In seconds.</param>
internal sealed record PowerLawEntry(
    double TimeScale, double TimeScaleStandardError, double Exponent, double ExponentStandardError, bool IsEstimated, double RelativeError, double Horizon)
{
    public const string Name = "power-law";

    /// <summary>The power law of a fit; null if its kernels are others.</summary>
    public static PowerLawEntry? Of(HawkesFit fit)
    {
        if (fit.PowerLaw is not { } law) return null;
        double Error(HawkesParameterKind kind) => fit.Parameters.FirstOrDefault(parameter => parameter.Kind == kind)?.StandardError ?? double.NaN;
        return new PowerLawEntry(
            law.Kernel.TimeScale, Error(HawkesParameterKind.TimeScale), law.Kernel.Exponent, Error(HawkesParameterKind.Exponent), fit.Specification.Kernel.IsFree,
            law.RelativeError, law.Horizon);
    }
}
