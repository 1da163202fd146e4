using SpikeStats.Models.MeanField;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.Networks;

/// <summary>Populations of leaky integrate-and-fire neurons and the synapses between them: stated once, for theory and for simulation.</summary>
/// <remarks><see cref="ToRateNetwork"/> is its mean-field theory, <see cref="NetworkSimulation"/> draws its spikes.</remarks>
public sealed record SpikingNetwork
{
    /// <summary>States a network.</summary>
    /// <param name="populations">Its populations, each with another name.</param>
    /// <param name="projections">Its connections; several may join the same two populations.</param>
    /// <exception cref="InvalidNetworkException">A name is missing, used twice or unknown, or a number is out of range.</exception>
    public SpikingNetwork(IReadOnlyList<SpikingPopulation> populations, IReadOnlyList<SpikingProjection> projections)
    {
        ArgumentNullException.ThrowIfNull(populations);
        ArgumentNullException.ThrowIfNull(projections);
        Populations = [.. populations];
        Projections = [.. projections];
        Validate();
    }

    /// <summary>The populations.</summary>
    public IReadOnlyList<SpikingPopulation> Populations { get; }

    /// <summary>The connections.</summary>
    public IReadOnlyList<SpikingProjection> Projections { get; }

    /// <summary>The number of neurons.</summary>
    public int NeuronCount => Populations.Sum(population => population.Size);

    /// <summary>The mean-field theory of the network, which takes its inputs for white noise.</summary>
    /// <remarks>
    /// In time steps Δ, with h = Δ/τ, neurons are those of <see cref="DiscreteTimeTransfer"/>, and a jump at the end of a step counts 2/(1 + e^(-h)) times: it has not decayed yet when the threshold
    /// is looked at. Synaptic time constants are taken for short.
    /// </remarks>
    /// <param name="timeStep">Δ, in seconds; 0 for continuous time.</param>
    /// <returns>The network of rates, with populations in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative or not finite.</exception>
    public RateNetwork ToRateNetwork(double timeStep = 0) => new(
        [.. Populations.Select(population => new NetworkPopulation(
            timeStep == 0 ? new LeakyTransfer(population.Neuron) : new DiscreteTimeTransfer(population.Neuron, timeStep), population.Neuron.TimeConstant)
        {
            Background = population.Background,
            Drives = [.. population.Drives.Select(drive => drive with { Weight = drive.Weight * JumpFactor(population, timeStep) })],
        })],
        [.. Projections.SelectMany(projection =>
        {
            (int source, int target) = (IndexOf(projection.Source), IndexOf(projection.Target));
            double weight = projection.Weight * (projection.SynapticTimeConstant == 0 ? JumpFactor(Populations[target], timeStep) : 1);
            return projection.Rule.Inputs(Populations[source].Size, Populations[target].Size)
                .Select(input => new Projection(target, source, input.InDegree, input.Factor * weight, projection.Delay));
        })]);

    /// <summary>The index of a population.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The index in <see cref="Populations"/>.</returns>
    /// <exception cref="InvalidNetworkException">There is no such population.</exception>
    public int IndexOf(string name) => Find(name) is >= 0 and var index
        ? index
        : throw new InvalidNetworkException($"there is no population '{name}'", Choices(name));

    private static double JumpFactor(SpikingPopulation population, double timeStep) => 2 / (1 + Math.Exp(-timeStep / population.Neuron.TimeConstant));

    private int Find(string name)
    {
        for (int i = 0; i < Populations.Count; i++)
        {
            if (string.Equals(Populations[i].Name, name, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    private string Choices(string name)
    {
        string[] names = [.. Populations.Select(population => population.Name)];
        string nearest = Spelling.Nearest(name, names) is { } known ? $"did you mean '{known}'? " : "";
        return $"{nearest}There are {string.Join(", ", names)}";
    }

    private void Validate()
    {
        if (Populations.Count == 0) throw new InvalidNetworkException("it has no population", "state at least one");
        foreach (SpikingPopulation population in Populations)
        {
            if (string.IsNullOrWhiteSpace(population.Name)) throw new InvalidNetworkException("a population has no name", "give each its name");
            if (Populations.Count(other => string.Equals(other.Name, population.Name, StringComparison.Ordinal)) > 1)
                throw new InvalidNetworkException($"two populations are called '{population.Name}'", "give each its own name");
            if (population.Size <= 0) throw new InvalidNetworkException($"population '{population.Name}' has {population.Size} neurons", "give it at least one");
            if (population.Neuron is null) throw new InvalidNetworkException($"population '{population.Name}' has no neuron", "state its parameters");
            if (population.Neuron.Reset >= population.Neuron.Threshold)
                throw new InvalidNetworkException(FormattableString.Invariant($"the reset of population '{population.Name}' ({population.Neuron.Reset} V) is not below its threshold ({population.Neuron.Threshold} V)"), "lower the reset");
        }

        for (int i = 0; i < Projections.Count; i++) Validate(i, Projections[i]);
    }

    private void Validate(int index, SpikingProjection projection)
    {
        string where = $"projection {index} from '{projection.Source}' to '{projection.Target}'";
        foreach (string name in (string[])[projection.Source, projection.Target])
        {
            if (Find(name) < 0) throw new InvalidNetworkException($"{where} names the population '{name}', which does not exist", Choices(name));
        }

        if (!double.IsFinite(projection.Weight)) throw new InvalidNetworkException($"the weight of {where} is not finite", "state it in volts");
        if (!(projection.Delay >= 0) || !double.IsFinite(projection.Delay)) throw new InvalidNetworkException(FormattableString.Invariant($"the delay of {where} is {projection.Delay} s"), "state a positive delay in seconds");
        if (!(projection.SynapticTimeConstant >= 0) || !double.IsFinite(projection.SynapticTimeConstant))
            throw new InvalidNetworkException(FormattableString.Invariant($"the synaptic time constant of {where} is {projection.SynapticTimeConstant} s"), "state 0 or a positive time in seconds");
        if (projection.Rule.Objection(Populations[Find(projection.Source)].Size, Populations[Find(projection.Target)].Size) is { } objection)
            throw new InvalidNetworkException($"{where}: {objection}", "mend the rule of connection");
    }
}
