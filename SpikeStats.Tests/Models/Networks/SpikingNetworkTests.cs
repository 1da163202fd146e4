using SpikeStats.Models.MeanField;
using SpikeStats.Models.Networks;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Networks;

/// <summary>Descriptions: what they refuse, what they connect, and the theory they are.</summary>
public sealed class SpikingNetworkTests
{
    private static readonly LeakyIntegrateAndFire neuron = new();

    public static TheoryData<string, string> Mistakes => new()
    {
        { "unknown", "did you mean 'excitatory'" },
        { "twice", "two populations are called" },
        { "empty", "has 0 neurons" },
        { "reset", "not below its threshold" },
        { "weight", "not finite" },
        { "delay", "the delay of" },
        { "synapse", "synaptic time constant" },
        { "one to one", "not 10 and 5" },
        { "probability", "between 0 and 1" },
        { "in-degree", "must not be negative" },
        { "matrix", "2 rows and 2 columns" },
        { "step", "shorter than the time step" },
        { "recorded", "did you mean 'inhibitory'" },
        { "voltage", "inhibitory.0 to inhibitory.4" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_AnyKind_IsRefusedBeforeAnythingRuns(string mistake, string fragment)
    {
        InvalidNetworkException error = Assert.Throws<InvalidNetworkException>(() => new NetworkSimulation(
            new SpikingNetwork(
                [
                    new SpikingPopulation("excitatory", mistake == "empty" ? 0 : 10, mistake == "reset" ? neuron with { Reset = 0.02 } : neuron),
                    new SpikingPopulation(mistake == "twice" ? "excitatory" : "inhibitory", 5, neuron),
                ],
                [
                    new SpikingProjection(
                        mistake == "unknown" ? "exitatory" : "excitatory", mistake == "twice" ? "excitatory" : "inhibitory", Rule(mistake), mistake == "weight" ? double.NaN : 1e-3,
                        mistake switch { "delay" => -1e-3, "step" => 0.05e-3, _ => 1e-3 })
                    {
                        SynapticTimeConstant = mistake == "synapse" ? -1 : 0,
                    },
                ]),
            new NetworkSimulationOptions { RecordedPopulations = mistake == "recorded" ? ["inhibitoy"] : null, RecordedVoltages = mistake == "voltage" ? ["inhibitory.5"] : [] }));
        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        Assert.Contains("Remedy:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FixedInDegree_Degrees_AreFixedInAndBinomialOut()
    {
        // 1000 targets with 50 inputs from 500 sources: out-degrees are binomial, 50,000 trials at 1/500.
        int[] outDegrees = OutDegrees(new FixedInDegree(50), 500, 1000, out int[] inDegrees);
        Assert.All(inDegrees, degree => Assert.Equal(50, degree));
        AssertBinomial(outDegrees, 50_000, 1.0 / 500);
    }

    [Fact]
    public void PairwiseBernoulli_Degrees_AreBinomial()
    {
        int[] outDegrees = OutDegrees(new PairwiseBernoulli(0.1), 500, 1000, out int[] inDegrees);
        AssertBinomial(outDegrees, 1000, 0.1);
        AssertBinomial(inDegrees, 500, 0.1);
        Assert.All(OutDegrees(new PairwiseBernoulli(1), 20, 30, out _), degree => Assert.Equal(30, degree));
        Assert.All(OutDegrees(new PairwiseBernoulli(0), 20, 30, out _), degree => Assert.Equal(0, degree));
    }

    [Fact]
    public void FromMatrix_Synapses_HaveItsEntries()
    {
        double[,] factors = { { 0, 1.5, -2 }, { 0.25, 0, 0 } };
        SynapseTable table = SynapseTable.Draw(new FromMatrix(factors), 3, 0, 2, _ => new RandomStream(1));
        double[] arrivals = new double[8];
        table.Deliver(0, [1, 2, 2], 2.0, arrivals);
        table.Deliver(0, [0], 1.0, arrivals);
        Assert.Equal((-5, 0.25), (arrivals[0], arrivals[1]));
        Assert.Equal(3, table.Count);
    }

    [Fact]
    public void Memory_PerSynapse_IsAtMostThreeBytesAtATenthConnected()
    {
        SynapseTable table = SynapseTable.Draw(new FixedInDegree(800), 8000, 0, 1000, target => new RandomStream(1, (uint)target));
        Assert.InRange((double)table.Bytes / table.Count, 2, 3);
    }

    [Fact]
    public void ToRateNetwork_OfBrunel_HasItsFixedPoint()
    {
        BrunelNetwork brunel = new();
        RateNetwork stated = brunel.ToTwoPopulations(), converted = brunel.ToSpikingNetwork(10_000).ToRateNetwork();
        Assert.Equal(stated.Projections, converted.Projections);
        WhiteNoiseInput expected = stated.InputOf(0, [30, 40]), actual = converted.InputOf(0, [30, 40]);
        StatisticalAssert.Close(expected.Mean, actual.Mean, relative: 1e-14);
        StatisticalAssert.Close(expected.Sigma, actual.Sigma, relative: 1e-14);
    }

    [Fact]
    public void ToRateNetwork_OfAMatrix_HasItsMeanAndVariance()
    {
        double[,] factors = { { 1, -2, 0.5 }, { 3, 0, -1 } };
        SpikingNetwork network = new([new SpikingPopulation("A", 3, neuron), new SpikingPopulation("B", 2, neuron)], [new SpikingProjection("A", "B", new FromMatrix(factors), 1e-3, 1e-3)]);
        WhiteNoiseInput input = network.ToRateNetwork().InputOf(1, [10, 0]);
        StatisticalAssert.Close(20e-3 * 10 * 1e-3 * 1.5 / 2, input.Mean, relative: 1e-12);
        StatisticalAssert.Close(20e-3 * 10 * 1e-6 * 15.25 / 2, input.Sigma * input.Sigma, relative: 1e-12);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(2.0)]
    [InlineData(60.0)]
    public void PoissonLanes_OfTheTableOfLimits_HaveTheLawOfPoisson(double mean)
    {
        // The distribution function at each count, by the share of words below the limit.
        PoissonLanes lanes = new(mean);
        double cumulative = 0, term = Math.Exp(-mean);
        for (int count = 0; count < mean + (8 * Math.Sqrt(mean)) + 8; count++)
        {
            cumulative += term;
            term *= mean / (count + 1);
            double place = cumulative * 4294967296;
            if (place is < 2 or > 4294967290) continue;
            Assert.Equal((uint)count, lanes.Count(System.Runtime.Intrinsics.Vector512.Create((uint)(place - 1.5)))[0]);
            Assert.Equal((uint)count + 1, lanes.Count(System.Runtime.Intrinsics.Vector512.Create((uint)(place + 1.5)))[3]);
        }
    }

    private static Connectivity Rule(string mistake) => mistake switch
    {
        "one to one" => new OneToOne(),
        "probability" => new PairwiseBernoulli(1.5),
        "in-degree" => new FixedInDegree(-1),
        "matrix" => new FromMatrix(new double[2, 2]),
        _ => new FixedInDegree(2),
    };

    private static int[] OutDegrees(Connectivity rule, int sources, int targets, out int[] inDegrees)
    {
        SynapseTable table = SynapseTable.Draw(rule, sources, 0, targets, target => new RandomStream(7, (uint)target));
        int[] counts = new int[targets];
        int[] degrees = [.. Enumerable.Range(0, sources).Select(source =>
        {
            foreach (ushort target in table.TargetsOf(source)) counts[target]++;
            return table.TargetsOf(source).Length;
        })];
        inDegrees = counts;
        return degrees;
    }

    // Mean and variance within four standard errors of those of the binomial law.
    private static void AssertBinomial(int[] degrees, int trials, double probability)
    {
        double mean = trials * probability, variance = mean * (1 - probability);
        if (degrees.Sum() != trials) StatisticalAssert.WithinStandardErrors(degrees.Average(), mean, Math.Sqrt(variance / degrees.Length));
        StatisticalAssert.WithinStandardErrors(degrees.Average(degree => (degree - mean) * (degree - mean)), variance, variance * Math.Sqrt(2.0 / degrees.Length));
    }
}
