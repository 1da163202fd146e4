using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Stability;

namespace SpikeStats.Models.Glm;

/// <summary>Watches the rates of a simulated population and stops it when spikes beget spikes without end.</summary>
/// <remarks>
/// A unit has run away if it fires above its limit for a whole window, and more than three times as often as its baseline, its signals and given spikes ask
/// for: a unit that is driven that hard is obedient, not unstable.
/// </remarks>
internal sealed class RunawayGuard
{
    // Long enough for no burst of a stable unit to fill it, short enough to stop a runaway before it fills the memory.
    private const double Window = 1;

    // In wide bins a rate is a share of bins, which a few bins do not tell.
    private const int FewestBins = 100;
    private const double DrivenFactor = 3;

    private readonly GlmModel[] models;
    private readonly BinGrid grid;
    private readonly Func<int, double[]> driveOf;
    private readonly int windowBins;
    private readonly double[] spikeLimits;
    private readonly bool[] isExcited;
    private readonly Queue<int>[] recent;
    private readonly double[]?[] drivenUpTo;

    /// <summary>Creates a guard.</summary>
    /// <param name="models">The models.</param>
    /// <param name="grid">The simulated bins.</param>
    /// <param name="rateLimit">Limit of all units, in hertz; null for the one of each.</param>
    /// <param name="driveOf">The predictors of a unit without the spikes of the simulated ones.</param>
    public RunawayGuard(GlmModel[] models, BinGrid grid, double? rateLimit, Func<int, double[]> driveOf)
    {
        this.models = models;
        this.grid = grid;
        this.driveOf = driveOf;
        windowBins = Math.Max(FewestBins, (int)Math.Round(Window / grid.BinWidth));
        HashSet<string> simulated = new(models.Select(model => model.Unit), StringComparer.Ordinal);
        isExcited = Array.ConvertAll(models, model => model.SpikeFilters.Any(filter => simulated.Contains(filter.Source)));
        spikeLimits = Array.ConvertAll(models, model => (rateLimit ?? SustainableRate.InSimulation(model)) * windowBins * grid.BinWidth);
        recent = Array.ConvertAll(models, _ => new Queue<int>());
        drivenUpTo = new double[]?[models.Length];
    }

    /// <summary>Forgets the past, at the start of an observed interval.</summary>
    public void Begin()
    {
        foreach (Queue<int> bins in recent) bins.Clear();
    }

    /// <summary>Refuses to draw from a predictor that no unit can have.</summary>
    public void Check(int unit, int bin, double predictor)
    {
        if (predictor <= models[unit].Observation.LargestPredictor) return;
        double[] mean = new double[1];
        models[unit].Observation.Mean([predictor], mean);
        throw RanAway(unit, bin, mean[0] / grid.BinWidth);
    }

    /// <summary>Counts the spikes of a bin.</summary>
    public void Add(int unit, int bin, int count)
    {
        if (!isExcited[unit]) return;
        Queue<int> bins = recent[unit];
        for (int spike = 0; spike < count; spike++) bins.Enqueue(bin);
        while (bin - bins.Peek() >= windowBins) bins.Dequeue();
        if (bins.Count > spikeLimits[unit] && bins.Count > DrivenFactor * Driven(unit, bin))
            throw RanAway(unit, bin, bins.Count / (windowBins * grid.BinWidth));
    }

    // What the unit would fire in the window up to a bin without the spikes of the simulated units.
    private double Driven(int unit, int bin)
    {
        if (drivenUpTo[unit] is not { } sums)
        {
            double[] mean = new double[grid.BinCount];
            models[unit].Observation.Mean(driveOf(unit), mean);
            sums = new double[grid.BinCount + 1];
            for (int i = 0; i < mean.Length; i++) sums[i + 1] = sums[i] + mean[i];
            drivenUpTo[unit] = sums;
        }

        int first = Math.Max(grid.SegmentOf(bin).FirstBin, bin - windowBins + 1);
        return sums[bin + 1] - sums[first];
    }

    private RunawayException RanAway(int unit, int bin, double rate) => new(models[unit].Unit, grid.StartOf(bin), rate, isExcited[unit]
        ? $"Its excitation by past spikes is unstable: {nameof(QuasiRenewal)} tells whether a unit is fragile or divergent, {nameof(PopulationStability)} judges coupled units, {nameof(DivergenceTime)} how long they last, and StableRefit fits a stable model."
        : "Its baseline, its signals or given spikes drive it there; check their scale.");
}
