using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Glm;

/// <summary>Units whose generalised linear models act on each other, simulated and scored together.</summary>
/// <remarks>
/// Given the past, the units of a bin are independent: the log-likelihood is the sum of the units' own, and simulation draws every unit
/// of a bin before any of those spikes acts.
/// </remarks>
public sealed class GlmPopulation : IPointProcess
{
    // Spikes are laid a little inside their bin, so that binning the simulated recording gives back the drawn counts.
    private const double Margin = 1e-6;

    private readonly GlmModel[] models;

    /// <summary>Creates a population.</summary>
    /// <param name="models">One model per unit, all with the same bin width.</param>
    /// <exception cref="ArgumentException">No model, two models of one unit, or different bin widths.</exception>
    public GlmPopulation(IEnumerable<GlmModel> models)
    {
        this.models = [.. models];
        if (this.models.Length == 0) throw new ArgumentException("A population needs at least one model.", nameof(models));
        Units = [.. this.models.Select(model => model.Unit)];
        if (Units.Distinct(StringComparer.Ordinal).Count() != Units.Count)
            throw new ArgumentException("Two models explain the same unit.", nameof(models));
        if (this.models.Any(model => model.BinWidth != this.models[0].BinWidth))
            throw new ArgumentException("All models of a population need the same bin width.", nameof(models));
    }

    /// <summary>The models, one per unit.</summary>
    public IReadOnlyList<GlmModel> Models => models;

    /// <summary>The rate at which a simulated unit counts as run away, in hertz; positive, infinite for none.</summary>
    /// <remarks>
    /// It has to fire so fast for a second (a hundred bins if these are longer), on average, and three times as fast as its baseline, its signals and given spikes alone would drive it.
    /// </remarks>
    /// <value>null by default: 500 Hz, or nine tenths of the ceiling that refractoriness or binary bins set, whichever is less.</value>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public double? RateLimit
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The rate limit must be positive.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Units { get; }

    /// <inheritdoc/>
    public int ParameterCount => models.Sum(model => model.ParameterCount);

    /// <inheritdoc/>
    public double LogLikelihood(Recording recording) => models.Sum(model => model.LogLikelihood(recording));

    /// <inheritdoc/>
    public double[] Intensity(Recording recording, string unit, BinGrid grid) => ModelOf(unit).Intensity(recording, unit, grid);

    /// <inheritdoc/>
    public Compensator Compensate(Recording recording, string unit) => ModelOf(unit).Compensate(recording, unit);

    /// <summary>Draws spikes of all units, bin by bin, each from its own random stream.</summary>
    /// <remarks>
    /// Before the start of an observed interval there is silence. Spike times are uniform within their bin. Cost O(bins × units + spikes × lags × units).
    /// </remarks>
    /// <param name="conditions">Observed intervals, signals, and the given spikes of units that act but are not modelled.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>A recording of the modelled units with the trials and signals of <paramref name="conditions"/>.</returns>
    /// <exception cref="RunawayException">A unit ran away: beyond <see cref="RateLimit"/>, or to a bin with more than 10^4 expected spikes where bins may hold many.</exception>
    public Recording Simulate(Recording conditions, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        BinGrid grid = new(conditions.Observed, models[0].BinWidth);
        double[][] predictors = Array.ConvertAll(models, model => Prepare(model, conditions, grid));
        (int Target, int FirstLag, double[] Gain)[][] outgoing = Outgoing();
        RandomStream[] streams = [.. models.Select((_, unit) => new RandomStream(seed, (uint)unit))];
        List<double>[] times = Array.ConvertAll(models, _ => new List<double>());
        RunawayGuard guard = new(models, grid, RateLimit, unit => Prepare(models[unit], conditions, grid));
        foreach (BinSegment segment in grid.Segments)
        {
            guard.Begin();
            for (int bin = segment.FirstBin; bin < segment.FirstBin + segment.BinCount; bin++)
            {
                if ((bin & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                for (int unit = 0; unit < models.Length; unit++)
                {
                    guard.Check(unit, bin, predictors[unit][bin]);
                    int count = models[unit].Observation.Draw(predictors[unit][bin], streams[unit]);
                    if (count == 0) continue;
                    guard.Add(unit, bin, count);
                    AddTimes(times[unit], segment.Start + ((bin - segment.FirstBin) * grid.BinWidth), grid.BinWidth, count, streams[unit]);
                    for (int spike = 0; spike < count; spike++)
                    {
                        foreach ((int target, int firstLag, double[] gain) in outgoing[unit])
                            LinearPredictor.AddAfter(predictors[target], grid, bin, firstLag, gain);
                    }
                }
            }
        }

        return Recording.FromTrains(
            models.Select((model, unit) => SpikeTrain.FromSorted(times[unit].ToArray(), conditions.Observed, model.Unit)),
            conditions.Trials, conditions.Signals);
    }

    private static void AddTimes(List<double> times, double start, double binWidth, int count, RandomStream stream)
    {
        int first = times.Count;
        for (int spike = 0; spike < count; spike++) times.Add(start + (binWidth * Math.Clamp(stream.NextDouble(), Margin, 1 - Margin)));
        if (count > 1) times.Sort(first, count, null);
    }

    private double[] Prepare(GlmModel model, Recording conditions, BinGrid grid)
    {
        double[] values = LinearPredictor.FromSignals(model, conditions, grid);
        foreach (SpikeFilter filter in model.SpikeFilters.Where(filter => !Units.Contains(filter.Source, StringComparer.Ordinal)))
        {
            double[] gain = [.. filter.LogGain];
            SpikeCounts given = SpikeCounts.FromRecording(conditions.Where(unit => string.Equals(unit.Id, filter.Source, StringComparison.Ordinal)), grid);
            if (given.UnitCount == 0) throw new UnknownUnitException(filter.Source, conditions.Units.Ids);
            foreach (int bin in given.BinsOf(0)) LinearPredictor.AddAfter(values, grid, bin, filter.FirstLag, gain);
        }

        return values;
    }

    // For each unit, the filters by which its spikes act on the modelled units.
    private (int Target, int FirstLag, double[] Gain)[][] Outgoing()
    {
        List<(int, int, double[])>[] bySource = Array.ConvertAll(models, _ => new List<(int, int, double[])>());
        for (int target = 0; target < models.Length; target++)
        {
            foreach (SpikeFilter filter in models[target].SpikeFilters)
            {
                int source = Array.FindIndex(models, model => string.Equals(model.Unit, filter.Source, StringComparison.Ordinal));
                if (source >= 0) bySource[source].Add((target, filter.FirstLag, [.. filter.LogGain]));
            }
        }

        return Array.ConvertAll(bySource, edges => edges.ToArray());
    }

    private GlmModel ModelOf(string unit) =>
        Array.Find(models, model => string.Equals(model.Unit, unit, StringComparison.Ordinal)) ?? throw new UnknownUnitException(unit, Units);
}
