using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.MeanField;

/// <summary>The activity of a finite population of like neurons with escape noise, without simulating the neurons: mesoscopic equations.</summary>
/// <remarks>
/// μ(t) = μ_ext(t) + J s(t), τ_s ds/dt = -s + A(t - d), the same for all N neurons. Neurons with the same last spike share their voltage, so that it suffices to know how many are
/// expected to have survived since, m, with which variance, v. With the probability P of a spike in a step for each age, Σ over ages,
/// <para>E[n] = Σ P m + (Σ P v/Σ v) (N - Σ m),  n ~ Binomial(N, E[n]/N),  m → (1 - P) m,  v → (1 - P)² v + P m,</para>
/// and n neurons begin anew. The second term corrects for those that are more or fewer than N in the expectation.
/// <para><b>Assumptions:</b> the neurons are alike, renewal given the input (no adaptation), and all get the same input: full connections, or random ones in so far as their inputs
/// differ little. N is large enough for the survivors of neighbouring ages, taken together, to be nearly Gaussian: some tens of neurons.</para>
/// <para><b>Accuracy:</b> first order in the time step, as the neurons simulated in the same steps are; mean, variance and spectrum of the activity tested against those and
/// against renewal theory. <b>Cost:</b> 8τ + t_ref over the step ages a step, whatever N.</para>
/// <para><b>Source:</b> Schwalger, Deger and Gerstner, PLoS Comput Biol 13:e1005507 (2017).</para>
/// </remarks>
public sealed record MesoscopicPopulation
{
    // By then the reset is forgotten, in time constants: e^-8 of it is left.
    private const double ForgottenAfter = 8;

    // From this mean and its complement on a binomial count is drawn as a rounded normal number.
    private const double Many = 400;

    /// <summary>States a population.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="size">N, the number of neurons; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no neuron.</exception>
    public MesoscopicPopulation(EscapeNoiseNeuron neuron, int size)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Neuron = neuron;
        Size = size;
    }

    /// <summary>The neuron.</summary>
    public EscapeNoiseNeuron Neuron { get; }

    /// <summary>N, the number of neurons.</summary>
    public int Size { get; }

    /// <summary>J, what an activity of 1 Hz adds to the mean input, in volts per hertz: τ K w for K inputs that move the voltage by w; negative for inhibition.</summary>
    /// <value>0 by default: independent neurons.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Coupling { get; init => field = Require.Finite(value, nameof(value), "The coupling", "in volts per hertz"); }

    /// <summary>d, the time from a spike to its effect, in seconds.</summary>
    /// <value>0 by default; then a spike acts from the next step on.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Delay { get; init => field = Require.NotNegative(value, nameof(value), "The delay", "in seconds"); }

    /// <summary>τ_s, the time constant of the synapses, in seconds.</summary>
    /// <value>0 by default: the input follows the activity of one step.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double SynapticTime { get; init => field = Require.NotNegative(value, nameof(value), "The time constant of the synapses", "in seconds"); }

    /// <summary>Draws the activity.</summary>
    /// <remarks>All neurons begin at the external input of time 0, long after their last spike, with silent synapses: leave out what comes before the activity has settled.</remarks>
    /// <param name="mean">μ_ext, in volts, of the time in seconds.</param>
    /// <param name="duration">In seconds; positive.</param>
    /// <param name="timeStep">In seconds; positive, well below τ, and so short that few neurons fire in a step. Delay and refractory period are rounded to steps.</param>
    /// <param name="seed">The seed; the same seed gives the same activity.</param>
    /// <param name="cancellationToken">Stops the simulation.</param>
    /// <returns>The activity in each step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration or the step is not positive, or the input is not finite.</exception>
    public MesoscopicActivity Simulate(Func<double, double> mean, double duration, double timeStep, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mean);
        Require.Positive(timeStep, nameof(timeStep), "The time step", "in seconds");
        int steps = checked((int)Math.Max(1, Math.Round(Require.Positive(duration, nameof(duration), "The duration", "in seconds") / timeStep)));
        int delay = Math.Max(1, (int)Math.Round(Delay / timeStep));
        double keep = SynapticTime > 0 ? Math.Exp(-timeStep / SynapticTime) : 0, synapse = 0;
        double[] activity = new double[steps], expected = new double[steps];
        RandomStream stream = new(seed);
        SurvivingNeurons neurons = new(Neuron, Size, External(0), timeStep, ForgottenAfter);
        for (int n = 0; n < steps; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (n >= delay) synapse = (keep * synapse) + ((1 - keep) * activity[n - delay]);
            double count = neurons.Expect(External(n * timeStep) + (Coupling * synapse)), spikes = Binomial(stream, count / Size);
            neurons.Renew(spikes);
            expected[n] = count / (Size * timeStep);
            activity[n] = spikes / (Size * timeStep);
        }

        return new MesoscopicActivity(SampledSignal.Regular("activity", activity, 0, 1 / timeStep), SampledSignal.Regular("expected activity", expected, 0, 1 / timeStep));

        double External(double time) => Require.Finite(mean(time), nameof(mean), "The external input", "in volts");
    }

    private double Binomial(RandomStream stream, double probability)
    {
        double count = Size * probability, complement = Size - count;
        if (Math.Min(count, complement) > Many) return Math.Clamp(Math.Round(count + (Math.Sqrt(count * (1 - probability)) * stream.NextGaussian())), 0, Size);
        if (probability > 0.5) return Size - Successes(stream, 1 - probability);
        return Successes(stream, probability);
    }

    // Failures between successes are geometric, so that the cost is that of the successes.
    private double Successes(RandomStream stream, double probability)
    {
        if (probability <= 0) return 0;
        double perTrial = -Exponentials.LogOnePlus(-probability), trials = 0;
        for (int successes = 0; ; successes++)
        {
            trials += 1 + Math.Floor(stream.NextExponential() / perTrial);
            if (trials > Size) return successes;
        }
    }
}
