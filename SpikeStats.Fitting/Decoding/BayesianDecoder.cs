using MathNet.Numerics;

namespace SpikeStats.Fitting.Decoding;

/// <summary>Decodes a position from the spikes of many units by Bayes' rule.</summary>
/// <remarks>
/// P(x | n) ∝ P(x) Π_u Poisson(n_u; r_u(x) Δ) for the counts n of a window of length Δ. With <see cref="Diffusion"/> the position follows a random walk
/// from window to window: the posterior is then that of a hidden Markov chain, given all windows of the observed interval
/// (forward-backward), or given those up to the present one if <see cref="IsCausal"/> is set.
/// <para><b>Assumes</b> that the units are independent Poisson processes given the position, and that the position is constant in a window.</para>
/// <para><b>Accuracy:</b> computed in logarithms; tested against reference values to 1e-9 and against sums over all paths.</para>
/// <para><b>Source:</b> Zhang, Ginzburg, McNaughton and Sejnowski, J Neurophysiol 79:1017 (1998); Brown et al., J Neurosci 18:7411 (1998).</para>
/// </remarks>
public sealed record BayesianDecoder
{
    /// <summary>The tuning curves of the units to decode from.</summary>
    public required TuningCurves Curves { get; init; }

    /// <summary>Length of a decoding window, in seconds; positive.</summary>
    /// <value>0.25 by default.</value>
    public double Window { get; init; } = 0.25;

    /// <summary>Prior probabilities of the positions, not negative, of any sum; null for equal ones at all positions that were visited.</summary>
    /// <value>null by default.</value>
    public IReadOnlyList<double>? Prior { get; init; }

    /// <summary>Standard deviation of the displacement in one second, in the unit of the position; null to decode every window on its own.</summary>
    /// <remarks>The step from x to y has a weight exp(-(x - y)² / (2 D² Δ)), normalised over the positions y that the prior allows.</remarks>
    /// <value>null by default.</value>
    public double? Diffusion { get; init; }

    /// <summary>Whether only past and present windows are used, as a decoder in real time must.</summary>
    /// <value>false by default.</value>
    public bool IsCausal { get; init; }

    /// <summary>The posterior of the position given the counts of one window.</summary>
    /// <param name="counts">Spikes of each unit of the curves in the window, not negative.</param>
    /// <returns>Probabilities, one per position, of sum 1.</returns>
    /// <exception cref="ArgumentException">There is not one count per unit, or one is negative.</exception>
    public double[] Posterior(ReadOnlySpan<int> counts)
    {
        double[] logarithms = LogPrior();
        if (counts.Length != Curves.Units.Count) throw new ArgumentException($"{Curves.Units.Count} units need as many counts, not {counts.Length}.", nameof(counts));
        double[] totals = TotalMeans();
        for (int cell = 0; cell < logarithms.Length; cell++) logarithms[cell] -= totals[cell];
        for (int unit = 0; unit < counts.Length; unit++)
        {
            if (counts[unit] < 0) throw new ArgumentException("A count must not be negative.", nameof(counts));
            ReadOnlySpan<double> rates = Curves.RatesOf(unit);
            for (int cell = 0; cell < logarithms.Length; cell++) logarithms[cell] += counts[unit] * Math.Log(rates[cell] * Window);
        }

        double evidence = ForwardBackward.LogSum(logarithms);
        return Array.ConvertAll(logarithms, value => Math.Exp(value - evidence));
    }

    /// <summary>Decodes a recording.</summary>
    /// <param name="recording">A recording that holds all units of the curves; others are ignored.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>The posterior in every whole window of the observed intervals; without windows if none is long enough.</returns>
    /// <exception cref="UnknownUnitException">A unit of the curves is missing.</exception>
    public PositionPosterior Decode(Recording recording, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        double[] logPrior = LogPrior();
        int positions = Curves.PositionCount;
        int[] units = [.. Curves.Units.Select(recording.Units.IndexOf)];
        BinGrid grid = new(recording.Observed, Window);
        SpikeCounts counts = SpikeCounts.FromRecording(recording, grid);
        double[] emissions = LogEmissions(counts, units);
        double[] probabilities = new double[emissions.Length];
        double logEvidence = 0;
        TransitionMatrix? walk = Diffusion is null ? null : RandomWalk(logPrior);
        foreach (BinSegment segment in grid.Segments)
        {
            // Without a walk every window is a chain of its own.
            int length = walk is null ? 1 : segment.BinCount;
            for (int first = segment.FirstBin; first < segment.FirstBin + segment.BinCount; first += length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ForwardBackward chain = ForwardBackward.Run(logPrior, _ => walk!, emissions.AsSpan(first * positions, length * positions));
                logEvidence += chain.LogLikelihood;
                (IsCausal ? chain.Filtered : chain.Posterior).CopyTo(probabilities, first * positions);
            }
        }

        return new PositionPosterior(grid, Curves.Positions.ToArray(), probabilities, logEvidence);
    }

    private double[] LogPrior()
    {
        if (!(Window > 0) || !double.IsFinite(Window)) throw new ArgumentOutOfRangeException(nameof(Window), Window, "The window must be positive.");
        if (Diffusion is not null && (!(Diffusion > 0) || !double.IsFinite(Diffusion.Value)))
            throw new ArgumentOutOfRangeException(nameof(Diffusion), Diffusion, "The diffusion must be positive.");
        double[] prior = Prior is null ? Array.ConvertAll(Curves.Occupancy.ToArray(), time => time > 0 ? 1.0 : 0) : [.. Prior];
        double sum = prior.Sum();
        if (prior.Length != Curves.PositionCount || prior.Any(value => !(value >= 0)) || !(sum > 0) || !double.IsFinite(sum))
            throw new ArgumentException($"The prior needs {Curves.PositionCount} probabilities, not negative and not all zero.", nameof(Prior));
        return Array.ConvertAll(prior, value => Math.Log(value / sum));
    }

    private double[] TotalMeans()
    {
        double[] totals = new double[Curves.PositionCount];
        for (int unit = 0; unit < Curves.Units.Count; unit++)
        {
            ReadOnlySpan<double> rates = Curves.RatesOf(unit);
            for (int cell = 0; cell < totals.Length; cell++) totals[cell] += rates[cell] * Window;
        }

        return totals;
    }

    // Window after window, with the constant -log n! of every count, so that the evidence is that of the counts.
    private double[] LogEmissions(SpikeCounts counts, int[] units)
    {
        int positions = Curves.PositionCount;
        double[] emissions = new double[(long)counts.Grid.BinCount * positions], totals = TotalMeans(), logMeans = new double[positions];
        for (int window = 0; window < counts.Grid.BinCount; window++)
        {
            for (int cell = 0; cell < positions; cell++) emissions[(window * positions) + cell] = -totals[cell];
        }

        for (int unit = 0; unit < units.Length; unit++)
        {
            for (int cell = 0; cell < positions; cell++) logMeans[cell] = Math.Log(Curves.RatesOf(unit)[cell] * Window);
            int[] spikes = counts.CountsOf(units[unit]);
            for (int window = 0; window < spikes.Length; window++)
            {
                if (spikes[window] == 0) continue;
                double constant = SpecialFunctions.FactorialLn(spikes[window]);
                for (int cell = 0; cell < positions; cell++) emissions[(window * positions) + cell] += (spikes[window] * logMeans[cell]) - constant;
            }
        }

        return emissions;
    }

    private TransitionMatrix RandomWalk(double[] logPrior)
    {
        ReadOnlySpan<double> positions = Curves.Positions;
        int count = positions.Length;
        double variance = Diffusion!.Value * Diffusion.Value * Window;
        double[] logarithms = new double[count * count];
        for (int from = 0; from < count; from++)
        {
            Span<double> row = logarithms.AsSpan(from * count, count);
            for (int to = 0; to < count; to++)
            {
                double step = positions[to] - positions[from];
                row[to] = double.IsNegativeInfinity(logPrior[to]) ? double.NegativeInfinity : -0.5 * step * step / variance;
            }

            double sum = ForwardBackward.LogSum(row);
            for (int to = 0; to < count; to++) row[to] -= sum;
        }

        return TransitionMatrix.FromLogarithms(count, logarithms);
    }
}
