using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Glm;

/// <summary>A point-process generalised linear model of one unit: log λ = baseline + filtered past spikes + filtered signals + covariates.</summary>
/// <remarks>
/// The intensity is constant within a bin: η_t = offset + b + Σ h_j * spikes_j + Σ k * x + Σ c x^power + smooth effects, and the count of the bin
/// follows <see cref="Observation"/>, whose offset is log(binWidth) for the logarithmic links. Past spikes act from the next bin on and never across a gap between observed intervals.
/// <para><b>Source:</b> Truccolo, Eden, Fellows, Donoghue and Brown, J Neurophysiol 93:1074 (2005); Pillow et al., Nature 454:995 (2008).</para>
/// </remarks>
public sealed record GlmModel : IBinnedPointProcess
{
    /// <summary>Identifier of the modelled unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Width of a bin, in seconds.</summary>
    public required double BinWidth { get; init; }

    /// <summary>Logarithm of the rate in hertz when nothing else acts; the predictor itself for links without an offset (softplus, probit).</summary>
    public required double Baseline { get; init; }

    /// <summary>Law of the counts.</summary>
    public ObservationModel Observation { get; init; } = ObservationModel.Poisson;

    /// <summary>Effects of past spikes.</summary>
    public IReadOnlyList<SpikeFilter> SpikeFilters { get; init; } = [];

    /// <summary>Effects of signals with memory.</summary>
    public IReadOnlyList<SignalFilter> SignalFilters { get; init; } = [];

    /// <summary>Effects of the present value of signals.</summary>
    public IReadOnlyList<CovariateEffect> Covariates { get; init; } = [];

    /// <summary>Smooth effects of the present values of signals.</summary>
    public IReadOnlyList<SmoothEffect> SmoothEffects { get; init; } = [];

    /// <summary>Effects of signals with memory through functions of their value.</summary>
    public IReadOnlyList<NonlinearSignalFilter> NonlinearSignalFilters { get; init; } = [];

    /// <summary>What happens where the history was not observed.</summary>
    public EdgePolicy Edge { get; init; } = EdgePolicy.Drop;

    /// <summary>The number of fitted parameters; 1 (the baseline) for a model that was written down rather than fitted.</summary>
    public int ParameterCount { get; init; } = 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Units => [Unit];

    /// <summary>Names of the signals that the model depends on, each once; a recording must hold them.</summary>
    public IReadOnlyList<string> Signals =>
    [
        .. SignalFilters.Select(filter => filter.Signal)
            .Concat(Covariates.Select(covariate => covariate.Signal))
            .Concat(SmoothEffects.SelectMany(effect => effect.Signals))
            .Concat(NonlinearSignalFilters.Select(filter => filter.Signal))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The longest lag of any filter, in bins; 0 without filters.</summary>
    public int MaxLag => SpikeFilters.Select(filter => filter.LastLag)
        .Concat(SignalFilters.Select(filter => filter.LastLag))
        .Concat(NonlinearSignalFilters.Select(filter => filter.LastLag))
        .DefaultIfEmpty(0).Max();

    /// <summary>The number of bins at the start of each observed interval on which the model is not defined.</summary>
    public int DroppedBins => Edge == EdgePolicy.Drop ? MaxLag : 0;

    /// <inheritdoc/>
    public double LogLikelihood(Recording recording) => Score(recording, count => Observation.Constant(count));

    /// <inheritdoc/>
    public double LogDensity(Recording recording) => Score(recording, count => -count * Math.Log(BinWidth));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The grid has another bin width than the model.</exception>
    public double[] Intensity(Recording recording, string unit, BinGrid grid)
    {
        RequireUnit(unit);
        ArgumentNullException.ThrowIfNull(grid);
        if (Math.Abs(grid.BinWidth - BinWidth) > 1e-9 * BinWidth)
            throw new ArgumentException($"The model lives on bins of {BinWidth} s; its intensity cannot be given on bins of {grid.BinWidth} s.", nameof(grid));
        LinearPredictor predictor = LinearPredictor.Of(this, recording, grid);
        double[] intensity = new double[grid.BinCount];
        Observation.Hazard(predictor.Values, intensity);
        for (int bin = 0; bin < intensity.Length; bin++) intensity[bin] /= BinWidth;
        foreach (BinSegment segment in grid.Segments)
            intensity.AsSpan(segment.FirstBin, Math.Min(DroppedBins, segment.BinCount)).Fill(double.NaN);
        return intensity;
    }

    /// <inheritdoc/>
    public Compensator Compensate(Recording recording, string unit)
    {
        RequireUnit(unit);
        LinearPredictor predictor = LinearPredictor.Of(this, recording);
        double[] mean = new double[predictor.Values.Length], hazard = new double[mean.Length];
        Observation.Mean(predictor.Values, mean);
        Observation.Hazard(predictor.Values, hazard);
        List<CompensatorSegment> segments = [];
        int coincident = 0;
        foreach ((int first, int count, TimeInterval interval) in DefinedBins(predictor.Grid))
        {
            segments.Add(BinnedCompensator.Accumulate(
                interval, mean.AsSpan(first, count), hazard.AsSpan(first, count), predictor.SpikesWithin(first, count), out int coincidentHere));
            coincident += coincidentHere;
        }

        return new Compensator(Unit, IsDiscrete: true, segments, coincident);
    }

    /// <inheritdoc/>
    /// <exception cref="RunawayException">The unit ran away; <see cref="GlmPopulation.RateLimit"/> of a population of one changes the limit.</exception>
    public Recording Simulate(Recording conditions, ulong seed, CancellationToken cancellationToken = default) =>
        new GlmPopulation([this]).Simulate(conditions, seed, cancellationToken);

    private double Score(Recording recording, Func<int, double> constant)
    {
        LinearPredictor predictor = LinearPredictor.Of(this, recording);
        double sum = 0;
        foreach ((int first, int count, _) in DefinedBins(predictor.Grid))
        {
            double[] counts = new double[count];
            foreach (int bin in predictor.SpikesWithin(first, count)) counts[bin] = Observation.Clip((int)counts[bin] + 1);
            sum += Observation.LogLikelihood(predictor.Values.AsSpan(first, count), counts);
            foreach (double clipped in counts)
            {
                // An empty bin has no constant.
                if (clipped > 0) sum += constant((int)clipped);
            }
        }

        return sum;
    }

    // For each observed interval, the bins on which the model is defined and the time they cover.
    private IEnumerable<(int FirstBin, int BinCount, TimeInterval Interval)> DefinedBins(BinGrid grid)
    {
        for (int i = 0; i < grid.Segments.Length; i++)
        {
            BinSegment segment = grid.Segments[i];
            int dropped = Math.Min(DroppedBins, segment.BinCount);
            double start = segment.Start + (dropped * BinWidth), end = segment.Start + (segment.BinCount * BinWidth);
            yield return (segment.FirstBin + dropped, segment.BinCount - dropped, new TimeInterval(start, Math.Max(start, end)));
        }
    }

    private void RequireUnit(string unit)
    {
        if (!string.Equals(unit, Unit, StringComparison.Ordinal)) throw new UnknownUnitException(unit, Units);
    }
}
