namespace SpikeStats.Fitting.Decoding;

/// <summary>What is known about a stimulus before the spikes: a stationary Gaussian sequence of frames, white or autoregressive.</summary>
/// <remarks>
/// s_1 is normal with <see cref="Mean"/> and <see cref="StandardDeviation"/>; s_f - m = ρ (s_{f-1} - m) + σ √(1 - ρ²) ε_f. Every observed interval begins
/// a sequence of its own. The inverse covariance is tridiagonal, which keeps the reconstruction linear in time.
/// </remarks>
public sealed record StimulusPrior
{
    /// <summary>Mean m of a frame, in the unit of the signal.</summary>
    /// <value>0 by default.</value>
    public double Mean { get; init; }

    /// <summary>Standard deviation σ of a frame, in the unit of the signal; positive.</summary>
    /// <value>1 by default.</value>
    public double StandardDeviation { get; init; } = 1;

    /// <summary>Correlation ρ of successive frames, in (-1, 1); 0 for white noise.</summary>
    /// <value>0 by default.</value>
    public double Correlation { get; init; }

    internal void Validate()
    {
        if (!double.IsFinite(Mean)) throw new ArgumentOutOfRangeException(nameof(Mean), Mean, "The mean must be finite.");
        if (!(StandardDeviation > 0) || !double.IsFinite(StandardDeviation))
            throw new ArgumentOutOfRangeException(nameof(StandardDeviation), StandardDeviation, "The standard deviation must be positive.");
        if (!(Math.Abs(Correlation) < 1)) throw new ArgumentOutOfRangeException(nameof(Correlation), Correlation, "The correlation must lie between -1 and 1.");
    }

    /// <summary>Adds the inverse covariance of a run of frames to a matrix in the storage of <see cref="BandedCholesky"/>.</summary>
    internal void AddPrecision(double[] band, int bandwidth, int firstFrame, int frameCount)
    {
        double innovation = StandardDeviation * StandardDeviation * (1 - (Correlation * Correlation));
        for (int frame = 0; frame < frameCount; frame++)
        {
            int diagonal = ((firstFrame + frame) * (bandwidth + 1)) + bandwidth;
            bool hasNext = frame + 1 < frameCount;
            band[diagonal] += frame == 0 ? 1 / (StandardDeviation * StandardDeviation) : 1 / innovation;
            if (hasNext) band[diagonal] += Correlation * Correlation / innovation;
            if (frame > 0) band[diagonal - 1] -= Correlation / innovation;
        }
    }

    /// <summary>-log density of a run of frames without the constant ½ n log 2π, and its gradient, which is added to what is there.</summary>
    internal double AddEnergy(ReadOnlySpan<double> frames, Span<double> gradient)
    {
        double innovation = StandardDeviation * StandardDeviation * (1 - (Correlation * Correlation)), energy = 0;
        for (int frame = 0; frame < frames.Length; frame++)
        {
            double variance = frame == 0 ? StandardDeviation * StandardDeviation : innovation;
            double residual = frames[frame] - Mean - (frame == 0 ? 0 : Correlation * (frames[frame - 1] - Mean));
            energy += 0.5 * ((residual * residual / variance) + Math.Log(variance));
            gradient[frame] += residual / variance;
            if (frame > 0) gradient[frame - 1] -= Correlation * residual / variance;
        }

        return energy;
    }
}
