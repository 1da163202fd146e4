using System.Text.Json;
using System.Text.Json.Serialization;
using SpikeStats.Models.MeanField;
using SpikeStats.Models.Networks;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>Populations of leaky neurons and what joins them, as a JSON document. SI units; <c>docs/formats/network.md</c> shows the fields.</summary>
public sealed record NetworkModelDocument
{
    /// <summary>The name and version of the layout.</summary>
    public const string SchemaName = "spikestats.model.network/1";

    /// <summary><see cref="SchemaName"/>.</summary>
    public required string Schema { get; init; }

    /// <summary>The populations; each has another name.</summary>
    public required IReadOnlyList<Population> Populations { get; init; }

    /// <summary>Their connections.</summary>
    public IReadOnlyList<Connection> Projections { get; init => field = value ?? []; } = [];

    /// <summary>Reads a network.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="InvalidDocumentException">It is no such document; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NetworkModelDocument Read(string path) => DocumentFile.Read(
        path,
        new Dictionary<string, Func<JsonElement, NetworkModelDocument>>(StringComparer.Ordinal)
        {
            [SchemaName] = root =>
            {
                NetworkModelDocument document = root.Deserialize(DocumentJson.Default.NetworkModelDocument)!;
                document.ToNetwork();
                return document;
            },
        },
        $"give a document of schema {SchemaName}, as docs/cli.md shows it");

    /// <summary>The document of Brunel's network, as one population.</summary>
    /// <param name="brunel">The network.</param>
    public static NetworkModelDocument Of(BrunelNetwork brunel)
    {
        ArgumentNullException.ThrowIfNull(brunel);
        RateNetwork network = brunel.ToNetwork();
        const string All = "all";
        return new NetworkModelDocument
        {
            Schema = SchemaName,
            Populations =
            [
                new Population
                {
                    Name = All, Tau = brunel.Neuron.TimeConstant, Threshold = brunel.Neuron.Threshold, Reset = brunel.Neuron.Reset, Refractory = brunel.Neuron.RefractoryPeriod,
                    Drives = [.. network.Populations[0].Drives.Select(drive => new Drive(drive.InDegree, drive.Weight, drive.Rate))],
                },
            ],
            Projections = [.. network.Projections.Select(projection => new Connection(All, All, projection.Weight, projection.Delay) { InDegree = projection.InDegree })],
        };
    }

    /// <summary>The network.</summary>
    /// <exception cref="FormatException">Names are not unique, or a projection names none of them.</exception>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public RateNetwork ToNetwork()
    {
        string[] names = [.. Populations.Select(population => population.Name)];
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length) throw new FormatException("two populations have the same name");
        return new RateNetwork(
            [.. Populations.Select(population => population.ToPopulation())],
            [.. Projections.Select(projection => new Projection(Index(projection.Target), Index(projection.Source), InDegreeOf(projection, Index(projection.Source)), projection.Weight, projection.Delay))]);

        int Index(string name) => Array.IndexOf(names, name) is >= 0 and var index
            ? index
            : throw new FormatException($"a projection names the population '{name}', but there are {string.Join(", ", names)}.{Spelling.Suggestion(name, names)}");
    }

    /// <summary>The network as spiking neurons.</summary>
    /// <exception cref="FormatException">A population has no size, or an in-degree is no whole number.</exception>
    /// <exception cref="ArgumentException">The network contradicts itself.</exception>
    public SpikingNetwork ToSpikingNetwork() => new(
        [.. Populations.Select(population => population.ToSpikingPopulation())],
        [.. Projections.Select(projection => new SpikingProjection(projection.Source, projection.Target, RuleOf(projection), projection.Weight, projection.Delay) { SynapticTimeConstant = projection.SynapticTau })]);

    private double InDegreeOf(Connection projection, int source) =>
        projection.InDegree ?? (projection.OneToOne ? 1 : projection.Probability is { } probability ? probability * Populations[source].SizeNeeded() : throw NoRule(projection));

    private static Connectivity RuleOf(Connection projection)
    {
        if (projection.InDegree is { } degree)
            return degree == Math.Round(degree) && degree <= int.MaxValue ? new FixedInDegree((int)degree) : throw new FormatException(FormattableString.Invariant($"the inDegree {degree} is no whole number"));
        if (projection.OneToOne) return new OneToOne();
        return new PairwiseBernoulli(projection.Probability ?? throw NoRule(projection));
    }

    private static FormatException NoRule(Connection projection) => new($"the projection from '{projection.Source}' to '{projection.Target}' states none of inDegree, probability and oneToOne");

    /// <summary>Like neurons with like inputs; what is left out has the value of Brunel's paper, and there is no input.</summary>
    public sealed record Population
    {
        private static readonly LeakyIntegrateAndFire defaults = new();

        /// <summary>What projections call it.</summary>
        public required string Name { get; init; }

        /// <summary>The number of neurons; theory needs it only where a projection states a probability.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Size { get; init; }

        /// <summary>Time constant of the membrane, in seconds.</summary>
        public double? Tau { get; init; }

        /// <summary>Threshold, in volts.</summary>
        public double? Threshold { get; init; }

        /// <summary>Voltage after a spike, in volts.</summary>
        public double? Reset { get; init; }

        /// <summary>Absolute refractory period, in seconds.</summary>
        public double? Refractory { get; init; }

        /// <summary>Constant mean input, in volts.</summary>
        public double Mu { get; init; }

        /// <summary>Constant noise, in volts.</summary>
        public double Sigma { get; init; }

        /// <summary>Poisson inputs from outside.</summary>
        public IReadOnlyList<Drive> Drives { get; init => field = value ?? []; } = [];

        private WhiteNoiseInput Background => new(Mu, Sigma);

        private IReadOnlyList<PoissonDrive> PoissonDrives => [.. Drives.Select(drive => new PoissonDrive(drive.InDegree, drive.Weight, drive.Rate))];

        internal int SizeNeeded() => Size ?? throw new FormatException($"the population '{Name}' states no size");

        internal NetworkPopulation ToPopulation()
        {
            LeakyIntegrateAndFire neuron = Neuron();
            if (neuron.Reset >= neuron.Threshold)
                throw new FormatException(FormattableString.Invariant($"the reset ({neuron.Reset} V) of population {Name} must lie below its threshold ({neuron.Threshold} V)"));
            return new NetworkPopulation(new LeakyTransfer(neuron)) { Background = Background, Drives = PoissonDrives };
        }

        internal SpikingPopulation ToSpikingPopulation() => new(Name, SizeNeeded(), Neuron()) { Background = Background, Drives = PoissonDrives };

        private LeakyIntegrateAndFire Neuron() => new()
        {
            TimeConstant = Tau ?? defaults.TimeConstant,
            Threshold = Threshold ?? defaults.Threshold,
            Reset = Reset ?? defaults.Reset,
            RefractoryPeriod = Refractory ?? defaults.RefractoryPeriod,
        };
    }

    /// <summary>Independent Poisson inputs from outside the network.</summary>
    /// <param name="InDegree">Inputs per neuron.</param>
    /// <param name="Weight">The jump of the voltage at a spike, in volts.</param>
    /// <param name="Rate">The rate of one input, in hertz.</param>
    public sealed record Drive(double InDegree, double Weight, double Rate);

    /// <summary>Connections from one population to another, or to itself; it states one of <see cref="InDegree"/>, <see cref="Probability"/> and <see cref="OneToOne"/>.</summary>
    /// <param name="Target">The population that receives.</param>
    /// <param name="Source">The population that sends.</param>
    /// <param name="Weight">The jump of the voltage at a spike, in volts; negative for inhibition.</param>
    /// <param name="Delay">From a spike to its effect, in seconds.</param>
    public sealed record Connection(string Target, string Source, double Weight, double Delay)
    {
        /// <summary>Inputs per neuron; for a simulation a whole number.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public double? InDegree { get; init; }

        /// <summary>The probability of a connection between each pair.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public double? Probability { get; init; }

        /// <summary>Whether neuron i is connected to neuron i alone.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool OneToOne { get; init; }

        /// <summary>The time constant with which a synaptic current decays, in seconds; 0 for jumps of the voltage. Theory takes it for short.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public double SynapticTau { get; init; }
    }
}
