using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Glm;

/// <summary>The law of the spike count of a bin given the linear predictor η, that is, an observation distribution with its link.</summary>
/// <remarks>
/// With the links log, cloglog and logit the predictor includes the offset log(binWidth), so that its other parts are the logarithm of a rate in hertz
/// whatever the bin width (with logit: where a spike in a bin is improbable). Softplus, probit and identity have no such scale: their predictor has no offset
/// and their coefficients belong to the bin width they were fitted with. Every law here but that of the clipped identity is concave in η, so that an optimum of
/// a fit is the optimum.
/// All methods work on whole blocks of bins; counts are given as doubles because they enter floating-point products.
/// </remarks>
public abstract class ObservationModel
{
    /// <summary>Expected spikes in one bin beyond which a simulation counts as run away.</summary>
    internal const double Runaway = 1e4;

    private const double DefaultFloor = 1e-6;

    private protected ObservationModel()
    {
    }

    /// <summary>Poisson counts with mean exp(η).</summary>
    public static ObservationModel Poisson { get; } = new PoissonObservation();

    /// <summary>A bin holds a spike with probability 1 - exp(-exp(η)): exact for a Poisson process seen through bins that only say "spike or none".</summary>
    public static ObservationModel Bernoulli { get; } = new BernoulliObservation();

    /// <summary>A bin holds a spike with probability 1 / (1 + exp(-η)), the logistic regression.</summary>
    public static ObservationModel BernoulliLogit { get; } = new BernoulliLogitObservation();

    /// <summary>A bin holds a spike with probability Φ(η), the standard normal distribution; its predictor has no offset.</summary>
    public static ObservationModel BernoulliProbit { get; } = new BernoulliProbitObservation();

    /// <summary>Poisson counts with mean log(1 + exp(η)); its predictor has no offset.</summary>
    public static ObservationModel PoissonSoftplus { get; } = new PoissonSoftplusObservation();

    /// <summary>Poisson counts with mean η itself, clipped at 10^-6 spikes per bin: effects add up as rates and do not multiply.</summary>
    /// <remarks>See <see cref="PoissonIdentityOf"/>.</remarks>
    public static ObservationModel PoissonIdentity { get; } = new PoissonIdentityObservation(DefaultFloor);

    /// <summary>Poisson counts with mean μ = max(η, floor); its predictor has no offset.</summary>
    /// <remarks>
    /// It makes sense where causes add up: independent inputs whose spikes are superposed, a rate above a background, tuning that is linear and stays positive. It does
    /// not where filters suppress: predictors then fall below the floor, where the likelihood is flat, it is not concave in bins with spikes, and has kinks that
    /// an optimum may come to lie on. The certificate of a fit says how many bins are clipped; with a spike among them the optimum need not be the only one
    /// (<c>LocalOptimum</c>). Softplus is the smooth alternative.
    /// </remarks>
    /// <param name="floor">Smallest expected count of a bin, in spikes per bin; positive. The smaller, the more a spike in a clipped bin costs.</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The floor is not positive and finite.</exception>
    public static ObservationModel PoissonIdentityOf(double floor) => new PoissonIdentityObservation(floor);

    /// <summary>Negative binomial counts with mean μ = exp(η) and variance μ + μ²/θ, whose shape θ a fit estimates.</summary>
    public static NegativeBinomialObservation NegativeBinomial { get; } = new(shape: 1, isShapeEstimated: true);

    /// <summary>Negative binomial counts with mean μ = exp(η) and variance μ + μ²/θ, with a given shape θ.</summary>
    /// <param name="shape">θ, dimensionless; positive.</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not positive and finite.</exception>
    public static NegativeBinomialObservation NegativeBinomialOf(double shape) => new(shape, isShapeEstimated: false);

    /// <summary>Name of the distribution, in lower case.</summary>
    public abstract string Name { get; }

    /// <summary>Name of the link, in lower case.</summary>
    public abstract string Link { get; }

    /// <summary>The predictor beyond which a simulation counts as run away.</summary>
    internal virtual double LargestPredictor => Math.Log(Runaway);

    /// <summary>The predictor at and below which the law no longer depends on it, dimensionless: of the clipped identity the smallest expected count of a bin; -∞ if there is none.</summary>
    public virtual double Floor => double.NegativeInfinity;

    /// <summary>The part of every predictor that only depends on the bin width.</summary>
    /// <param name="binWidth">Width of a bin, in seconds.</param>
    /// <returns>log(binWidth); 0 for links without the scale of a rate.</returns>
    public virtual double Offset(double binWidth) => Math.Log(binWidth);

    /// <summary>The count as the distribution sees it; a Bernoulli bin with two spikes holds "a spike".</summary>
    /// <param name="count">Spikes in the bin.</param>
    /// <returns>The count to use.</returns>
    public abstract int Clip(int count);

    /// <summary>Log-likelihood of a block of bins and its first two derivatives in the predictor.</summary>
    /// <param name="predictor">η of each bin, dimensionless; finite.</param>
    /// <param name="counts">Clipped count of each bin.</param>
    /// <param name="score">Receives dℓ/dη of each bin.</param>
    /// <param name="information">Receives -d²ℓ/dη² of each bin (the observed information).</param>
    /// <returns>Σ ℓ in nats, without <see cref="Constant"/>.</returns>
    public abstract double Differentiate(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts, Span<double> score, Span<double> information);

    /// <summary>Log-likelihood of a block of bins.</summary>
    /// <param name="predictor">η of each bin, dimensionless; -∞ means that a spike is impossible.</param>
    /// <param name="counts">Clipped count of each bin.</param>
    /// <returns>Σ ℓ in nats, without <see cref="Constant"/>; -∞ if an impossible spike was seen.</returns>
    public abstract double LogLikelihood(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts);

    /// <summary>The part of the log-likelihood of a bin that does not depend on the model, such as -log y!.</summary>
    /// <param name="count">Clipped count.</param>
    /// <returns>Nats.</returns>
    public abstract double Constant(int count);

    /// <summary>The log-likelihood of a bin under the model that predicts its count exactly, with <see cref="Constant"/>.</summary>
    /// <param name="count">Clipped count.</param>
    /// <returns>Nats; the limit 0 · log 0 = 0 is taken.</returns>
    public abstract double Saturated(int count);

    /// <summary>Expected counts.</summary>
    /// <param name="predictor">η of each bin, dimensionless.</param>
    /// <param name="mean">Receives E[y] of each bin.</param>
    public abstract void Mean(ReadOnlySpan<double> predictor, Span<double> mean);

    /// <summary>Hazards q = -log P(no spike in the bin), which the discrete-time rescaling needs.</summary>
    /// <param name="predictor">η of each bin, dimensionless.</param>
    /// <param name="hazard">Receives q of each bin.</param>
    public abstract void Hazard(ReadOnlySpan<double> predictor, Span<double> hazard);

    /// <summary>The predictor whose mean is given: the link function.</summary>
    /// <param name="mean">Expected count of a bin, in the range of the distribution.</param>
    /// <returns>η.</returns>
    public abstract double LinkOf(double mean);

    /// <summary>Draws a count.</summary>
    /// <param name="predictor">η of the bin, dimensionless.</param>
    /// <param name="stream">Source of randomness.</param>
    /// <returns>The count.</returns>
    public abstract int Draw(double predictor, RandomStream stream);
}
