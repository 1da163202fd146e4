using System.Numerics;

namespace SpikeStats.Statistics;

/// <summary>A data taper h on a segment [0, T) with ∫ h² dt = 1, known at every instant and in closed form at the frequencies m/T.</summary>
internal abstract class SpectralTaper(double duration)
{
    /// <summary>Length T of the segment, in seconds.</summary>
    protected double Duration { get; } = duration;

    /// <summary>h at a fraction x = t/T of the segment, in 1/√s.</summary>
    public abstract double At(double fraction);

    /// <summary>∫ h(t) exp(-2πi m t/T) dt for m ≥ 1, in √s.</summary>
    public abstract Complex TransformAt(int m);

    /// <summary>The sine tapers h_k = √(2/T) sin(πkt/T), k = 1…count. Source: Riedel and Sidorenko, IEEE Transactions on Signal Processing 43 (1995) 188-195.</summary>
    public static SpectralTaper[] Sines(double duration, int count) => [.. Enumerable.Range(1, count).Select(k => new Sine(duration, k))];

    /// <summary>The taper h = √(8/3T) (1 - cos 2πt/T)/2 of von Hann.</summary>
    public static SpectralTaper Hann(double duration) => new VonHann(duration);

    private sealed class Sine(double duration, int k) : SpectralTaper(duration)
    {
        public override double At(double fraction) => Math.Sqrt(2 / Duration) * Math.Sin(Math.PI * k * fraction);

        public override Complex TransformAt(int m)
        {
            if (k % 2 == 0) return k == 2 * m ? new Complex(0, -Math.Sqrt(Duration / 2)) : Complex.Zero;
            return 2 * Math.Sqrt(2 * Duration) / Math.PI * k / (((double)k * k) - (4.0 * m * m));
        }
    }

    private sealed class VonHann(double duration) : SpectralTaper(duration)
    {
        public override double At(double fraction) => Math.Sqrt(8 / (3 * Duration)) * (1 - Math.Cos(2 * Math.PI * fraction)) / 2;

        public override Complex TransformAt(int m) => m == 1 ? -Math.Sqrt(Duration / 6) : Complex.Zero;
    }
}
