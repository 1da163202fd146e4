using System.Text.Json;
using SpikeStats.Models.MeanField;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.MeanField;

public sealed class RateNetworkTests
{
    public static TheoryData<int> Points() => [.. Enumerable.Range(0, Reference.GetArrayLength())];

    private static JsonElement Reference { get; } = ReferenceFile.Read("brunel-network").GetProperty("meanField");

    [Theory]
    [MemberData(nameof(Points))]
    public void FixedPoints_OfBrunelsNetwork_AreAllThoseOfTheReference(int index)
    {
        JsonElement row = Reference[index];
        JsonElement[] expected = [.. row.GetProperty("fixed_points").EnumerateArray()];
        RateNetwork network = At(row.Number("g"), row.Number("nu_ext_over_thr")).ToNetwork();
        FixedPointSearch search = network.FixedPoints();

        // The reference begins at 10⁻⁴ Hz.
        FixedPoint[] points = [.. search.Points.Where(point => point.Rates[0] > 1e-4)];
        Assert.True(search.IsCertified);
        Assert.Equal(expected.Length, points.Length);
        foreach ((JsonElement known, FixedPoint point) in expected.Zip(points))
        {
            StatisticalAssert.Close(known.Number("rate_hz"), point.Rates[0], relative: 1e-10);
            StatisticalAssert.Close(known.Number("mu"), 1e3 * point.Inputs[0].Mean, relative: 1e-10);
            StatisticalAssert.Close(known.Number("sigma"), 1e3 * point.Inputs[0].Sigma, relative: 1e-10);
            StatisticalAssert.Close(known.Number("dF_dnu"), point.LeadingGain, absolute: 1e-7, relative: 1e-6);
            Assert.Equal(known.GetProperty("stable_1d").GetBoolean(), point.IsStaticallyStable);
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void FixedPoints_OfTwoPopulations_AreThoseOfOne(int index)
    {
        BrunelNetwork brunel = At(Reference[index].Number("g"), Reference[index].Number("nu_ext_over_thr"));
        FixedPoint[] one = [.. brunel.ToNetwork().FixedPoints().Points], two = [.. brunel.ToTwoPopulations().FixedPoints().Points];
        Assert.Equal(one.Length, two.Length);
        foreach ((FixedPoint known, FixedPoint point) in one.Zip(two))
        {
            StatisticalAssert.Close([known.Rates[0], known.Rates[0]], [.. point.Rates], relative: 1e-9);

            // Both populations have the same inputs: the other eigenvalue is 0.
            StatisticalAssert.Close(Math.Max(known.LeadingGain, 0), point.LeadingGain, absolute: 1e-7);
        }
    }

    [Fact]
    public void FixedPoints_UnequalPopulations_ReproduceThemselves()
    {
        NetworkPopulation excitatory = new(new LeakyTransfer(new LeakyIntegrateAndFire())) { Drives = [new PoissonDrive(1000, 1e-4, 20)] };
        NetworkPopulation inhibitory = new(new LeakyTransfer(new LeakyIntegrateAndFire { TimeConstant = 10e-3 })) { Drives = [new PoissonDrive(1000, 1.5e-4, 20)] };
        RateNetwork network = new([excitatory, inhibitory], [new(0, 0, 1000, 1e-4), new(0, 1, 250, -5e-4), new(1, 0, 1000, 1.4e-4), new(1, 1, 250, -7e-4)]);
        FixedPointSearch search = network.FixedPoints();
        Assert.False(search.IsCertified);
        Assert.NotEmpty(search.Points);
        foreach (FixedPoint point in search.Points)
        {
            for (int i = 0; i < 2; i++) StatisticalAssert.Close(network.Populations[i].Transfer.Rate(network.InputOf(i, point.Rates)), point.Rates[i], relative: 1e-9);
        }
    }

    [Fact]
    public void FixedPoints_ByThresholdIntegration_AreThoseOfTheClosedForm()
    {
        BrunelNetwork brunel = At(5, 2);
        RateNetwork known = brunel.ToNetwork();
        NetworkPopulation population = new(new ThresholdTransfer(brunel.Neuron), brunel.Neuron.TimeConstant) { Drives = known.Populations[0].Drives };
        FixedPoint point = Assert.Single(new RateNetwork([population], known.Projections).FixedPoints(new FixedPointOptions { LowestRate = 1, HighestRate = 499, CellsPerDecade = 4 }).Points);
        FixedPoint expected = Assert.Single(known.FixedPoints().Points);
        StatisticalAssert.Close(expected.Rates[0], point.Rates[0], relative: 1e-7);
        StatisticalAssert.Close(expected.LeadingGain, point.LeadingGain, relative: 1e-5);
    }

    [Fact]
    public void FixedPoints_CoarserGrid_AreTheSame()
    {
        RateNetwork network = At(3, 0.8).ToNetwork();
        StatisticalAssert.Close(
            [.. network.FixedPoints().Points.Select(point => point.Rates[0])],
            [.. network.FixedPoints(new FixedPointOptions { CellsPerDecade = 1 }).Points.Select(point => point.Rates[0])], relative: 1e-10);
    }

    [Fact]
    public void FixedPoints_WithoutInput_AreSilent()
    {
        FixedPoint point = At(5, 0).ToNetwork().FixedPoints().Points[0];
        Assert.Equal(0, point.Rates[0]);
        Assert.True(point.IsStaticallyStable);
    }

    [Fact]
    public void Network_BadInput_SaysWhatIsWrong()
    {
        Assert.Contains("in-degree", Assert.Throws<ArgumentOutOfRangeException>(() => new Projection(0, 0, -1, 1e-4)).Message, StringComparison.Ordinal);
        Assert.Contains("delay", Assert.Throws<ArgumentOutOfRangeException>(() => new Projection(0, 0, 1, 1e-4, -1)).Message, StringComparison.Ordinal);
        Assert.Contains("weight", Assert.Throws<ArgumentOutOfRangeException>(() => new Projection(0, 0, 1, double.NaN)).Message, StringComparison.Ordinal);
        Assert.Contains("rate", Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonDrive(1, 1e-4, double.NaN)).Message, StringComparison.Ordinal);
        NetworkPopulation population = new(new LeakyTransfer(new LeakyIntegrateAndFire()));
        Assert.Contains("populations 0 to 0", Assert.Throws<ArgumentException>(() => new RateNetwork([population], [new(0, 1, 1, 1e-4)])).Message, StringComparison.Ordinal);
        Assert.Contains("at least one population", Assert.Throws<ArgumentException>(() => new RateNetwork([], [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RateNetwork([population], []).FixedPoints(new FixedPointOptions { LowestRate = 10, HighestRate = 1 }));
    }

    private static BrunelNetwork At(double inhibition, double drive) => new() { RelativeInhibition = inhibition, RelativeDrive = drive };

    // A population that is silenced by the others, and a network without any drive.
    [Fact]
    public void FixedPoints_SilentPopulations_AreFound()
    {
        NetworkPopulation active = new BrunelNetwork().ToNetwork().Populations[0], silent = new(new LeakyTransfer(new LeakyIntegrateAndFire())) { Background = new WhiteNoiseInput(-0.2, 1e-3) };
        RateNetwork network = new([active, silent], [new(0, 0, 250, -5e-4, 1.5e-3), new(0, 1, 100, 1e-4, 1.5e-3), new(1, 0, 100, -1e-4, 1.5e-3)]);
        FixedPoint alone = Assert.Single(new RateNetwork([active], [new(0, 0, 250, -5e-4, 1.5e-3)]).FixedPoints().Points), both = Assert.Single(network.FixedPoints().Points);
        StatisticalAssert.Close(alone.Rates[0], both.Rates[0], relative: 1e-10);
        Assert.Equal(0, both.Rates[1]);

        // Inhibition alone has a negative gain; the silent population adds an eigenvalue of 0.
        Assert.True(alone.LeadingGain < 0);
        Assert.Equal(0, both.LeadingGain, 1e-12);

        // The silent population does not hide the modes of the other.
        DelaySpectrum known = DelayStability.Of(new RateNetwork([active], [new(0, 0, 250, -5e-4, 1.5e-3)]), alone), found = DelayStability.Of(network, both);
        Assert.Equal(known.UnstableCount, found.UnstableCount);
        DelayEigenvalue expected = known.Eigenvalues.First(mode => mode.Frequency > 0), actual = found.Eigenvalues.First(mode => mode.Frequency > 0);
        StatisticalAssert.Close(expected.Frequency, actual.Frequency, relative: 1e-8);
        StatisticalAssert.Close(expected.GrowthRate, actual.GrowthRate, relative: 1e-6);
        FixedPoint asleep = Assert.Single(new RateNetwork([silent, silent], network.Projections).FixedPoints().Points);
        Assert.Equal([0, 0], asleep.Rates);
    }
}
