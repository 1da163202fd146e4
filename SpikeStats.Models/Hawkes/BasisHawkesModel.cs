using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Models.Bases;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Models.Hawkes;

/// <summary>A Hawkes process whose kernels are sums of basis functions: piecewise constant on windows of lag, splines, raised cosines.</summary>
/// <remarks>
/// λ_i(t) = μ_i + Σ_j Σ_(s of j, s &lt; t) φ_ij(t - s) with φ_ij(u) = Σ_b w_ijb B_b(u), i the target and j the source; w ≥ 0 and B ≥ 0, and B is zero
/// beyond its support. Only strictly earlier spikes of the same observed interval excite: simultaneous spikes do not excite each other. Each observed
/// interval starts without a past, but for <see cref="InitialSpikes"/>.
/// <para><b>Accuracy:</b> likelihood, intensity and compensator are exact up to rounding for windows and splines, to 10^-12 for other bases; tested against
/// sums over all pairs of spikes with numerical integrals, and against <see cref="HawkesModel"/> in the limit of narrow windows.
/// <b>Cost:</b> O(pairs of spikes within the support × functions); memory O(spikes).</para>
/// <para><b>Source:</b> Hawkes, Biometrika 58:83 (1971); Reynaud-Bouret and Schbath, Ann Stat 38:2781 (2010), for kernels on a basis.</para>
/// </remarks>
public sealed class BasisHawkesModel : IPointProcess
{
    private readonly string[] units;
    private readonly double[] baselines, integrals;
    private readonly double[][] initialSpikes;

    // Target by target, source by source, function by function.
    private readonly double[] weights;

    /// <summary>Creates a process of several units.</summary>
    /// <param name="units">Identifiers of the units.</param>
    /// <param name="baselines">μ, in hertz, one per unit; finite and not negative.</param>
    /// <param name="basis">The functions of lag that all kernels share; none of them negative anywhere.</param>
    /// <param name="weights">w, in hertz, [target, source, function]; finite and not negative.</param>
    /// <exception cref="ArgumentException">Sizes do not match, units repeat, a value is out of range, or the basis takes negative values.</exception>
    public BasisHawkesModel(IReadOnlyList<string> units, IReadOnlyList<double> baselines, ContinuousBasis basis, double[,,] weights)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(baselines);
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(weights);
        this.units = [.. units];
        this.baselines = [.. baselines];
        this.weights = [.. weights.Cast<double>()];
        Basis = basis;
        ParameterCount = baselines.Count + weights.Length;
        initialSpikes = [.. units.Select(_ => Array.Empty<double>())];
        Validate(weights);
        integrals = basis.Integrals();
    }

    /// <summary>Creates a process of one unit.</summary>
    /// <param name="unit">Identifier of the unit.</param>
    /// <param name="baseline">μ, in hertz; finite and not negative.</param>
    /// <param name="basis">The functions of lag; none of them negative anywhere.</param>
    /// <param name="weights">w, in hertz, one per function; finite and not negative.</param>
    /// <exception cref="ArgumentException">There is not one weight per function, a value is out of range, or the basis takes negative values.</exception>
    public BasisHawkesModel(string unit, double baseline, ContinuousBasis basis, IReadOnlyList<double> weights)
        : this([unit], [baseline], basis, OfOnePair(weights))
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Units => units;

    /// <summary>The number of parameters, for information criteria: baselines and weights unless stated otherwise.</summary>
    public int ParameterCount { get; init; }

    /// <summary>μ, in hertz, one per unit: the rate without any excitation.</summary>
    public IReadOnlyList<double> Baselines => baselines;

    /// <summary>The functions of lag that all kernels share.</summary>
    public ContinuousBasis Basis { get; }

    /// <summary>The spikes before every observed interval that still excite in it: how long before its start each unit fired, in seconds; one list per unit, empty by default.</summary>
    /// <exception cref="ArgumentException">There is not one list per unit, or a value is not positive.</exception>
    public IReadOnlyList<IReadOnlyList<double>> InitialSpikes
    {
        get => initialSpikes;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count != units.Length) throw new ArgumentException($"The initial spikes are one list for each of {units.Length} units.", nameof(value));
            if (value.SelectMany(own => own).Any(before => !(before > 0) || !double.IsFinite(before)))
                throw new ArgumentException("Initial spikes are given as times before the start of an interval: positive and finite.", nameof(value));
            initialSpikes = [.. value.Select(own => own.ToArray())];
        }
    }

    /// <summary>The weight of a function in a kernel.</summary>
    /// <param name="target">Position of the target.</param>
    /// <param name="source">Position of the source.</param>
    /// <param name="function">Position of the function.</param>
    /// <returns>w, in hertz.</returns>
    public double Weight(int target, int source, int function) => Weights(target, source)[function];

    /// <summary>A kernel at some lags: what a spike of the source adds to the rate of the target.</summary>
    /// <param name="target">Position of the target.</param>
    /// <param name="source">Position of the source.</param>
    /// <param name="lags">Lags, in seconds.</param>
    /// <returns>φ, in hertz, one value per lag.</returns>
    public double[] Kernel(int target, int source, params IReadOnlyList<double> lags)
    {
        ArgumentNullException.ThrowIfNull(lags);
        double[] functions = new double[Basis.ColumnCount];
        return [.. lags.Select(lag =>
        {
            Basis.EvaluateAt(lag, functions);
            return TensorPrimitives.Dot(Weights(target, source), functions);
        })];
    }

    /// <summary>The integrals of the kernels: how many spikes of each target one spike of each source triggers directly.</summary>
    /// <returns>A = Σ_b w_ijb ∫ B_b, dimensionless, [target, source].</returns>
    public double[,] BranchingMatrix()
    {
        double[,] matrix = new double[units.Length, units.Length];
        for (int i = 0; i < units.Length; i++)
        {
            for (int j = 0; j < units.Length; j++) matrix[i, j] = TensorPrimitives.Dot(Weights(i, j), integrals);
        }

        return matrix;
    }

    /// <summary>The spectral radius of the branching matrix, dimensionless; the process has a stationary law if it is below 1.</summary>
    public double SpectralRadius => Matrix<double>.Build.DenseOfArray(BranchingMatrix()).Evd().EigenValues.Max(value => value.Magnitude);

    /// <summary>The stationary rates (I - A)⁻¹ μ.</summary>
    /// <returns>Hertz, one value per unit.</returns>
    /// <exception cref="InvalidOperationException">The spectral radius is not below 1, so that no stationary rate exists.</exception>
    public double[] MeanRates()
    {
        double radius = SpectralRadius;
        if (radius >= 1)
            throw new InvalidOperationException(FormattableString.Invariant($"The branching matrix has spectral radius {radius:G4}; from 1 on rates grow without bound and have no stationary mean."));
        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(units.Length);
        return [.. (identity - Matrix<double>.Build.DenseOfArray(BranchingMatrix())).Solve(Vector<double>.Build.DenseOfArray(baselines))];
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidRecordingException">The units were not observed in the same intervals.</exception>
    public double LogLikelihood(Recording recording) => BasisHawkesLikelihood.Of(this, MarkedEvents.Of(recording, units));

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
        return BasisHawkesCompensator.Intensity(this, MarkedEvents.Of(recording, units), target, grid);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidRecordingException">The units were not observed in the same intervals.</exception>
    public Compensator Compensate(Recording recording, string unit)
    {
        int target = IndexOf(unit);
        return BasisHawkesCompensator.Of(this, MarkedEvents.Of(recording, units), target);
    }

    /// <summary>Draws spikes by thinning (Ogata 1981); exact.</summary>
    /// <remarks>
    /// The bound of the intensity is the same sum with every kernel replaced by a step function that never rises and lies above it, so that it holds until the
    /// next spike. <b>Cost:</b> O(spikes within the support × units × functions) per candidate; kernels that peak late give many candidates.
    /// </remarks>
    /// <param name="conditions">The intervals in which to draw.</param>
    /// <param name="seed">Seed; interval n draws from the stream (seed, 0, n).</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>A recording of the modelled units with the trials and signals of <paramref name="conditions"/>.</returns>
    /// <exception cref="RunawayException">The spectral radius is 1 or more, and a unit passed 10^5 Hz and a hundred times its baseline.</exception>
    public Recording Simulate(Recording conditions, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return BasisThinning.Draw(this, conditions, seed, cancellationToken);
    }

    /// <summary>Draws spikes by the cluster representation: immigrants at the baselines, each spike a parent of Poisson many children at lags drawn from the kernels.</summary>
    /// <remarks>
    /// The same law as <see cref="Simulate"/> by another route. <b>Cost:</b> O(spikes × units). <b>Source:</b> Hawkes and Oakes, J Appl Prob 11:493 (1974).
    /// </remarks>
    /// <param name="conditions">The intervals in which to draw.</param>
    /// <param name="seed">Seed; interval n draws from the stream (seed, 1, n).</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>A recording of the modelled units with the trials and signals of <paramref name="conditions"/>.</returns>
    /// <exception cref="RunawayException">The process ran away: more than 50 million spikes in one interval.</exception>
    public Recording SimulateClusters(Recording conditions, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return BasisClusters.Draw(this, conditions, seed, cancellationToken);
    }

    /// <summary>The weights of a kernel, in hertz.</summary>
    internal ReadOnlySpan<double> Weights(int target, int source)
    {
        int functions = Basis.ColumnCount;
        return weights.AsSpan(((target * units.Length) + source) * functions, functions);
    }

    private static double[,,] OfOnePair(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        double[,,] pair = new double[1, 1, weights.Count];
        for (int b = 0; b < weights.Count; b++) pair[0, 0, b] = weights[b];
        return pair;
    }

    private int IndexOf(string unit)
    {
        int index = Array.IndexOf(units, unit);
        return index >= 0 ? index : throw new UnknownUnitException(unit, units);
    }

    private void Validate(double[,,] given)
    {
        if (units.Length == 0 || units.Distinct(StringComparer.Ordinal).Count() != units.Length) throw new ArgumentException("A Hawkes process needs units, all different.");
        if (baselines.Length != units.Length) throw new ArgumentException($"{units.Length} units need as many baselines, not {baselines.Length}.");
        if (given.GetLength(0) != units.Length || given.GetLength(1) != units.Length || given.GetLength(2) != Basis.ColumnCount)
            throw new ArgumentException($"The weights must be {units.Length} targets × {units.Length} sources × {Basis.ColumnCount} functions.");
        if (baselines.Concat(weights).Any(value => !(value >= 0) || !double.IsFinite(value)))
            throw new ArgumentException("Baselines and weights must be finite and not negative.");
        if (!Basis.IsNonNegative)
            throw new ArgumentException($"The basis {Basis} takes negative values, which would make intensities negative. Use windows, splines or raised cosines.");
    }
}
