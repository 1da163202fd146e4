namespace SpikeStats.Models.Networks;

/// <summary>How excitation and inhibition of a neuron cancel, from simulated inputs: in a balanced network each grows as √K, their sum does not.</summary>
/// <remarks>
/// The inputs are seen by membranes like those of the population that never fire: one that hears only what excites, one only what inhibits, and one that hears all, each as many connections by
/// the same rule as the neurons themselves. <b>Source:</b> van Vreeswijk and Sompolinsky, Science 274:1724 (1996).
/// </remarks>
/// <param name="Excitation">The mean voltage that excitation and a positive mean input alone would bring about, in volts.</param>
/// <param name="Inhibition">The same of inhibition and a negative mean input, in volts; negative.</param>
/// <param name="Net">The mean voltage that all of it would bring about without a threshold, in volts.</param>
/// <param name="Fluctuation">The standard deviation of that voltage in time, in volts.</param>
public sealed record InputBalance(double Excitation, double Inhibition, double Net, double Fluctuation)
{
    private const string Heard = "excitation", Feared = "inhibition", All = "all inputs";

    // A voltage that no input reaches, in volts.
    private const double Unreachable = 1e6;

    // Time constants of the membrane.
    private const double ForgottenAfter = 10;

    /// <summary>|E + I| / (|E| + |I|), dimensionless: 0 for a perfect balance, 1 for excitation or inhibition alone.</summary>
    public double Imbalance => Math.Abs(Excitation + Inhibition) / (Math.Abs(Excitation) + Math.Abs(Inhibition));

    /// <summary>Simulates a network and measures the inputs of a population.</summary>
    /// <param name="network">The network.</param>
    /// <param name="population">The name of the population.</param>
    /// <param name="duration">How long, in seconds; positive.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="membranes">How many membranes of each kind listen; positive.</param>
    /// <param name="options">How it is simulated. What it says about recording is not looked at; the network runs for ten time constants of the membrane, or for its longer warm-up, before.</param>
    /// <param name="progress">Receives the fraction done, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>The inputs, averaged over time and membranes.</returns>
    /// <exception cref="InvalidNetworkException">There is no such population, or its inputs are one-to-one or from a matrix, which says nothing of other neurons.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The duration or the number of membranes is not positive.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static InputBalance Measure(
        SpikingNetwork network, string population, double duration, ulong seed, int membranes = 10, NetworkSimulationOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(membranes);
        SpikingPopulation observed = network.Populations[network.IndexOf(population)];
        SpikingProjection[] inputs = [.. network.Projections.Where(projection => string.Equals(projection.Target, population, StringComparison.Ordinal))];
        if (inputs.Any(input => input.Rule is OneToOne or FromMatrix))
            throw new InvalidNetworkException($"the inputs of '{population}' belong to single neurons, so that other membranes cannot hear the like", "record a voltage instead, or use random connections");

        (string Name, Func<double, bool> Hears)[] kinds = [(Heard, weight => weight > 0), (Feared, weight => weight < 0), (All, _ => true)];
        SpikingNetwork extended = new(
            [.. network.Populations, .. kinds.Select(kind => Listener(kind.Name, kind.Hears))],
            [.. network.Projections, .. kinds.SelectMany(kind => inputs.Where(input => kind.Hears(input.Weight)).Select(input => input with { Target = NameOf(kind.Name) }))]);
        options ??= new NetworkSimulationOptions();
        NetworkSimulationOptions recorded = options with
        {
            WarmUp = Math.Max(options.WarmUp, ForgottenAfter * observed.Neuron.TimeConstant),
            RecordedPopulations = [],
            RecordedVoltages = [.. kinds.SelectMany(kind => Enumerable.Range(0, membranes).Select(i => FormattableString.Invariant($"{NameOf(kind.Name)}.{i}")))],
        };
        IReadOnlyList<SampledSignal> signals = new NetworkSimulation(extended, recorded).Simulate(duration, seed, progress, cancellationToken).Signals;
        double[] means = [.. signals.Select(MeanOf)];
        double variance = Enumerable.Range(2 * membranes, membranes).Average(i => VarianceOf(signals[i], means[i]));
        return new InputBalance(means.Take(membranes).Average(), means.Skip(membranes).Take(membranes).Average(), means.Skip(2 * membranes).Average(), Math.Sqrt(variance));

        string NameOf(string kind) => $"{kind} of {population}";

        SpikingPopulation Listener(string kind, Func<double, bool> hears) => new(NameOf(kind), membranes, observed.Neuron with { Threshold = Unreachable })
        {
            InitialVoltage = 0,
            Background = hears(observed.Background.Mean) ? observed.Background : new(0, 0),
            Drives = [.. observed.Drives.Where(drive => hears(drive.Weight))],
        };
    }

    private static double MeanOf(SampledSignal signal)
    {
        double sum = 0;
        foreach (double value in signal.Values) sum += value;
        return sum / signal.Count;
    }

    private static double VarianceOf(SampledSignal signal, double mean)
    {
        double sum = 0;
        foreach (double value in signal.Values) sum += (value - mean) * (value - mean);
        return sum / signal.Count;
    }
}
