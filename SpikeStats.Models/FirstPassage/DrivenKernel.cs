using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpikeStats.Models.FirstPassage;

/// <summary>Tables of the kernel K(t, t - d) = e^(-q²/v)/√(πv) (c(t) - 2q/v) that depend on the lag alone, and its sums over the past.</summary>
/// <remarks>
/// q = α(1 - e^(-d)) + β(F(t) - F(t - d) e^(-d)), v = 1 - e^(-2d), c = α + β I(t), F the filtered drive. The tables run backwards, from the longest lag, so that they lie
/// beside the past; the weights of the quadrature are part of them.
/// </remarks>
internal sealed class DrivenKernel
{
    /// <summary>A lag beyond which the voltage at the earlier time is forgotten, to e^-30.</summary>
    public const double Memory = 30;

    /// <summary>Density, its three slopes, and its six curvatures: αα, αβ, ββ, αγ, βγ, γγ.</summary>
    public const int Orders = 10;

    private const double ZetaMinusHalf = -0.20788622497735456, ZetaMinusThreeHalves = -0.025485201889833036;

    private readonly double[] decay, gone, inverse, norm;

    /// <summary>Makes the tables.</summary>
    /// <param name="step">The step, in time constants.</param>
    /// <param name="longest">The most lags that are needed.</param>
    public DrivenKernel(double step, int longest)
    {
        Step = step;
        Lags = Math.Max(2, Math.Min(longest, (int)Math.Ceiling(Memory / step)));
        int padded = Lags + Vector512<double>.Count;
        (decay, gone, inverse, norm) = (new double[padded], new double[padded], new double[padded], new double[padded]);
        Array.Fill(decay, 1);
        for (int lag = 1; lag <= Lags; lag++)
        {
            double time = lag * step, variance = ScalarFunctions.Exponentials.OneMinusExp(2 * time), weight = step;

            // The end corrections of a kernel that begins like √d, the slope there by a parabola.
            if (lag == 1) weight -= 2 * step * ZetaMinusThreeHalves;
            else if (lag == 2) weight += 0.5 * step * ZetaMinusThreeHalves / Math.Sqrt(2);
            decay[Lags - lag] = Math.Exp(-time);
            gone[Lags - lag] = ScalarFunctions.Exponentials.OneMinusExp(time);
            inverse[Lags - lag] = 1 / variance;
            norm[Lags - lag] = weight / Math.Sqrt(Math.PI * variance);
        }

        EndWeight = -step * Math.Sqrt(step) * ((1.5 * ZetaMinusThreeHalves) - ZetaMinusHalf) / (2 * Math.Sqrt(2 * Math.PI));
    }

    /// <summary>The step, in time constants.</summary>
    public double Step { get; }

    /// <summary>The number of lags that the kernel remembers.</summary>
    public int Lags { get; }

    /// <summary>What multiplies α + β (I - I') and the density at the end of the integral.</summary>
    public double EndWeight { get; }

    /// <summary>Σ K p over the remembered past of node n.</summary>
    public double Sum(in DrivenCoefficients at, int n, double drive, ReadOnlySpan<double> filtered, ReadOnlySpan<double> density)
    {
        int from = Math.Max(0, n - Lags), shift = Lags - n;
        Vector512<double> sum = default, alpha = Vector512.Create(at.Alpha), beta = Vector512.Create(at.Beta), now = Vector512.Create(filtered[n]), speed = Vector512.Create(at.Alpha + (at.Beta * drive));
        for (int i = from; i < n; i += Vector512<double>.Count)
        {
            Vector512<double> wave = now - (Load(filtered, i) * Load(decay, i + shift)), distance = (alpha * Load(gone, i + shift)) + (beta * wave), scaled = distance * Load(inverse, i + shift);
            Vector512<double> bell = Load(norm, i + shift) * Vector512.Exp(-distance * scaled);
            sum += bell * (speed - (scaled + scaled)) * Load(density, i);
        }

        return Vector512.Sum(sum);
    }

    /// <summary>The sums of density and derivatives over the remembered past of node n.</summary>
    public void Sum(in DrivenCoefficients at, int n, double drive, ReadOnlySpan<double> filtered, double[][] past, Span<double> sums)
    {
        int from = Math.Max(0, n - Lags), shift = Lags - n;
        Vector512<double> alpha = Vector512.Create(at.Alpha), beta = Vector512.Create(at.Beta), now = Vector512.Create(filtered[n]), signal = Vector512.Create(drive), one = Vector512<double>.One;
        Vector512<double> speed = Vector512.Create(at.Alpha + (at.Beta * drive));
        Span<Vector512<double>> totals = stackalloc Vector512<double>[Orders];
        totals.Clear();
        for (int i = from; i < n; i += Vector512<double>.Count)
        {
            Vector512<double> fade = Load(gone, i + shift), inverted = Load(inverse, i + shift), wave = now - (Load(filtered, i) * Load(decay, i + shift));
            Vector512<double> distance = (alpha * fade) + (beta * wave), scaled = distance * inverted, twice = scaled + scaled;
            Vector512<double> bell = Load(norm, i + shift) * Vector512.Exp(-distance * scaled), rest = speed - twice;

            // Slopes of log bell and of the rest by α and β.
            Vector512<double> bellA = -twice * fade, bellB = -twice * wave, restA = one - (2 * fade * inverted), restB = signal - (2 * wave * inverted);
            Vector512<double> curved = 2 * rest * inverted;
            Vector512<double> kernel = bell * rest, kernelA = bell * (restA + (rest * bellA)), kernelB = bell * (restB + (rest * bellB));
            Vector512<double> kernelAA = bell * ((2 * restA * bellA) + (rest * bellA * bellA) - (curved * fade * fade));
            Vector512<double> kernelAB = bell * ((restA * bellB) + (restB * bellA) + (rest * bellA * bellB) - (curved * fade * wave));
            Vector512<double> kernelBB = bell * ((2 * restB * bellB) + (rest * bellB * bellB) - (curved * wave * wave));
            Vector512<double> p = Load(past[0], i), pA = Load(past[1], i), pB = Load(past[2], i), pC = Load(past[3], i);
            totals[0] += kernel * p;
            totals[1] += (kernelA * p) + (kernel * pA);
            totals[2] += (kernelB * p) + (kernel * pB);
            totals[3] += kernel * pC;
            totals[4] += (kernelAA * p) + (2 * kernelA * pA) + (kernel * Load(past[4], i));
            totals[5] += (kernelAB * p) + (kernelA * pB) + (kernelB * pA) + (kernel * Load(past[5], i));
            totals[6] += (kernelBB * p) + (2 * kernelB * pB) + (kernel * Load(past[6], i));
            totals[7] += (kernelA * pC) + (kernel * Load(past[7], i));
            totals[8] += (kernelB * pC) + (kernel * Load(past[8], i));
            totals[9] += kernel * Load(past[9], i);
        }

        for (int k = 0; k < Orders; k++) sums[k] += Vector512.Sum(totals[k]);
    }

    private static Vector512<double> Load(ReadOnlySpan<double> values, int at) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);
}
