using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats fit hawkes</c> found, complete enough to simulate and judge the model. Matrices have a row per target; SI units, nats.</summary>
/// <remarks>
/// <see cref="HawkesModelDocument"/> reads the model in it. <see cref="LinearHawkesDocument"/>, <see cref="BasisHawkesDocument"/> and <see cref="SoftplusHawkesDocument"/> write it,
/// still without verdicts and timings.
/// </remarks>
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

    /// <summary><c>linear</c>, or <c>softplus</c> for a process with inhibition, whose baselines and couplings are those of the drive.</summary>
    public string Link { get; init; } = LinkSyntax.Linear;

    /// <summary>Of a softplus, in hertz.</summary>
    public double? Softness { get; init; }

    public BaselinePiecesEntry? BaselinePieces { get; init; }

    public PowerLawEntry? PowerLaw { get; init; }

    public BasisKernelsEntry? BasisKernels { get; init; }

    public double? SpectralRadiusLimit { get; init; }

    /// <summary>What every fit has; of the rest nothing yet.</summary>
    /// <param name="units">The units that were fitted.</param>
    /// <param name="recording">Their recording.</param>
    /// <param name="certificate">How the fit ended.</param>
    /// <param name="matrix">Integrals of the kernels, [target, source].</param>
    /// <param name="errors">Their standard errors.</param>
    public static HawkesFitDocument Frame(IReadOnlyList<string> units, Recording recording, FitCertificate certificate, double[,] matrix, double[,] errors)
    {
        int[] targets = [.. Enumerable.Range(0, units.Count)], counts = [.. units.Select(unit => recording[unit].Count)];
        return new HawkesFitDocument
        {
            Schema = SchemaName,
            Version = ProductVersion.Text,
            Units = units,
            Kernel = "",
            Baseline = [],
            BaselineStandardErrors = [],
            Adjacency = PairTables.Rows(matrix),
            AdjacencyStandardErrors = PairTables.Rows(errors),
            AdjacencyByDecay = [],
            AdjacencyByDecayStandardErrors = [],
            Decays = [],
            DecayStandardErrors = [],
            DecaysEstimated = false,
            BranchingRatio = targets.Sum(source => counts[source] * targets.Sum(target => matrix[target, source])) / counts.Sum(),
            SpectralRadius = new RadiusEntry(double.NaN, double.NaN, double.NaN),
            LogLikelihood = double.NaN,
            NullLogLikelihood = double.NaN,
            ParameterCount = 0,
            Aic = double.NaN,
            Bic = double.NaN,
            BitsPerSpike = double.NaN,
            SpikeCounts = counts,
            Duration = recording[units[0]].Observed.Duration,
            Certificate = GlmFitDocument.CertificateEntry.Of(certificate),
        };
    }

    /// <summary>The spectral radius of the adjacency with its 95 % interval; NaN where it has no error.</summary>
    internal sealed record RadiusEntry(double Value, double Low, double High)
    {
        public static RadiusEntry Of(SpectralRadiusEstimate radius) => new(radius.Value, radius.Lower, radius.Upper);
    }
}
