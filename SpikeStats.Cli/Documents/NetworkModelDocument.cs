using System.Text.Json;
using SpikeStats.Models.MeanField;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>Populations of leaky neurons and what joins them, as a JSON document. SI units; <c>docs/cli.md</c> shows the fields.</summary>
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
            Projections = [.. network.Projections.Select(projection => new Connection(All, All, projection.InDegree, projection.Weight, projection.Delay))],
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
            [.. Projections.Select(projection => new Projection(Index(projection.Target), Index(projection.Source), projection.InDegree, projection.Weight, projection.Delay))]);

        int Index(string name) => Array.IndexOf(names, name) is >= 0 and var index ? index : throw new FormatException($"a projection names the population '{name}', but there are {string.Join(", ", names)}");
    }

    /// <summary>Like neurons with like inputs; what is left out has the value of Brunel's paper, and there is no input.</summary>
    public sealed record Population
    {
        private static readonly LeakyIntegrateAndFire defaults = new();

        /// <summary>What projections call it.</summary>
        public required string Name { get; init; }

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

        internal NetworkPopulation ToPopulation()
        {
            LeakyIntegrateAndFire neuron = new()
            {
                TimeConstant = Tau ?? defaults.TimeConstant,
                Threshold = Threshold ?? defaults.Threshold,
                Reset = Reset ?? defaults.Reset,
                RefractoryPeriod = Refractory ?? defaults.RefractoryPeriod,
            };
            if (neuron.Reset >= neuron.Threshold)
                throw new FormatException(FormattableString.Invariant($"the reset ({neuron.Reset} V) of population {Name} must lie below its threshold ({neuron.Threshold} V)"));
            return new NetworkPopulation(new LeakyTransfer(neuron))
            {
                Background = new WhiteNoiseInput(Mu, Sigma),
                Drives = [.. Drives.Select(drive => new PoissonDrive(drive.InDegree, drive.Weight, drive.Rate))],
            };
        }
    }

    /// <summary>Independent Poisson inputs from outside the network.</summary>
    /// <param name="InDegree">Inputs per neuron.</param>
    /// <param name="Weight">The jump of the voltage at a spike, in volts.</param>
    /// <param name="Rate">The rate of one input, in hertz.</param>
    public sealed record Drive(double InDegree, double Weight, double Rate);

    /// <summary>Random connections from one population to another, or to itself.</summary>
    /// <param name="Target">The population that receives.</param>
    /// <param name="Source">The population that sends.</param>
    /// <param name="InDegree">Inputs per neuron.</param>
    /// <param name="Weight">The jump of the voltage at a spike, in volts; negative for inhibition.</param>
    /// <param name="Delay">From a spike to its effect, in seconds.</param>
    public sealed record Connection(string Target, string Source, double InDegree, double Weight, double Delay);
}
