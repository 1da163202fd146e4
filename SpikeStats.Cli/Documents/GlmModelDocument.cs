using System.Text.Json;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Documents;

/// <summary>GLMs of units that act on each other, as a JSON document: what simulation needs and nothing else.</summary>
/// <remarks>Lags are in bins, filters in natural logarithms of the rate; <c>docs/cli.md</c> shows the fields.</remarks>
public sealed record GlmModelDocument
{
    /// <summary>The name and version of the layout.</summary>
    public const string SchemaName = "spikestats.model.glm/1";

    /// <summary><see cref="SchemaName"/>.</summary>
    public required string Schema { get; init; }

    /// <summary>The version of the program that wrote the document; null if unknown.</summary>
    public string? Version { get; init; }

    /// <summary>Width of a bin, in seconds.</summary>
    public required double BinWidth { get; init; }

    /// <summary>Law of the counts: <c>poisson</c>, <c>bernoulli</c> or <c>negative-binomial</c>.</summary>
    public required string Observation { get; init; }

    /// <summary>Link: <c>log</c>, <c>softplus</c>, <c>identity</c>, <c>cloglog</c>, <c>logit</c> or <c>probit</c>; null for the usual one of the law.</summary>
    public string? Link { get; init; }

    /// <summary>Shape of negative binomial counts, dimensionless; null for other laws.</summary>
    public double? Shape { get; init; }

    /// <summary>Smallest expected count of a bin under the identity link, in spikes; null for the usual one, and for other links.</summary>
    public double? Floor { get; init; }

    /// <summary>One model per unit.</summary>
    public required IReadOnlyList<Neuron> Neurons { get; init; }

    /// <summary>The document of a population.</summary>
    /// <param name="population">The population; all its models have the same observation model.</param>
    /// <exception cref="ArgumentException">The observation models differ.</exception>
    public static GlmModelDocument Of(GlmPopulation population)
    {
        ArgumentNullException.ThrowIfNull(population);
        GlmModel first = population.Models[0];
        if (population.Models.Any(model => LawOf(model) != LawOf(first)))
            throw new ArgumentException("One document holds models of one observation model.", nameof(population));
        return new GlmModelDocument
        {
            Schema = SchemaName,
            Version = ProductVersion.Text,
            BinWidth = first.BinWidth,
            Observation = first.Observation.Name,
            Link = first.Observation.Link,
            Shape = LawOf(first).Shape,
            Floor = LawOf(first).Floor,
            Neurons = [.. population.Models.Select(Neuron.Of)],
        };
    }

    /// <summary>What reads a GLM, by schema.</summary>
    internal static IReadOnlyDictionary<string, Func<JsonElement, StoredModel>> Readers { get; } = new Dictionary<string, Func<JsonElement, StoredModel>>(StringComparer.Ordinal)
    {
        [SchemaName] = root => new StoredModel(SchemaName, root.Deserialize(DocumentJson.Default.GlmModelDocument)!.ToPopulation(), new Dictionary<string, double>(StringComparer.Ordinal)),
        [GlmFitDocument.SchemaName] = root => root.Deserialize(DocumentJson.Default.GlmFitDocument)!.ToStoredModel(),
        [GlmPopulationDocument.SchemaName] = root => root.Deserialize(DocumentJson.Default.GlmPopulationDocument)!.ToStoredModel(),
    };

    /// <summary>Reads a population, or the model in a document of <c>spikestats fit glm</c>.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="InvalidDocumentException">It is no such document; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static GlmPopulation Read(string path) =>
        (GlmPopulation)DocumentFile.Read(path, Readers, $"give a document of 'spikestats fit glm --json' or one with the schema {SchemaName}").Process;

    /// <summary>Writes the document.</summary>
    /// <param name="stream">Receives UTF-8 text.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        JsonSerializer.Serialize(stream, this, DocumentJson.Default.GlmModelDocument);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>The population.</summary>
    /// <exception cref="FormatException">A value is impossible.</exception>
    /// <exception cref="ArgumentException">There is no neuron, or two models explain the same unit.</exception>
    public GlmPopulation ToPopulation()
    {
        if (!(BinWidth > 0) || !double.IsFinite(BinWidth)) throw new FormatException("binWidth must be positive");
        ObservationModel observation = ObservationSyntax.Parse(Observation, Link, Shape, Floor);
        return new GlmPopulation(Neurons.Select(neuron => neuron.ToModel(BinWidth, observation)));
    }

    private static (string Name, string Link, double? Shape, double? Floor) LawOf(GlmModel model) =>
        (model.Observation.Name, model.Observation.Link, (model.Observation as NegativeBinomialObservation)?.Shape, ObservationSyntax.FloorOf(model.Observation));

    /// <summary>The model of one unit; lists may be missing from the document, which hands them over as null.</summary>
    public sealed record Neuron
    {
        /// <summary>Identifier of the unit.</summary>
        public required string Unit { get; init; }

        /// <summary>Logarithm of the rate in hertz when nothing else acts.</summary>
        public required double Baseline { get; init; }

        /// <summary>Effects of past spikes: source, first lag in bins (at least 1), log gain per lag.</summary>
        public IReadOnlyList<SpikeFilter> SpikeFilters { get; init => field = value ?? []; } = [];

        /// <summary>Effects of signals with memory: signal, first lag in bins, gain per lag.</summary>
        public IReadOnlyList<SignalFilter> SignalFilters { get; init => field = value ?? []; } = [];

        /// <summary>Effects of the present value of signals: signal, power, coefficient.</summary>
        public IReadOnlyList<CovariateEffect> Covariates { get; init => field = value ?? []; } = [];

        /// <summary>Smooth effects of the present values of signals.</summary>
        public IReadOnlyList<SmoothEffectEntry> SmoothEffects { get; init => field = value ?? []; } = [];

        /// <summary>Effects of signals with memory through functions of their value.</summary>
        public IReadOnlyList<NonlinearFilterEntry> NonlinearFilters { get; init => field = value ?? []; } = [];

        /// <summary>Bins without a full history are left out (<c>drop</c>, the default) or see silence before the start (<c>zero</c>).</summary>
        public string Edge { get; init => field = value ?? EdgeSyntax.Format(default); } = EdgeSyntax.Format(default);

        /// <summary>Number of parameters that were estimated; 1 for a model that was written down.</summary>
        public int ParameterCount { get; init; } = 1;

        internal static Neuron Of(GlmModel model) => new()
        {
            Unit = model.Unit,
            Baseline = model.Baseline,
            SpikeFilters = model.SpikeFilters,
            SignalFilters = model.SignalFilters,
            Covariates = model.Covariates,
            SmoothEffects = [.. model.SmoothEffects.Select(SmoothEffectEntry.Of)],
            NonlinearFilters = [.. model.NonlinearSignalFilters.Select(NonlinearFilterEntry.Of)],
            Edge = EdgeSyntax.Format(model.Edge),
            ParameterCount = model.ParameterCount,
        };

        internal GlmModel ToModel(double binWidth, ObservationModel observation)
        {
            if (SpikeFilters.Any(filter => filter.FirstLag < 1)) throw new FormatException($"neuron {Unit}: a filter of spikes must have firstLag 1 or more");
            if (SignalFilters.Any(filter => filter.FirstLag < 0)) throw new FormatException($"neuron {Unit}: a filter of a signal must have firstLag 0 or more");
            if (Covariates.Any(covariate => covariate.Power < 1)) throw new FormatException($"neuron {Unit}: a covariate must have power 1 or more");
            if (ParameterCount < 0) throw new FormatException($"neuron {Unit}: parameterCount must not be negative");
            return new GlmModel
            {
                Unit = Unit,
                BinWidth = binWidth,
                Baseline = Baseline,
                Observation = observation,
                SpikeFilters = SpikeFilters,
                SignalFilters = SignalFilters,
                Covariates = Covariates,
                SmoothEffects = [.. SmoothEffects.Select(effect => effect.ToEffect())],
                NonlinearSignalFilters = [.. NonlinearFilters.Select(filter => filter.ToFilter())],
                Edge = EdgeSyntax.Parse(Edge),
                ParameterCount = ParameterCount,
            };
        }
    }
}
