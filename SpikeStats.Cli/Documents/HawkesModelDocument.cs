using System.Text.Json;
using SpikeStats.Cli.Options;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Cli.Documents;

/// <summary>A Hawkes process as a JSON document: what simulation needs and nothing else.</summary>
/// <remarks>
/// A document of <c>spikestats fit hawkes</c> holds the same fields, and more. <see cref="Adjacency"/> is enough for a single exponential;
/// <see cref="AdjacencyByDecay"/>, a matrix per decay, is needed for more. Kernels on a basis have no decays, and a softplus has its softness.
/// </remarks>
internal sealed record HawkesModelDocument(
    string Schema, IReadOnlyList<string> Units, IReadOnlyList<double> Baseline, IReadOnlyList<double> Decays, IReadOnlyList<IReadOnlyList<double>>? Adjacency = null,
    IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>? AdjacencyByDecay = null, int ParameterCount = 0, IReadOnlyList<int>? SpikeCounts = null, double? Duration = null,
    string Link = LinkSyntax.Linear, double? Softness = null, BaselinePiecesEntry? BaselinePieces = null, BasisKernelsEntry? BasisKernels = null)
{
    public const string SchemaName = "spikestats.model.hawkes/1";

    private const string Remedy = $"give a document of 'spikestats fit hawkes --json' or one with the schema {SchemaName}";

    /// <summary>What reads a Hawkes process, by schema.</summary>
    public static IReadOnlyDictionary<string, Func<JsonElement, StoredModel>> Readers { get; } = new Dictionary<string, Func<JsonElement, StoredModel>>(StringComparer.Ordinal)
    {
        [SchemaName] = Read,
        [HawkesFitDocument.SchemaName] = Read,
    };

    /// <summary>Reads a process.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="InvalidDocumentException">It is no such document; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StoredModel Read(string path) => DocumentFile.Read(path, Readers, Remedy);

    private static StoredModel Read(JsonElement root)
    {
        HawkesModelDocument document = root.Deserialize(DocumentJson.Default.HawkesModelDocument)!;
        return new StoredModel(document.Schema, document.ToModel(), document.Rates());
    }

    private IPointProcess ToModel()
    {
        bool isSoftplus = Link == LinkSyntax.Softplus;
        if (!isSoftplus && Link != LinkSyntax.Linear) throw new FormatException($"there is no link '{Link}' of a Hawkes process");
        if (isSoftplus && (BaselinePieces is not null || BasisKernels is not null)) throw new FormatException("a softplus goes with exponentials and a constant baseline only");
        if (BaselinePieces is not null && BasisKernels is not null) throw new FormatException("basisKernels go with a constant baseline only");
        if (BasisKernels is not null) return BasisKernels.ToModel(Units, Baseline, ParameterCount);
        double[,,] branching = Branching();
        if (isSoftplus)
            return new SoftplusHawkesModel(Units, Baseline, Decays, branching, Softness ?? throw new FormatException("softness is missing")) { ParameterCount = ParameterCount };
        if (BaselinePieces is null) return new HawkesModel(Units, Baseline, Decays, branching) { ParameterCount = ParameterCount };
        (HawkesBaseline shape, double[,] levels) = BaselinePieces.ToBaseline(Units.Count);
        return new HawkesModel(Units, shape, levels, Decays, branching) { ParameterCount = ParameterCount };
    }

    private double[,,] Branching()
    {
        int units = Units.Count;
        IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> matrices = AdjacencyByDecay ?? (Decays.Count == 1 && Adjacency is not null
            ? [Adjacency]
            : throw new FormatException($"adjacencyByDecay is missing; {Decays.Count} decays need a matrix each"));
        if (matrices.Count != Decays.Count || matrices.Any(matrix => matrix.Count != units || matrix.Any(row => row.Count != units)))
            throw new FormatException($"{(AdjacencyByDecay is null ? "adjacency" : "adjacencyByDecay")} must hold {units} rows of {units} numbers for each of {Decays.Count} decays");
        double[,,] branching = new double[units, units, Decays.Count];
        for (int i = 0; i < units; i++)
        {
            for (int j = 0; j < units; j++)
            {
                for (int u = 0; u < Decays.Count; u++) branching[i, j, u] = matrices[u][i][j];
            }
        }

        return branching;
    }

    private Dictionary<string, double> Rates() => SpikeCounts is null || Duration is null || SpikeCounts.Count != Units.Count
        ? []
        : Units.Index().ToDictionary(unit => unit.Item, unit => SpikeCounts[unit.Index] / Duration.Value, StringComparer.Ordinal);
}
