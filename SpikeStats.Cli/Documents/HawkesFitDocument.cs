using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Hawkes;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats fit hawkes</c> found, complete enough to simulate and judge the model. Matrices have a row per target; SI units, nats.</summary>
/// <remarks><see cref="HawkesModelDocument"/> reads the model in it.</remarks>
internal sealed record HawkesFitDocument
{
    public const string SchemaName = "spikestats.fit.hawkes/1";

    public required string Schema { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<string> Units { get; init; }

    public required string Kernel { get; init; }

    public required IReadOnlyList<double> Baseline { get; init; }

    public required IReadOnlyList<double> BaselineStandardErrors { get; init; }

    public required IReadOnlyList<IReadOnlyList<double>> Adjacency { get; init; }

    public required IReadOnlyList<IReadOnlyList<double>> AdjacencyStandardErrors { get; init; }

    public required IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> AdjacencyByDecay { get; init; }

    public required IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> AdjacencyByDecayStandardErrors { get; init; }

    public required IReadOnlyList<double> Decays { get; init; }

    public required IReadOnlyList<double> DecayStandardErrors { get; init; }

    public required bool DecaysEstimated { get; init; }

    public required double BranchingRatio { get; init; }

    public required RadiusEntry SpectralRadius { get; init; }

    public required double LogLikelihood { get; init; }

    public required double NullLogLikelihood { get; init; }

    public required int ParameterCount { get; init; }

    public required double Aic { get; init; }

    public required double Bic { get; init; }

    public required double BitsPerSpike { get; init; }

    public required IReadOnlyList<int> SpikeCounts { get; init; }

    /// <summary>Observed time, in seconds.</summary>
    public required double Duration { get; init; }

    public required GlmFitDocument.CertificateEntry Certificate { get; init; }

    public IReadOnlyList<VerdictEntry> GoodnessOfFit { get; init; } = [];

    public GlmFitDocument.Seconds? Timings { get; init; }

    /// <summary>The document of a fit, still without verdicts and timings.</summary>
    public static HawkesFitDocument Of(HawkesFit fit, Recording recording)
    {
        int units = fit.Model.Units.Count, decays = fit.Model.Decays.Count;
        int[] targets = [.. Enumerable.Range(0, units)], counts = [.. fit.Model.Units.Select(unit => recording[unit].Count)];
        HawkesParameter[] ratios = [.. fit.Parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Branching)];
        IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> ByDecay(Func<HawkesParameter, double> value) => [.. Enumerable.Range(0, decays).Select(decay =>
            (double[][])[.. targets.Select(target => (double[])[.. targets.Select(source => value(ratios[(((target * units) + source) * decays) + decay]))])])];
        HawkesParameter[] baselines = [.. fit.Parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Baseline)];
        HawkesParameter[] estimated = [.. fit.Parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Decay)];
        double[,] matrix = fit.Model.BranchingMatrix();
        return new HawkesFitDocument
        {
            Schema = SchemaName,
            Version = ProductVersion.Text,
            Units = fit.Model.Units,
            Kernel = decays == 1 ? "exponential" : $"sum-exponential:{NumberText.Count(decays)}",
            Baseline = fit.Model.Baselines,
            BaselineStandardErrors = [.. baselines.Select(parameter => parameter.StandardError)],
            Adjacency = Rows(matrix),
            AdjacencyStandardErrors = Rows(fit.BranchingStandardErrors()),
            AdjacencyByDecay = ByDecay(parameter => parameter.Estimate),
            AdjacencyByDecayStandardErrors = ByDecay(parameter => parameter.StandardError),
            Decays = fit.Model.Decays,
            DecayStandardErrors = [.. Enumerable.Range(0, decays).Select(decay => estimated.Length == 0 ? double.NaN : estimated[decay].StandardError)],
            DecaysEstimated = estimated.Length > 0,
            BranchingRatio = targets.Sum(source => counts[source] * targets.Sum(target => matrix[target, source])) / counts.Sum(),
            SpectralRadius = new RadiusEntry(fit.SpectralRadius.Value, fit.SpectralRadius.Lower, fit.SpectralRadius.Upper),
            LogLikelihood = fit.LogLikelihood,
            NullLogLikelihood = fit.NullLogLikelihood,
            ParameterCount = fit.Parameters.Count,
            Aic = fit.Aic,
            Bic = fit.Bic,
            BitsPerSpike = fit.BitsPerSpike,
            SpikeCounts = counts,
            Duration = recording[fit.Model.Units[0]].Observed.Duration,
            Certificate = GlmFitDocument.CertificateEntry.Of(fit.Certificate),
        };
    }

    private static double[][] Rows(double[,] matrix) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => (double[])[.. Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column])])];

    /// <summary>The spectral radius of the adjacency with its 95 % interval; NaN where it has no error.</summary>
    internal sealed record RadiusEntry(double Value, double Low, double High);
}
