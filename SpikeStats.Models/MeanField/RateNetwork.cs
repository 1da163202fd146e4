using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.MeanField;

/// <summary>The diffusion limit of a sparse random network: every population fires at the rate that white noise of the mean and variance of its inputs evokes.</summary>
/// <remarks>
/// ν_i = Φ_i(μ_i, σ_i), μ_i = μ_i,ext + τ_i Σ K_ij J_ij ν_j, σ_i² = σ_i,ext² + τ_i Σ K_ij J_ij² ν_j. It needs many weak inputs whose spikes are independent and nearly
/// Poisson: weights well below the distance to threshold, connections sparse.
/// <para><b>Source:</b> Amit and Brunel, Cereb Cortex 7:237 (1997); Brunel, J Comput Neurosci 8:183 (2000).</para>
/// </remarks>
public sealed class RateNetwork
{
    /// <summary>States a network.</summary>
    /// <param name="populations">Its populations.</param>
    /// <param name="projections">Its connections; several may join the same two populations.</param>
    /// <exception cref="ArgumentException">There is no population, or a projection names one that does not exist.</exception>
    public RateNetwork(IReadOnlyList<NetworkPopulation> populations, IReadOnlyList<Projection> projections)
    {
        ArgumentNullException.ThrowIfNull(populations);
        ArgumentNullException.ThrowIfNull(projections);
        if (populations.Count == 0) throw new ArgumentException("A network needs at least one population.", nameof(populations));
        Populations = [.. populations];
        Projections = [.. projections];
        for (int i = 0; i < Projections.Count; i++)
        {
            if (Projections[i].Source < 0 || Projections[i].Source >= Populations.Count || Projections[i].Target < 0 || Projections[i].Target >= Populations.Count)
                throw new ArgumentException($"Projection {i} goes from population {Projections[i].Source} to {Projections[i].Target}; there are populations 0 to {Populations.Count - 1}.", nameof(projections));
        }
    }

    /// <summary>The populations.</summary>
    public IReadOnlyList<NetworkPopulation> Populations { get; }

    /// <summary>The connections.</summary>
    public IReadOnlyList<Projection> Projections { get; }

    /// <summary>The input of a population at given rates.</summary>
    /// <param name="population">The index of the population.</param>
    /// <param name="rates">The rate of each population, in hertz.</param>
    /// <returns>Mean and noise.</returns>
    /// <exception cref="ArgumentException">There are not as many rates as populations.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such population.</exception>
    public WhiteNoiseInput InputOf(int population, IReadOnlyList<double> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentOutOfRangeException.ThrowIfNegative(population);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(population, Populations.Count);
        if (rates.Count != Populations.Count) throw new ArgumentException($"{Populations.Count} populations need as many rates, not {rates.Count}.", nameof(rates));
        NetworkPopulation target = Populations[population];
        double mean = 0, variance = 0;
        foreach (PoissonDrive drive in target.Drives) Add(drive.InDegree, drive.Weight, drive.Rate);
        foreach (Projection projection in Projections)
        {
            if (projection.Target == population) Add(projection.InDegree, projection.Weight, rates[projection.Source]);
        }

        double background = target.Background.Sigma;
        return new WhiteNoiseInput(target.Background.Mean + (target.TimeConstant * mean), Math.Sqrt((background * background) + (target.TimeConstant * variance)));

        void Add(double inDegree, double weight, double rate)
        {
            mean += inDegree * weight * rate;
            variance += inDegree * weight * weight * rate;
        }
    }

    /// <summary>Finds the fixed points.</summary>
    /// <remarks>
    /// One population: a scan of log Φ(ν) - log ν over a logarithmic grid with its slopes, so that pairs of roots inside a cell are found too. Several populations: Newton
    /// iterations in log ν from many starts, with the points already found divided out (deflation: Farrell, Birkisson and Funke, SIAM J Sci Comput 37:A2026 (2015)).
    /// <para><b>Accuracy:</b> 10⁻¹⁰ relative as tested. <b>Cost:</b> about a thousand rates for one population, some ten thousand for two.</para>
    /// </remarks>
    /// <param name="options">Where to look.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The fixed points; at least one for a bounded transfer and one population.</returns>
    public FixedPointSearch FixedPoints(FixedPointOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FixedPointOptions();
        options.Validate();
        List<double[]> rates = Populations.Count == 1 ? RateScan.Of(this, options) : DeflatedNewton.Of(this, options, cancellationToken);
        return new FixedPointSearch([.. rates.Select(Describe).OrderBy(point => point.Rates[0])], Populations.Count == 1);
    }

    internal LocalRate Evaluate(int population, double[] rates) => LocalRate.Of(Populations[population].Transfer, InputOf(population, rates));

    // ∂Φ_i/∂ν_j.
    internal Matrix<double> Gains(LocalRate[] local)
    {
        Matrix<double> gains = Matrix<double>.Build.Dense(Populations.Count, Populations.Count);
        foreach (Projection projection in Projections)
        {
            int i = projection.Target;
            gains[i, projection.Source] += Populations[i].TimeConstant * projection.InDegree * projection.Weight * (local[i].SlopeInMean + (projection.Weight * local[i].SlopeInVariance));
        }

        return gains;
    }

    private FixedPoint Describe(double[] rates)
    {
        LocalRate[] local = [.. Enumerable.Range(0, rates.Length).Select(i => Evaluate(i, rates))];
        Matrix<double> gains = Gains(local);
        double leading = rates.Length == 1 ? gains[0, 0] : gains.Evd().EigenValues.Max(value => value.Real);
        return new FixedPoint(rates, [.. Enumerable.Range(0, rates.Length).Select(i => InputOf(i, rates))], leading);
    }
}
