using System.Text.Json.Serialization;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Populations;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats fit glm --target all</c> found: a whole document for every target, and who acts on whom.</summary>
internal sealed record GlmPopulationDocument
{
    public const string SchemaName = "spikestats.fit.glm-population/1";

    public required string Schema { get; init; }

    public required string Version { get; init; }

    public required string Method { get; init; }

    public required IReadOnlyList<string> SilentUnits { get; init; }

    public required double LogLikelihood { get; init; }

    public required CouplingEntry Couplings { get; init; }

    public required IReadOnlyList<GlmFitDocument> Fits { get; init; }

    public required long PeakMemoryBytes { get; init; }

    public required GlmFitDocument.Seconds Timings { get; init; }

    public static GlmPopulationDocument Of(
        GlmPopulationFit fit, IReadOnlyList<TimeRescalingResult> rescaling, GlmFitDocument.Seconds timings, long peakMemoryBytes) => new()
        {
            Schema = SchemaName,
            Version = ProductVersion.Text,
            Method = fit.Method == PopulationMethod.MatrixFree ? "matrix-free" : "streamed",
            SilentUnits = fit.SilentUnits,
            LogLikelihood = fit.LogLikelihood,
            Couplings = CouplingEntry.Of(fit),
            Fits = [.. fit.Fits.Select((single, i) => GlmFitDocument.Of(single, rescaling[i], timings))],
            PeakMemoryBytes = peakMemoryBytes,
            Timings = timings,
        };

    /// <summary>The fitted models, and the mean rates of the bins that they were fitted to.</summary>
    /// <exception cref="FormatException">An observation model or an edge policy is unknown.</exception>
    public StoredModel ToStoredModel() => new(
        SchemaName, new GlmPopulation(Fits.Select(fit => fit.ToModel())), Fits.ToDictionary(fit => fit.Target, fit => fit.MeanRate, StringComparer.Ordinal));

    /// <summary>
    /// The couplings, targets × sources: integral of the filter in seconds, Wald's p-value, and the p-value adjusted for all couplings between different units
    /// (Benjamini and Hochberg), which is NaN on the diagonal, where the post-spike filters stand.
    /// </summary>
    internal sealed record CouplingEntry(
        IReadOnlyList<string> Targets, IReadOnlyList<string> Sources, IReadOnlyList<IReadOnlyList<double>> Strengths,
        IReadOnlyList<IReadOnlyList<double>> PValues, IReadOnlyList<IReadOnlyList<double>> AdjustedPValues)
    {
        public const double FalseDiscoveryRate = 0.05;

        /// <summary>Number of couplings between different units that were tested.</summary>
        [JsonIgnore]
        public int TestedCount => AdjustedPValues.Sum(row => row.Count(value => !double.IsNaN(value)));

        /// <summary>The couplings that stand out at a false-discovery rate of 5 %, the surest first.</summary>
        [JsonIgnore]
        public IReadOnlyList<(int Target, int Source)> Notable =>
        [
            .. from target in Enumerable.Range(0, Targets.Count)
               from source in Enumerable.Range(0, Sources.Count)
               where AdjustedPValues[target][source] <= FalseDiscoveryRate
               orderby PValues[target][source]
               select (target, source),
        ];

        public static CouplingEntry Of(GlmPopulationFit fit)
        {
            double[,] strengths = fit.CouplingStrengths(), pValues = fit.CouplingPValues();
            int rows = fit.Targets.Count, columns = fit.Sources.Count;
            double[] tested = new double[rows * columns];
            for (int i = 0; i < tested.Length; i++)
                tested[i] = fit.Targets[i / columns] == fit.Sources[i % columns] ? double.NaN : pValues[i / columns, i % columns];
            double[] adjusted = Fitting.HypothesisTests.FalseDiscoveryRate.Adjust(tested);
            IReadOnlyList<IReadOnlyList<double>> Rows(Func<int, int, double> value) =>
                [.. Enumerable.Range(0, rows).Select(row => (double[])[.. Enumerable.Range(0, columns).Select(column => value(row, column))])];
            return new CouplingEntry(
                fit.Targets, fit.Sources, Rows((row, column) => strengths[row, column]), Rows((row, column) => pValues[row, column]),
                Rows((row, column) => adjusted[(row * columns) + column]));
        }
    }
}
