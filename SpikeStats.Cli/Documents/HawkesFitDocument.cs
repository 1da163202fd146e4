using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;

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

    /// <summary><c>linear</c>, or <c>softplus</c> for a process with inhibition, whose baselines and couplings are those of the drive.</summary>
    public string Link { get; init; } = LinkSyntax.Linear;

    /// <summary>Of a softplus, in hertz.</summary>
    public double? Softness { get; init; }

    public BaselinePiecesEntry? BaselinePieces { get; init; }

    public PowerLawEntry? PowerLaw { get; init; }

    public BasisKernelsEntry? BasisKernels { get; init; }

    public double? SpectralRadiusLimit { get; init; }

    /// <summary>The document of a fit, still without verdicts and timings.</summary>
    public static HawkesFitDocument Of(HawkesFit fit, Recording recording)
    {
        HawkesModel model = fit.Model;
        int decays = model.Decays.Count;
        PowerLawEntry? law = PowerLawEntry.Of(fit);
        (double[] means, double[] errors) = HawkesBaselineMeans.Of(fit, recording);
        return Frame(model.Units, recording, fit.Certificate, model.BranchingMatrix(), fit.BranchingStandardErrors()) with
        {
            Kernel = law is not null ? PowerLawEntry.Name : ExponentialName(decays),
            Baseline = means,
            BaselineStandardErrors = errors,
            AdjacencyByDecay = Cube(model.Units.Count, decays, model.Branching),
            AdjacencyByDecayStandardErrors = law is null ? RatioErrors(fit.Parameters, model.Units.Count, decays) : Cube(model.Units.Count, decays, (_, _, _) => double.NaN),
            Decays = model.Decays,
            DecayStandardErrors = DecayErrors(fit.Parameters, decays),
            DecaysEstimated = law is null && fit.Specification.Kernel.IsFree,
            SpectralRadius = RadiusEntry.Of(fit.SpectralRadius),
            LogLikelihood = fit.LogLikelihood,
            NullLogLikelihood = fit.NullLogLikelihood,
            ParameterCount = fit.Parameters.Count,
            Aic = fit.Aic,
            Bic = fit.Bic,
            BitsPerSpike = fit.BitsPerSpike,
            BaselinePieces = BaselinePiecesEntry.Of(fit),
            PowerLaw = law,
            SpectralRadiusLimit = fit.Specification.SpectralRadiusLimit,
        };
    }

    /// <summary>The document of a fit with kernels on a basis, still without verdicts and timings.</summary>
    public static HawkesFitDocument Of(BasisHawkesFit fit, Recording recording)
    {
        BasisHawkesModel model = fit.Model;
        return Frame(model.Units, recording, fit.Certificate, model.BranchingMatrix(), fit.BranchingStandardErrors()) with
        {
            Kernel = model.Basis is WindowBasis ? $"{BasisKernelsEntry.Piecewise}:{NumberText.Count(model.Basis.ColumnCount)}" : $"{BasisKernelsEntry.OnBasis}:{model.Basis.Description}",
            Baseline = model.Baselines,
            BaselineStandardErrors = fit.BaselineStandardErrors,
            SpectralRadius = RadiusEntry.Of(fit.SpectralRadius),
            LogLikelihood = fit.LogLikelihood,
            NullLogLikelihood = fit.NullLogLikelihood,
            ParameterCount = fit.Certificate.ParameterCount,
            Aic = fit.Aic,
            Bic = fit.Bic,
            BitsPerSpike = fit.BitsPerSpike,
            BasisKernels = BasisKernelsEntry.Of(fit),
        };
    }

    /// <summary>The document of a fit with inhibition, still without verdicts and timings.</summary>
    /// <remarks>Spikes are not triggered one by one, so that there is no branching ratio; the radius is that of the absolute couplings, which bounds the excitation.</remarks>
    public static HawkesFitDocument Of(SoftplusHawkesFit fit, Recording recording)
    {
        SoftplusHawkesModel model = fit.Model;
        int units = model.Units.Count, decays = model.Decays.Count;
        double[,] sums = new double[units, units], errors = new double[units, units], covariance = fit.Covariance();
        double[,,] sizes = new double[units, units, decays];
        for (int i = 0; i < units; i++)
        {
            for (int j = 0; j < units; j++)
            {
                int first = (i * (1 + (units * decays))) + 1 + (j * decays);
                double variance = 0;
                for (int u = 0; u < decays; u++)
                {
                    sums[i, j] += model.Branching(i, j, u);
                    sizes[i, j, u] = Math.Abs(model.Branching(i, j, u));
                    for (int v = 0; v < decays; v++) variance += covariance[first + u, first + v];
                    if (double.IsNaN(fit.Parameters[first + u].StandardError)) variance = double.NaN;
                }

                errors[i, j] = Math.Sqrt(variance);
            }
        }

        return Frame(model.Units, recording, fit.Certificate, sums, errors) with
        {
            Kernel = ExponentialName(decays),
            Baseline = model.Baselines,
            BaselineStandardErrors = [.. fit.Parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Baseline).Select(parameter => parameter.StandardError)],
            AdjacencyByDecay = Cube(units, decays, model.Branching),
            AdjacencyByDecayStandardErrors = RatioErrors(fit.Parameters, units, decays),
            Decays = model.Decays,
            DecayStandardErrors = DecayErrors(fit.Parameters, decays),
            DecaysEstimated = fit.Specification.Kernel.IsFree,
            BranchingRatio = double.NaN,
            SpectralRadius = new RadiusEntry(new HawkesModel(model.Units, new double[units], model.Decays, sizes).SpectralRadius, double.NaN, double.NaN),
            LogLikelihood = fit.LogLikelihood,
            NullLogLikelihood = fit.NullLogLikelihood,
            ParameterCount = fit.Parameters.Count,
            Aic = fit.Aic,
            Bic = fit.Bic,
            BitsPerSpike = fit.BitsPerSpike,
            Link = LinkSyntax.Softplus,
            Softness = model.Softness,
        };
    }

    // What every fit has; of the rest nothing yet.
    private static HawkesFitDocument Frame(IReadOnlyList<string> units, Recording recording, FitCertificate certificate, double[,] matrix, double[,] errors)
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
            Adjacency = Rows(matrix),
            AdjacencyStandardErrors = Rows(errors),
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

    private static string ExponentialName(int decays) => decays == 1 ? "exponential" : $"sum-exponential:{NumberText.Count(decays)}";

    private static double[] DecayErrors(IReadOnlyList<HawkesParameter> parameters, int decays)
    {
        HawkesParameter[] estimated = [.. parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Decay)];
        return [.. Enumerable.Range(0, decays).Select(decay => estimated.Length == 0 ? double.NaN : estimated[decay].StandardError)];
    }

    private static double[][][] RatioErrors(IReadOnlyList<HawkesParameter> parameters, int units, int decays)
    {
        HawkesParameter[] ratios = [.. parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Branching)];
        return Cube(units, decays, (target, source, decay) => ratios[(((target * units) + source) * decays) + decay].StandardError);
    }

    private static double[][][] Cube(int units, int decays, Func<int, int, int, double> value) => [.. Enumerable.Range(0, decays).Select(decay =>
        (double[][])[.. Enumerable.Range(0, units).Select(target => (double[])[.. Enumerable.Range(0, units).Select(source => value(target, source, decay))])])];

    private static double[][] Rows(double[,] matrix) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => (double[])[.. Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column])])];

    /// <summary>The spectral radius of the adjacency with its 95 % interval; NaN where it has no error.</summary>
    internal sealed record RadiusEntry(double Value, double Low, double High)
    {
        public static RadiusEntry Of(SpectralRadiusEstimate radius) => new(radius.Value, radius.Lower, radius.Upper);
    }
}
