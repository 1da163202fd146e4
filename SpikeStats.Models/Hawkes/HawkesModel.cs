using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Models.Hawkes;

/// <summary>A Hawkes process: every spike raises the rates of units for a while, by a sum of exponentials.</summary>
/// <remarks>
/// λ_i(t) = μ_i(t) + Σ_j Σ_u Σ_(s of j, s &lt; t) α_iju β_u e^(-β_u (t - s)), i the target and j the source. α_iju is the mean number of
/// spikes of i that one spike of j triggers directly through exponential u. Only strictly earlier spikes excite: simultaneous spikes do not
/// excite each other. Each observed interval starts without a past, but for <see cref="InitialExcitation"/>.
/// <para><b>Accuracy:</b> likelihood, intensity and compensator are exact up to rounding, about 10^-13 relative; tested against sums over all pairs of
/// spikes, constants of the tick library and closed forms. <b>Cost:</b> O(spikes × units × decays) for the likelihood, O((spikes + bins) × decays) for an intensity.</para>
/// <para><b>Source:</b> Hawkes, Biometrika 58:83 (1971); recursion: Ozaki, Ann Inst Stat Math 31:145 (1979).</para>
/// </remarks>
public sealed class HawkesModel : IPointProcess
{
    private readonly string[] units;
    private readonly double[] levels, decays;
    private readonly double[,,] branching;
    private readonly double[,]? initialExcitation;

    /// <summary>Creates a process whose kernel is a sum of exponentials.</summary>
    /// <param name="units">Identifiers of the units.</param>
    /// <param name="baselines">μ, in hertz, one per unit; finite and not negative.</param>
    /// <param name="decays">β, in reciprocal seconds, shared by all pairs of units; positive and different.</param>
    /// <param name="branching">α, dimensionless, [target, source, decay]; finite and not negative.</param>
    /// <exception cref="ArgumentException">Sizes do not match, units repeat, or a value is out of range.</exception>
    public HawkesModel(IReadOnlyList<string> units, IReadOnlyList<double> baselines, IReadOnlyList<double> decays, double[,,] branching)
        : this(units, HawkesBaseline.Constant, AsColumn(baselines), decays, branching)
    {
    }

    /// <summary>Creates a process whose baselines vary and whose kernel is a sum of exponentials.</summary>
    /// <param name="units">Identifiers of the units.</param>
    /// <param name="baseline">The pieces of time in which baselines are constant.</param>
    /// <param name="levels">μ, in hertz, [unit, piece]; finite and not negative.</param>
    /// <param name="decays">β, in reciprocal seconds (units of hertz), shared by all pairs of units; positive and different.</param>
    /// <param name="branching">α, dimensionless, [target, source, decay]; finite and not negative.</param>
    /// <exception cref="ArgumentException">Sizes do not match, units repeat, or a value is out of range.</exception>
    public HawkesModel(IReadOnlyList<string> units, HawkesBaseline baseline, double[,] levels, IReadOnlyList<double> decays, double[,,] branching)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(decays);
        ArgumentNullException.ThrowIfNull(branching);
        this.units = [.. units];
        this.levels = [.. levels.Cast<double>()];
        this.decays = [.. decays];
        this.branching = (double[,,])branching.Clone();
        Baseline = baseline;
        ParameterCount = levels.Length + branching.Length;
        Validate(levels);
        Baselines = Array.AsReadOnly(Enumerable.Range(0, this.units.Length).Select(Mean).ToArray());
    }

    /// <summary>Creates a process whose kernel is a single exponential.</summary>
    /// <param name="units">Identifiers of the units.</param>
    /// <param name="baselines">μ, in hertz, one per unit; finite and not negative.</param>
    /// <param name="decay">β, in reciprocal seconds; positive.</param>
    /// <param name="branching">α, dimensionless, [target, source]; finite and not negative.</param>
    /// <exception cref="ArgumentException">Sizes do not match, units repeat, or a value is out of range.</exception>
    public HawkesModel(IReadOnlyList<string> units, IReadOnlyList<double> baselines, double decay, double[,] branching)
        : this(units, baselines, [decay], WithOneDecay(branching))
    {
    }

    /// <summary>Creates a process of one unit with a single exponential.</summary>
    /// <param name="unit">Identifier of the unit.</param>
    /// <param name="baseline">μ, in hertz; finite and not negative.</param>
    /// <param name="branchingRatio">α, dimensionless; finite and not negative.</param>
    /// <param name="decay">β, in reciprocal seconds; positive.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public HawkesModel(string unit, double baseline, double branchingRatio, double decay)
        : this([unit], [baseline], decay, new[,] { { branchingRatio } })
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Units => units;

    /// <summary>The number of parameters, for information criteria: baselines and branching ratios unless stated otherwise.</summary>
    public int ParameterCount { get; init; }

    /// <summary>The pieces of time in which baselines are constant; one for all time unless stated otherwise.</summary>
    public HawkesBaseline Baseline { get; }

    /// <summary>μ, in hertz, one per unit: the rate without any excitation.</summary>
    /// <value>Of a periodic baseline the mean over a period; NaN for pieces that do not repeat, which have no mean (see <see cref="Level"/>).</value>
    public IReadOnlyList<double> Baselines { get; }

    /// <summary>β, in reciprocal seconds (units of hertz), shared by all pairs of units.</summary>
    public IReadOnlyList<double> Decays => decays;

    /// <summary>The excitation left at the start of every observed interval by spikes before it, in hertz, [target, decay]; none by default.</summary>
    /// <remarks>It adds e e^(-β(t - a)) to the intensity of an interval that starts at a.</remarks>
    /// <exception cref="ArgumentException">It has another size, or a value is negative or not finite.</exception>
    public double[,]? InitialExcitation
    {
        get => (double[,]?)initialExcitation?.Clone();
        init
        {
            if (value is not null && (value.GetLength(0) != units.Length || value.GetLength(1) != decays.Length))
                throw new ArgumentException($"The initial excitation must be {units.Length} targets × {decays.Length} decays.", nameof(value));
            if (value is not null && value.Cast<double>().Any(excitation => !(excitation >= 0) || !double.IsFinite(excitation)))
                throw new ArgumentException("The initial excitation must be finite and not negative.", nameof(value));
            initialExcitation = (double[,]?)value?.Clone();
        }
    }

    /// <summary>The baseline of a unit in a piece of <see cref="Baseline"/>.</summary>
    /// <param name="target">Position of the unit.</param>
    /// <param name="piece">Position of the piece.</param>
    /// <returns>μ, in hertz.</returns>
    public double Level(int target, int piece) => levels[(target * Baseline.PieceCount) + piece];

    /// <summary>The mean number of spikes of a target that one spike of a source triggers directly through one exponential.</summary>
    /// <param name="target">Position of the target.</param>
    /// <param name="source">Position of the source.</param>
    /// <param name="decay">Position of the decay.</param>
    /// <returns>α, dimensionless.</returns>
    public double Branching(int target, int source, int decay) => branching[target, source, decay];

    /// <summary>The integrals of the kernels: how many spikes of each target one spike of each source triggers directly.</summary>
    /// <returns>A = Σ_u α_iju, dimensionless, [target, source].</returns>
    public double[,] BranchingMatrix()
    {
        double[,] matrix = new double[units.Length, units.Length];
        for (int i = 0; i < units.Length; i++)
        {
            for (int j = 0; j < units.Length; j++)
            {
                for (int u = 0; u < decays.Length; u++) matrix[i, j] += branching[i, j, u];
            }
        }

        return matrix;
    }

    /// <summary>The spectral radius of the branching matrix, dimensionless; the process has a stationary law if it is below 1.</summary>
    public double SpectralRadius => Stability.SpectralRadius.Of(BranchingMatrix()).Value;

    /// <summary>The stationary rates (I - A)⁻¹ μ; with a periodic baseline their mean over a period.</summary>
    /// <returns>Hertz, one value per unit.</returns>
    /// <exception cref="InvalidOperationException">The spectral radius is not below 1, or the baseline has pieces that do not repeat: no stationary rate exists.</exception>
    public double[] MeanRates()
    {
        if (Baselines.Any(double.IsNaN))
            throw new InvalidOperationException("The baseline has pieces that do not repeat, so that there is no mean rate for all time.");
        double radius = SpectralRadius;
        if (radius >= 1)
            throw new InvalidOperationException(FormattableString.Invariant($"The branching matrix has spectral radius {radius:G4}; from 1 on rates grow without bound and have no stationary mean."));
        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(units.Length);
        return [.. (identity - Matrix<double>.Build.DenseOfArray(BranchingMatrix())).Solve(Vector<double>.Build.DenseOfEnumerable(Baselines))];
    }

    /// <summary>The covariance of spike counts over long windows, per second of window: (I - A)⁻¹ diag(ν) (I - A)⁻ᵀ with the stationary rates ν.</summary>
    /// <remarks>
    /// Its diagonal over the rates is the Fano factor of long windows. <b>Assumptions:</b> a baseline that does not change; windows much longer than the kernels. <b>Source:</b> Hawkes, Biometrika 58:83
    /// (1971), the spectrum at frequency 0.
    /// </remarks>
    /// <returns>Hertz; units × units, symmetric.</returns>
    /// <exception cref="InvalidOperationException">There is no stationary law, or the baseline changes with time.</exception>
    public double[,] CountCovariance()
    {
        if (!Baseline.IsConstant) throw new InvalidOperationException("The baseline changes with time, which adds to the variance of counts; the formula is for a constant one.");
        double[] rates = MeanRates();
        Matrix<double> response = (Matrix<double>.Build.DenseIdentity(units.Length) - Matrix<double>.Build.DenseOfArray(BranchingMatrix())).Inverse();
        return (response * Matrix<double>.Build.DenseOfDiagonalArray(rates) * response.Transpose()).ToArray();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidRecordingException">The units were not observed in the same intervals.</exception>
    public double LogLikelihood(Recording recording) => HawkesLikelihood.Of(this, MarkedEvents.Of(recording, units));

    /// <summary>The mean intensity in each bin of a grid, from the exact integral.</summary>
    /// <param name="recording">The recording whose past spikes excite.</param>
    /// <param name="unit">Identifier of a modelled unit.</param>
    /// <param name="grid">The grid.</param>
    /// <returns>Hertz, one value per bin; NaN in a bin that is not wholly within an observed interval.</returns>
    /// <exception cref="UnknownUnitException">The unit is not modelled, or a modelled unit is not in the recording.</exception>
    /// <exception cref="InvalidRecordingException">The units were not observed in the same intervals.</exception>
    public double[] Intensity(Recording recording, string unit, BinGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        int target = IndexOf(unit);
        return HawkesCompensator.Intensity(this, MarkedEvents.Of(recording, units), target, grid);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidRecordingException">The units were not observed in the same intervals.</exception>
    public Compensator Compensate(Recording recording, string unit)
    {
        int target = IndexOf(unit);
        return HawkesCompensator.Of(this, MarkedEvents.Of(recording, units), target);
    }

    /// <summary>Draws spikes by thinning (Ogata 1981); exact.</summary>
    /// <remarks>
    /// Between spikes the intensity only falls, so that its present value bounds it. <b>Cost:</b> O(units × decays) per candidate.
    /// </remarks>
    /// <param name="conditions">The intervals in which to draw.</param>
    /// <param name="seed">Seed; interval n draws from the stream (seed, 0, n).</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>A recording of the modelled units with the trials and signals of <paramref name="conditions"/>.</returns>
    /// <exception cref="RunawayException">The spectral radius is 1 or more, and a unit passed 10^5 Hz and a hundred times its baseline.</exception>
    public Recording Simulate(Recording conditions, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return OgataThinning.Draw(this, conditions, seed, cancellationToken);
    }

    /// <summary>Draws spikes by the cluster representation: immigrants at the baselines, each spike a parent of Poisson many children.</summary>
    /// <remarks>
    /// The same law as <see cref="Simulate"/> by another route. <b>Cost:</b> O(spikes × units × decays). <b>Source:</b> Hawkes and Oakes, J Appl Prob 11:493 (1974).
    /// </remarks>
    /// <param name="conditions">The intervals in which to draw.</param>
    /// <param name="seed">Seed; interval n draws from the stream (seed, 1, n).</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>A recording of the modelled units with the trials and signals of <paramref name="conditions"/>.</returns>
    /// <exception cref="RunawayException">The process ran away: more than 50 million spikes in one interval.</exception>
    public Recording SimulateClusters(Recording conditions, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return ImmigrantClusters.Draw(this, conditions, seed, cancellationToken);
    }

    internal bool HasInitialExcitation => initialExcitation is not null;

    /// <summary>μ, unit after unit, piece by piece.</summary>
    internal ReadOnlySpan<double> Levels => levels;

    internal double InitialExcitationOf(int target, int decay) => initialExcitation is null ? 0 : initialExcitation[target, decay];

    private static double[,] AsColumn(IReadOnlyList<double> baselines)
    {
        ArgumentNullException.ThrowIfNull(baselines);
        double[,] levels = new double[baselines.Count, 1];
        for (int i = 0; i < baselines.Count; i++) levels[i, 0] = baselines[i];
        return levels;
    }

    private static double[,,] WithOneDecay(double[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        double[,,] branching = new double[matrix.GetLength(0), matrix.GetLength(1), 1];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++) branching[i, j, 0] = matrix[i, j];
        }

        return branching;
    }

    private int IndexOf(string unit)
    {
        int index = Array.IndexOf(units, unit);
        return index >= 0 ? index : throw new UnknownUnitException(unit, units);
    }

    private double Mean(int target)
    {
        if (!Baseline.IsConstant && Baseline.Period is null) return double.NaN;
        return levels.AsSpan(target * Baseline.PieceCount, Baseline.PieceCount).ToArray().Average();
    }

    private void Validate(double[,] given)
    {
        if (units.Length == 0 || units.Distinct(StringComparer.Ordinal).Count() != units.Length) throw new ArgumentException("A Hawkes process needs units, all different.");
        if (given.GetLength(0) != units.Length) throw new ArgumentException($"{units.Length} units need as many baselines, not {given.GetLength(0)}.");
        if (given.GetLength(1) != Baseline.PieceCount) throw new ArgumentException($"The baseline has {Baseline.PieceCount} pieces and needs as many levels of each unit, not {given.GetLength(1)}.");
        if (branching.GetLength(0) != units.Length || branching.GetLength(1) != units.Length || branching.GetLength(2) != decays.Length)
            throw new ArgumentException($"The branching ratios must be {units.Length} targets × {units.Length} sources × {decays.Length} decays.");
        if (levels.Concat(branching.Cast<double>()).Any(value => !(value >= 0) || !double.IsFinite(value)))
            throw new ArgumentException("Baselines and branching ratios must be finite and not negative.");
        if (decays.Length == 0 || decays.Any(decay => !(decay > 0) || !double.IsFinite(decay)) || decays.Distinct().Count() != decays.Length)
            throw new ArgumentException("Decays must be positive, finite and different; they are reciprocal time constants.");
    }
}
