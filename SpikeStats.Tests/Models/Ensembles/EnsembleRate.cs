using SpikeStats.Models.Generators;

namespace SpikeStats.Tests.Models.Ensembles;

/// <summary>The mean rate of the units of a simulation, and its standard error from their independence.</summary>
internal readonly record struct EnsembleRate(double Rate, double StandardError)
{
    public static EnsembleRate Of(ISpikeGenerator generator, double duration, ulong seed) => Of(generator.Simulate(duration, seed));

    public static EnsembleRate Of(Recording recording)
    {
        double[] rates = [.. recording.Trains.Select(train => train.Count / recording.Observed.Duration)];
        double mean = rates.Average(), variance = rates.Sum(rate => (rate - mean) * (rate - mean)) / (rates.Length - 1);
        return new EnsembleRate(mean, Math.Sqrt(variance / rates.Length));
    }
}
