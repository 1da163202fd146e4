using SpikeStats.Models.MeanField;
using SpikeStats.Models.Networks;

namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>A simulated network beside its mean-field theory for the same time step: rate and coefficient of variation of each population.</summary>
/// <remarks>
/// Theory takes the input for white noise. Rates bear that well; the coefficient of variation does not where most of the input comes from the network, whose spikes are no Poisson process
/// (docs/theory/simulators.md), nor does any number in a synchronous state. Standard errors are those of the means of twenty segments of time, so that common fluctuations count.
/// </remarks>
public sealed class NetworkValidation
{
    private const int Segments = 20;

    private NetworkValidation(IReadOnlyList<ValidationRow> rows, NetworkActivity activity, NetworkValidationOptions options, bool isPassed)
    {
        Rows = rows;
        Activity = activity;
        Options = options;
        IsPassed = isPassed;
    }

    /// <summary>The numbers, two for each population: rate, then coefficient of variation.</summary>
    public IReadOnlyList<ValidationRow> Rows { get; }

    /// <summary>The state of the whole network, from its spikes.</summary>
    public NetworkActivity Activity { get; }

    /// <summary>What counts as agreement.</summary>
    public NetworkValidationOptions Options { get; }

    /// <summary>Whether the network is asynchronous, and every number within the bound or the tolerance.</summary>
    public bool IsPassed { get; }

    /// <summary>Simulates and compares.</summary>
    /// <param name="network">The network.</param>
    /// <param name="duration">The analysed time, in seconds; positive.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="simulation">How it is simulated; all populations are looked at.</param>
    /// <param name="options">What counts as agreement.</param>
    /// <param name="progress">Receives the fraction done, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="InvalidOperationException">Theory has no stable state.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NetworkValidation Run(
        SpikingNetwork network, double duration, ulong seed, NetworkSimulationOptions? simulation = null, NetworkValidationOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        simulation = (simulation ?? new NetworkSimulationOptions()) with { RecordedPopulations = null };
        options ??= new NetworkValidationOptions();
        RateNetwork theory = network.ToRateNetwork(simulation.TimeStep);
        FixedPoint point = theory.FixedPoints(cancellationToken: cancellationToken).Points.LastOrDefault(candidate => candidate.IsStaticallyStable)
            ?? throw new InvalidOperationException("Theory finds no statically stable rates of this network, so that there is nothing to hold a simulation against.");
        Recording recording = new NetworkSimulation(network, simulation).Simulate(duration, seed, progress, cancellationToken);
        List<ValidationRow> rows = [];
        int firstUnit = 0;
        for (int i = 0; i < network.Populations.Count; i++)
        {
            SpikingPopulation population = network.Populations[i];
            SpikeTrain[] trains = [.. Enumerable.Range(firstUnit, population.Size).Select(unit => recording[unit])];
            firstUnit += population.Size;
            rows.Add(Row($"rate of {population.Name}", "Hz", point.Rates[i], Pieces(trains, duration).Select(piece => piece.Spikes / (duration / Segments) / population.Size)));
            double variation = theory.Populations[i].Transfer.CoefficientOfVariation(point.Inputs[i]);
            (double sum, double square, long count) = Intervals(trains, 0, duration);
            ValidationRow spread = Row($"CV of {population.Name}", "", variation, Pieces(trains, duration).Select(piece => piece.Variation));
            rows.Add(spread with { Simulated = VariationOf(sum, square, count) });
        }

        NetworkActivity activity = NetworkActivity.Of(recording);
        bool isAsynchronous = activity.Regime is NetworkRegime.AsynchronousIrregular or NetworkRegime.AsynchronousRegular;
        bool isPassed = isAsynchronous && rows.All(row => Math.Abs(row.Z) <= options.Bound
            || Math.Abs(row.Simulated - row.Theory) <= row.Theory * (row.Unit.Length > 0 ? options.RateTolerance : options.VariationTolerance));
        return new NetworkValidation(rows, activity, options, isPassed);
    }

    private static ValidationRow Row(string quantity, string unit, double theory, IEnumerable<double> pieces)
    {
        double[] values = [.. pieces.Where(double.IsFinite)];
        double mean = values.Average(), variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        return new ValidationRow(quantity, unit, theory, mean, Math.Sqrt(variance / values.Length));
    }

    private static IEnumerable<(double Spikes, double Variation)> Pieces(SpikeTrain[] trains, double duration)
    {
        for (int piece = 0; piece < Segments; piece++)
        {
            (double start, double end) = (duration * piece / Segments, duration * (piece + 1) / Segments);
            (double sum, double square, long count) = Intervals(trains, start, end);
            yield return (trains.Sum(train => train.TimesIn(new TimeInterval(start, end)).Length), VariationOf(sum, square, count));
        }
    }

    // Intervals by the time of the spike that ends them: short segments lose no long ones but those before their first spike.
    private static (double Sum, double Square, long Count) Intervals(SpikeTrain[] trains, double start, double end)
    {
        double sum = 0, square = 0;
        long count = 0;
        foreach (SpikeTrain train in trains)
        {
            ReadOnlySpan<double> times = train.Times;
            for (int i = 1; i < times.Length; i++)
            {
                if (times[i] < start || times[i] >= end) continue;
                double interval = times[i] - times[i - 1];
                sum += interval;
                square += interval * interval;
                count++;
            }
        }

        return (sum, square, count);
    }

    private static double VariationOf(double sum, double square, long count)
    {
        double mean = sum / count;
        return count > 1 ? Math.Sqrt(Math.Max(0, (square / count) - (mean * mean))) / mean : double.NaN;
    }
}
