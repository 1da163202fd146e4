using SpikeStats.Models.Networks;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.MeanField;

/// <summary>The sparse network of identical excitatory and inhibitory leaky neurons of Brunel: model A.</summary>
/// <remarks>
/// Both kinds of neurons have the same inputs, so that one population describes them. The defaults are those of the paper.
/// <para><b>Source:</b> Brunel, J Comput Neurosci 8:183 (2000).</para>
/// </remarks>
public sealed record BrunelNetwork
{
    /// <summary>The neuron.</summary>
    /// <value>τ = 20 ms, θ = 20 mV, V_r = 10 mV, t_ref = 2 ms by default.</value>
    public LeakyIntegrateAndFire Neuron { get; init; } = new();

    /// <summary>C_E, the number of excitatory inputs per neuron, from the network and as many from outside.</summary>
    /// <value>1000 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double ExcitatoryInDegree { get; init => field = Require.Positive(value, nameof(value), "The in-degree", "as a number of inputs"); } = 1000;

    /// <summary>γ = C_I/C_E, the ratio of the in-degrees, dimensionless.</summary>
    /// <value>0.25 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double InhibitoryShare { get; init => field = Require.NotNegative(value, nameof(value), "The share of inhibitory inputs", "dimensionless"); } = 0.25;

    /// <summary>J, the weight of an excitatory input, in volts.</summary>
    /// <value>0.1 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Weight { get; init => field = Require.Positive(value, nameof(value), "The weight", "in volts"); } = 1e-4;

    /// <summary>g, the ratio of an inhibitory weight to an excitatory one, dimensionless.</summary>
    /// <value>5 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RelativeInhibition { get; init => field = Require.NotNegative(value, nameof(value), "The relative strength of inhibition", "dimensionless"); } = 5;

    /// <summary>ν_ext/ν_θ, the external rate as a ratio to that which brings the mean to threshold, dimensionless.</summary>
    /// <value>2 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RelativeDrive { get; init => field = Require.NotNegative(value, nameof(value), "The external rate relative to threshold", "dimensionless"); } = 2;

    /// <summary>D, the time from a spike to its effect, in seconds.</summary>
    /// <value>1.5 ms by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Delay { get; init => field = Require.Positive(value, nameof(value), "The delay", "in seconds"); } = 1.5e-3;

    /// <summary>ν_θ = θ/(J C_E τ), the external rate of one input that brings the mean to threshold, in hertz.</summary>
    public double ThresholdRate => Neuron.Threshold / (Weight * ExcitatoryInDegree * Neuron.TimeConstant);

    /// <summary>The network as one population with excitation and inhibition from itself.</summary>
    /// <returns>The network.</returns>
    public RateNetwork ToNetwork() => new(
        [new NetworkPopulation(new LeakyTransfer(Neuron)) { Drives = [new PoissonDrive(ExcitatoryInDegree, Weight, RelativeDrive * ThresholdRate)] }],
        [new Projection(0, 0, ExcitatoryInDegree, Weight, Delay), new Projection(0, 0, InhibitoryShare * ExcitatoryInDegree, -RelativeInhibition * Weight, Delay)]);

    /// <summary>The network as an excitatory and an inhibitory population.</summary>
    /// <returns>The network; population 0 is excitatory.</returns>
    public RateNetwork ToTwoPopulations()
    {
        NetworkPopulation population = ToNetwork().Populations[0];
        Projection[] projections = [.. new[] { 0, 1 }.SelectMany(target => new Projection[]
        {
            new(target, 0, ExcitatoryInDegree, Weight, Delay), new(target, 1, InhibitoryShare * ExcitatoryInDegree, -RelativeInhibition * Weight, Delay),
        })];
        return new RateNetwork([population, population], projections);
    }

    /// <summary>The network as spiking neurons: an excitatory population E and an inhibitory one I, of the same neurons, with fixed in-degrees.</summary>
    /// <param name="excitatoryCount">The number of excitatory neurons; the inhibitory ones are fewer by the ratio of the in-degrees. In-degrees are rounded to whole numbers.</param>
    /// <returns>The network.</returns>
    /// <exception cref="InvalidNetworkException">There are no neurons of a kind.</exception>
    public SpikingNetwork ToSpikingNetwork(int excitatoryCount)
    {
        const string Excitatory = "E", Inhibitory = "I";
        PoissonDrive drive = new(ExcitatoryInDegree, Weight, RelativeDrive * ThresholdRate);
        FixedInDegree excitation = new((int)Math.Round(ExcitatoryInDegree)), inhibition = new((int)Math.Round(InhibitoryShare * ExcitatoryInDegree));
        string[] names = [Excitatory, Inhibitory];
        int[] sizes = [excitatoryCount, (int)Math.Round(InhibitoryShare * excitatoryCount)];
        return new SpikingNetwork(
            [.. names.Zip(sizes, (name, size) => new SpikingPopulation(name, size, Neuron) { Drives = [drive] })],
            [.. names.SelectMany(target => new SpikingProjection[]
            {
                new(Excitatory, target, excitation, Weight, Delay), new(Inhibitory, target, inhibition, -RelativeInhibition * Weight, Delay),
            })]);
    }
}
