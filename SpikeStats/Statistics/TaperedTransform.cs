using System.Numerics;
using System.Runtime.Intrinsics;

namespace SpikeStats.Statistics;

/// <summary>The tapered Fourier sums of the spikes of one segment, at all frequencies and for all tapers at once.</summary>
/// <remarks>
/// The phase factor of a spike at eight neighbouring frequencies is one vector; the next eight follow by one rotation, so that a spike
/// costs sixteen sines and cosines whatever the number of frequencies. The rotation loses some 10^-16 per step.
/// </remarks>
internal sealed class TaperedTransform
{
    private readonly SpectralTaper[] tapers;
    private readonly double duration;
    private readonly int frequencyCount;
    private readonly int blockCount;
    private readonly Complex[] meanTerms;
    private readonly Vector512<double>[] real;
    private readonly Vector512<double>[] imaginary;
    private readonly double[] weights;

    public TaperedTransform(SpectralTaper[] tapers, double duration, int frequencyCount)
    {
        this.tapers = tapers;
        this.duration = duration;
        this.frequencyCount = frequencyCount;
        blockCount = (frequencyCount + Vector512<double>.Count - 1) / Vector512<double>.Count;
        real = new Vector512<double>[blockCount * tapers.Length];
        imaginary = new Vector512<double>[blockCount * tapers.Length];
        weights = new double[tapers.Length];
        meanTerms = new Complex[tapers.Length * frequencyCount];
        for (int taper = 0; taper < tapers.Length; taper++)
        {
            for (int m = 1; m <= frequencyCount; m++) meanTerms[(taper * frequencyCount) + m - 1] = tapers[taper].TransformAt(m) / duration;
        }
    }

    /// <summary>Adds Σ_tapers |J(m/T)|² of a segment to <paramref name="power"/>, m = 1, 2, ….</summary>
    public void AddPower(ReadOnlySpan<double> times, double start, Span<double> power)
    {
        Array.Clear(real);
        Array.Clear(imaginary);
        foreach (double time in times) AddSpike((time - start) / duration);
        for (int taper = 0; taper < tapers.Length; taper++)
        {
            for (int m = 0; m < frequencyCount; m++)
            {
                int cell = ((m / Vector512<double>.Count) * tapers.Length) + taper, lane = m % Vector512<double>.Count;
                Complex mean = times.Length * meanTerms[(taper * frequencyCount) + m];
                double a = real[cell][lane] - mean.Real, b = imaginary[cell][lane] - mean.Imaginary;
                power[m] += (a * a) + (b * b);
            }
        }
    }

    private void AddSpike(double fraction)
    {
        for (int taper = 0; taper < tapers.Length; taper++) weights[taper] = tapers[taper].At(fraction);
        Vector512<double> cosine = default, sine = default;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            (double s, double c) = Math.SinCos(-2 * Math.PI * (lane + 1) * fraction);
            cosine = cosine.WithElement(lane, c);
            sine = sine.WithElement(lane, s);
        }

        (double stepSine, double stepCosine) = Math.SinCos(-2 * Math.PI * Vector512<double>.Count * fraction);
        Vector512<double> turnCosine = Vector512.Create(stepCosine), turnSine = Vector512.Create(stepSine);
        for (int block = 0, cell = 0; block < blockCount; block++)
        {
            for (int taper = 0; taper < weights.Length; taper++, cell++)
            {
                Vector512<double> weight = Vector512.Create(weights[taper]);
                real[cell] += weight * cosine;
                imaginary[cell] += weight * sine;
            }

            (cosine, sine) = ((cosine * turnCosine) - (sine * turnSine), (cosine * turnSine) + (sine * turnCosine));
        }
    }
}
