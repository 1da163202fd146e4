using System.Globalization;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>The point-process adaptive filter and its fixed-interval smoother: a hidden Gaussian state followed from spike to spike.</summary>
/// <remarks>
/// With prediction x⁻ = F x, W⁻ = F W Fᵀ + Q and λ_u = exp(b_u + g_u·x⁻), a bin of width Δ with counts n_u gives
/// <para>W⁻¹ = (W⁻)⁻¹ + Σ_u g_u g_uᵀ λ_u Δ, x = x⁻ + W Σ_u g_u (n_u - λ_u Δ).</para>
/// The smoother goes backwards with the gain A = W Fᵀ (W⁻)⁻¹: x̂_t = x_t + A (x̂_{t+1} - x⁻_{t+1}), Ŵ_t = W_t + A (Ŵ_{t+1} - W⁻_{t+1}) Aᵀ.
/// <para><b>Assumes</b> units independent given the state, bins so narrow that λΔ and the change of the state within a bin are small, and a posterior
/// close to a Gaussian: the update is one step towards its mode. <b>Accuracy:</b> the step itself to 1e-9 of a reference value; against exact Bayesian filtering on a
/// grid, see docs/theory/decoding.md. <b>Cost:</b> O(bins × (units d² + d³)) for a state of d components.</para>
/// <para><b>Source:</b> Eden, Frank, Barbieri, Solo and Brown, Neural Computation 16 (2004) 971-998, equations 2.7 to 2.10; Rauch, Tung and Striebel,
/// AIAA Journal 3 (1965) 1445-1450.</para>
/// </remarks>
public sealed record PointProcessFilter
{
    /// <summary>How the hidden state moves.</summary>
    public required LinearStateSpace State { get; init; }

    /// <summary>The units, and how the state drives each.</summary>
    public required IReadOnlyList<LogLinearUnit> Units { get; init; }

    /// <summary>Width of a bin, which is one step of the state, in seconds; positive.</summary>
    /// <value>0.001 by default.</value>
    public double BinWidth { get; init; } = 0.001;

    /// <summary>The state given the spikes up to and including each bin.</summary>
    /// <param name="recording">A recording that holds all units; others are ignored.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>Mean and covariance in every bin; without bins if no observed interval holds one.</returns>
    /// <exception cref="ArgumentException">Sizes of matrices or gains do not fit, or a covariance is none.</exception>
    /// <exception cref="UnknownUnitException">A unit is missing.</exception>
    /// <exception cref="InvalidOperationException">The filter diverged: more than 10^4 spikes were predicted for a bin.</exception>
    public GaussianStatePath Filter(Recording recording, CancellationToken cancellationToken = default) =>
        Run(recording, isSmoothed: false, cancellationToken);

    /// <summary>The state given all spikes of the observed interval.</summary>
    /// <param name="recording">A recording that holds all units; others are ignored.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>Mean and covariance in every bin; without bins if no observed interval holds one.</returns>
    /// <exception cref="ArgumentException">Sizes of matrices or gains do not fit, or a covariance is none.</exception>
    /// <exception cref="UnknownUnitException">A unit is missing.</exception>
    /// <exception cref="InvalidOperationException">The filter diverged: more than 10^4 spikes were predicted for a bin.</exception>
    public GaussianStatePath Smooth(Recording recording, CancellationToken cancellationToken = default) =>
        Run(recording, isSmoothed: true, cancellationToken);

    private GaussianStatePath Run(Recording recording, bool isSmoothed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recording);
        Validate();
        int size = State.Dimension;
        BinGrid grid = new(recording.Observed, BinWidth);
        SpikeCounts counts = SpikeCounts.FromRecording(recording, grid);
        int[][] spikes = [.. Units.Select(unit => counts.CountsOf(recording.Units.IndexOf(unit.Unit)))];
        double[][] gains = [.. Units.Select(unit => unit.Gain.ToArray())];
        double[] transition = [.. State.Transition.Cast<double>()], noise = [.. State.ProcessNoise.Cast<double>()];
        double[] means = new double[(long)grid.BinCount * size], covariances = new double[(long)grid.BinCount * size * size];
        foreach (BinSegment segment in grid.Segments)
        {
            double[] mean = [.. State.InitialMean], covariance = [.. State.InitialCovariance.Cast<double>()];
            for (int bin = segment.FirstBin; bin < segment.FirstBin + segment.BinCount; bin++)
            {
                if ((bin & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                (mean, covariance) = Predict(mean, covariance, transition, noise);
                Update(mean, covariance, gains, spikes, grid, bin);
                mean.CopyTo(means, bin * size);
                covariance.CopyTo(covariances, bin * size * size);
            }

            if (isSmoothed) SmoothBack(means, covariances, segment, transition, noise, cancellationToken);
        }

        return new GaussianStatePath(grid, size, means, covariances, isSmoothed);
    }

    private void Validate()
    {
        State.Validate();
        LogLinearUnit? undefined = Units.FirstOrDefault(unit => !double.IsFinite(unit.Baseline) || unit.Gain.Any(gain => !double.IsFinite(gain)));
        if (undefined is not null) throw new ArgumentException($"The baseline and the gains of unit {undefined.Unit} must be finite.", nameof(Units));
        LogLinearUnit? misfit = Units.FirstOrDefault(unit => unit.Gain.Count != State.Dimension);
        if (misfit is not null)
            throw new ArgumentException($"Unit {misfit.Unit} has {misfit.Gain.Count} gains for a state of {State.Dimension} components.", nameof(Units));
    }

    private static (double[] Mean, double[] Covariance) Predict(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, double[] transition, double[] noise)
    {
        double[] predicted = SquareMatrix.Congruence(transition, covariance, mean.Length);
        for (int i = 0; i < predicted.Length; i++) predicted[i] += noise[i];
        return (SquareMatrix.Apply(transition, mean), predicted);
    }

    private void Update(double[] mean, double[] covariance, double[][] gains, int[][] spikes, BinGrid grid, int bin)
    {
        const double Divergence = 1e4;
        int size = mean.Length;
        double[] innovation = new double[size];
        for (int unit = 0; unit < gains.Length; unit++)
        {
            double[] gain = gains[unit];
            double predictor = Units[unit].Baseline;
            for (int i = 0; i < size; i++) predictor += gain[i] * mean[i];
            double expected = Math.Exp(predictor) * BinWidth;
            if (!(expected < Divergence))
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The filter diverged at {grid.StartOf(bin)} s: {expected:G3} spikes of unit {Units[unit].Unit} were predicted for one bin. Use a narrower bin or a smaller process noise."));
            }

            for (int i = 0; i < size; i++) innovation[i] += gain[i] * (spikes[unit][bin] - expected);

            // Sherman and Morrison: adding g gᵀ λΔ to the inverse, unit by unit, without inverting anything; W stays symmetric and may be singular.
            double[] seen = SquareMatrix.Apply(covariance, gain);
            double spread = 0;
            for (int i = 0; i < size; i++) spread += gain[i] * seen[i];
            double factor = expected / (1 + (expected * spread));
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++) covariance[(i * size) + j] -= factor * seen[i] * seen[j];
            }
        }

        double[] correction = SquareMatrix.Apply(covariance, innovation);
        for (int i = 0; i < size; i++) mean[i] += correction[i];
    }

    private static void SmoothBack(
        double[] means, double[] covariances, BinSegment segment, double[] transition, double[] noise, CancellationToken cancellationToken)
    {
        const double RankTolerance = 1e-13;
        int size = (int)Math.Sqrt(transition.Length);
        bool[] none = new bool[size];
        for (int bin = segment.FirstBin + segment.BinCount - 2; bin >= segment.FirstBin; bin--)
        {
            if ((bin & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            Span<double> mean = means.AsSpan(bin * size, size), covariance = covariances.AsSpan(bin * size * size, size * size);
            (double[] predictedMean, double[] predicted) = Predict(mean, covariance, transition, noise);

            // Row i of the gain solves W⁻ a = F W e_i. Components without any variance are left out by the factor; nothing can be learnt about them.
            CholeskyFactor factor = CholeskyFactor.Of(predicted, size, RankTolerance, none);
            double[] moved = SquareMatrix.Multiply(transition, covariance, size), gain = new double[size * size], column = new double[size];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++) column[j] = moved[(j * size) + i];
                factor.Solve(column).CopyTo(gain, i * size);
            }

            double[] difference = covariances.AsSpan((bin + 1) * size * size, size * size).ToArray(), shift = means.AsSpan((bin + 1) * size, size).ToArray();
            for (int i = 0; i < difference.Length; i++) difference[i] -= predicted[i];
            for (int i = 0; i < size; i++) shift[i] -= predictedMean[i];
            double[] correction = SquareMatrix.Congruence(gain, difference, size), move = SquareMatrix.Apply(gain, shift);
            for (int i = 0; i < correction.Length; i++) covariance[i] += correction[i];
            for (int i = 0; i < size; i++) mean[i] += move[i];
        }
    }
}
