using SpikeStats.Models.Neurons;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.MeanField;

/// <summary>The balanced network of binary units: strong random excitation and inhibition that cancel to leave irregular firing.</summary>
/// <remarks>
/// Every unit has on average K excitatory and K inhibitory inputs of weights J/√K and an external input √K E_0 m_0 (I_0 for inhibitory units); it is active while its input exceeds its
/// threshold, and looks at its input at random times, one per unit of time on average. The defaults are those of van Vreeswijk and Sompolinsky's examples.
/// <para><b>Source:</b> van Vreeswijk and Sompolinsky, Science 274:1724 (1996); Neural Comput 10:1321 (1998).</para>
/// </remarks>
public sealed record BalancedNetwork
{
    private const int Iterations = 200;
    private const double BurnIn = 0.2;
    private static readonly double[] startingLogits = [-8, -4, -3, -2, -1, 0];

    /// <summary>J_EI, the modulus of the weight from inhibitory to excitatory units, dimensionless; that from excitatory units is 1.</summary>
    /// <value>2 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double InhibitionOfExcitatory { get; init => field = Require.Positive(value, nameof(value), "The weight", "dimensionless"); } = 2;

    /// <summary>J_II, the modulus of the weight among inhibitory units, dimensionless; that from excitatory units is 1.</summary>
    /// <value>1.8 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double InhibitionOfInhibitory { get; init => field = Require.Positive(value, nameof(value), "The weight", "dimensionless"); } = 1.8;

    /// <summary>E_0, the external weight on excitatory units, dimensionless.</summary>
    /// <value>1 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double ExternalToExcitatory { get; init => field = Require.NotNegative(value, nameof(value), "The external weight", "dimensionless"); } = 1;

    /// <summary>I_0, the external weight on inhibitory units, dimensionless.</summary>
    /// <value>0.8 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double ExternalToInhibitory { get; init => field = Require.NotNegative(value, nameof(value), "The external weight", "dimensionless"); } = 0.8;

    /// <summary>The threshold of excitatory units, in units of the weights, dimensionless.</summary>
    /// <value>1 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double ExcitatoryThreshold { get; init => field = Require.Positive(value, nameof(value), "The threshold", "dimensionless"); } = 1;

    /// <summary>The threshold of inhibitory units, in units of the weights, dimensionless.</summary>
    /// <value>0.7 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double InhibitoryThreshold { get; init => field = Require.Positive(value, nameof(value), "The threshold", "dimensionless"); } = 0.7;

    /// <summary>m_0, the activity of the external units, dimensionless.</summary>
    /// <value>0.2 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double ExternalActivity { get; init => field = Require.NotNegative(value, nameof(value), "The external activity", "dimensionless"); } = 0.2;

    /// <summary>The activity in the limit of many inputs, at which excitation and inhibition cancel.</summary>
    /// <returns>The activities, linear in that of the external units; NaN if no positive activities cancel. The net input is not of this order: NaN.</returns>
    public BalancedActivity ManyInputs()
    {
        // m_E - J_EI m_I = -E_0 m_0 and m_E - J_II m_I = -I_0 m_0.
        double inhibitory = (ExternalToExcitatory - ExternalToInhibitory) * ExternalActivity / (InhibitionOfExcitatory - InhibitionOfInhibitory);
        double excitatory = (InhibitionOfExcitatory * inhibitory) - (ExternalToExcitatory * ExternalActivity);
        return excitatory > 0 && inhibitory > 0 ? new BalancedActivity(excitatory, inhibitory, double.NaN) : new BalancedActivity(double.NaN, double.NaN, double.NaN);
    }

    /// <summary>The activity for a finite number of inputs in a large network: m = H((θ - u)/√α), u and α the mean and variance of the input, H the normal tail.</summary>
    /// <remarks>
    /// Newton iterations from many starts, the limit of many inputs among them. <b>Accuracy:</b> 10⁻¹⁰ as tested. It neglects correlations, a few percent at K = 1000 and 10 % at K = 100, and
    /// that external input does not fluctuate.
    /// </remarks>
    /// <param name="inputCount">K, the mean number of inputs from each population; positive.</param>
    /// <returns>The solution with both populations active if there is one, else the silent state, whose regime says so.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive and finite.</exception>
    public BalancedActivity MeanField(double inputCount)
    {
        double root = Math.Sqrt(Require.Positive(inputCount, nameof(inputCount), "The number of inputs", "per population"));
        BalancedActivity best = default, limit = ManyInputs();
        if (limit.Regime == BalancedRegime.Balanced) Try(Logit(limit.Excitatory), Logit(limit.Inhibitory));
        foreach (double excitatory in startingLogits)
        {
            foreach (double inhibitory in startingLogits) Try(excitatory, inhibitory);
        }

        return best;

        void Try(double excitatory, double inhibitory)
        {
            if (Solve(root, excitatory, inhibitory) is { } found && found.Regime == BalancedRegime.Balanced && found.Excitatory > best.Excitatory) best = found;
        }
    }

    /// <summary>Simulates a network with random connections.</summary>
    /// <remarks>Connections are drawn with probability K/N. <b>Cost:</b> one operation per connection, and 2K for every change of a unit; 4KN integers of memory.</remarks>
    /// <param name="inputCount">K, the mean number of inputs from each population; positive, at most N.</param>
    /// <param name="populationSize">N, the number of units of each kind; positive.</param>
    /// <param name="duration">The duration, as a number of mean times between two looks of a unit; the first fifth is left out of the averages. Positive.</param>
    /// <param name="seed">The seed of connections and updates.</param>
    /// <param name="cancellationToken">Stops the simulation.</param>
    /// <returns>The mean activities and the mean input of excitatory units; its regime tells whether they balance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public BalancedActivity Simulate(double inputCount, int populationSize, double duration, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(populationSize, 1);
        Require.Positive(inputCount, nameof(inputCount), "The number of inputs", "per population");
        if (inputCount > populationSize) throw new ArgumentOutOfRangeException(nameof(inputCount), inputCount, FormattableString.Invariant($"A unit cannot have {inputCount} inputs from a population of {populationSize}."));
        Require.Positive(duration, nameof(duration), "The duration", "in units of the mean time between looks");
        int unitCount = 2 * populationSize;
        double root = Math.Sqrt(inputCount);
        int[][] targets = Connect(unitCount, inputCount / populationSize, seed, cancellationToken);
        double[] distance = new double[unitCount];
        bool[] isActive = new bool[unitCount];
        for (int i = 0; i < unitCount; i++)
            distance[i] = i < populationSize ? (root * ExternalToExcitatory * ExternalActivity) - ExcitatoryThreshold : (root * ExternalToInhibitory * ExternalActivity) - InhibitoryThreshold;
        RandomStream stream = new(seed, (uint)unitCount);
        long steps = (long)(duration * unitCount), burnIn = (long)(BurnIn * steps), looks = 0;
        double excitatory = 0, inhibitory = 0, input = 0;
        int activeExcitatory = 0, activeInhibitory = 0;
        for (long step = 0; step < steps; step++)
        {
            if (step % unitCount == 0) cancellationToken.ThrowIfCancellationRequested();
            int i = (int)(stream.NextDouble() * unitCount);
            bool next = distance[i] > 0;
            if (next != isActive[i]) Switch(i, next);
            if (step < burnIn) continue;
            excitatory += activeExcitatory;
            inhibitory += activeInhibitory;
            if (i >= populationSize) continue;
            input += distance[i] + ExcitatoryThreshold;
            looks++;
        }

        double samples = (double)(steps - burnIn) * populationSize;
        return new BalancedActivity(excitatory / samples, inhibitory / samples, input / looks);

        void Switch(int i, bool next)
        {
            isActive[i] = next;
            int change = next ? 1 : -1;
            if (i < populationSize) activeExcitatory += change;
            else activeInhibitory += change;
            double ontoExcitatory = change * (i < populationSize ? 1 : -InhibitionOfExcitatory) / root, ontoInhibitory = change * (i < populationSize ? 1 : -InhibitionOfInhibitory) / root;
            foreach (int target in targets[i]) distance[target] += target < populationSize ? ontoExcitatory : ontoInhibitory;
        }
    }

    // Gaps between the targets of a unit are geometric: one draw per connection instead of one per pair.
    private static int[][] Connect(int unitCount, double probability, ulong seed, CancellationToken cancellationToken)
    {
        int[][] targets = new int[unitCount][];
        double scale = probability < 1 ? -1 / MathNet.Numerics.SpecialFunctions.Log1p(-probability) : 0;
        Parallel.For(0, unitCount, new ParallelOptions { CancellationToken = cancellationToken }, source =>
        {
            RandomStream stream = new(seed, (uint)source);
            List<int> list = [];
            for (double target = Math.Floor(scale * stream.NextExponential()); target < unitCount; target += 1 + Math.Floor(scale * stream.NextExponential())) list.Add((int)target);
            targets[source] = [.. list];
        });
        return targets;
    }

    private BalancedActivity? Solve(double root, double logitExcitatory, double logitInhibitory)
    {
        double x = logitExcitatory, y = logitInhibitory;
        for (int i = 0; i < Iterations; i++)
        {
            double excitatory = Logistic(x), inhibitory = Logistic(y);
            Population e = new(root, excitatory, inhibitory, ExternalToExcitatory * ExternalActivity, InhibitionOfExcitatory, ExcitatoryThreshold);
            Population p = new(root, excitatory, inhibitory, ExternalToInhibitory * ExternalActivity, InhibitionOfInhibitory, InhibitoryThreshold);

            // Newton's step for m - H(z) = 0 in logits.
            double dx = excitatory * (1 - excitatory), dy = inhibitory * (1 - inhibitory), fe = excitatory - e.Active, fi = inhibitory - p.Active;
            double a = (1 - e.SlopeInExcitatory) * dx, b = -e.SlopeInInhibitory * dy, c = -p.SlopeInExcitatory * dx, d = (1 - p.SlopeInInhibitory) * dy, determinant = (a * d) - (b * c);
            double stepX = ((d * fe) - (b * fi)) / determinant, stepY = ((a * fi) - (c * fe)) / determinant, longest = Math.Max(Math.Abs(stepX), Math.Abs(stepY));
            if (!double.IsFinite(longest)) return null;
            double damping = Math.Min(1, 1 / longest);
            x -= damping * stepX;
            y -= damping * stepY;
            if (longest < 1e-13) return new BalancedActivity(Logistic(x), Logistic(y), e.Mean);
        }

        return null;
    }

    private static double Logit(double share) => Math.Log(share / (1 - share));

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    // The share of units whose Gaussian input lies above threshold, with its slopes in both activities.
    private readonly struct Population
    {
        public Population(double root, double excitatory, double inhibitory, double external, double inhibition, double threshold)
        {
            double variance = excitatory + (inhibition * inhibition * inhibitory), deviation = Math.Sqrt(variance);
            Mean = root * (external + excitatory - (inhibition * inhibitory));
            double z = (threshold - Mean) / deviation, density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
            Active = 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(z / Math.Sqrt(2));
            SlopeInExcitatory = density * ((root / deviation) + (0.5 * z / variance));
            SlopeInInhibitory = density * ((-root * inhibition / deviation) + (0.5 * z * inhibition * inhibition / variance));
        }

        public double Mean { get; }

        public double Active { get; }

        public double SlopeInExcitatory { get; }

        public double SlopeInInhibitory { get; }
    }
}
