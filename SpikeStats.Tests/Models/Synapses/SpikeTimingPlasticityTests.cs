using SpikeStats.Models.Synapses;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Synapses;

/// <summary>Spike-timing-dependent plasticity against sums over all pairs and triplets, and against closed forms for Poisson trains.</summary>
public sealed class SpikeTimingPlasticityTests
{
    private static readonly SpikeTimingPlasticity pairs = new() { PotentiationTime = 0.017, DepressionTime = 0.034, MaximumWeight = double.PositiveInfinity };
    private static readonly SpikeTimingPlasticity triplets = new()
    {
        Potentiation = 1e-3,
        Depression = 7e-3,
        TripletPotentiation = 6e-3,
        TripletDepression = 2e-4,
        PotentiationTime = 0.0168,
        DepressionTime = 0.0337,
        TripletPreTime = 0.101,
        TripletPostTime = 0.125,
        MaximumWeight = double.PositiveInfinity,
        AxonalDelay = 0.001,
        DendriticDelay = 0.0003,
    };

    public static TheoryData<int> Cases => [0, 1, 2, 3];

    private static SpikeTimingPlasticity Rule(int index) => (index < 2 ? pairs : triplets) with { Pairing = index % 2 == 0 ? SpikePairing.AllToAll : SpikePairing.NearestNeighbour };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Additive_Rule_IsTheSumOverPairsAndTriplets(int index)
    {
        SpikeTimingPlasticity rule = Rule(index);
        SpikeTrain pre = Train(1, 25, 4), post = Train(2, 30, 4);
        double expected = 5 + BruteForce(rule, pre, post).Sum(change => change.Change);
        StatisticalAssert.Close(expected, rule.Apply(pre, post, 5).Final, relative: 1e-13);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 0.3)]
    [InlineData(3, 0)]
    public void Bounded_Rule_AppliesEveryChangeAtItsWeight(int index, double exponent)
    {
        SpikeTimingPlasticity rule = Rule(index) with { MaximumWeight = 0.1, WeightExponent = exponent };
        SpikeTrain pre = Train(3, 40, 4), post = Train(4, 40, 4);
        double weight = 0.05;
        foreach ((_, double change) in BruteForce(rule, pre, post).OrderBy(change => change.Time))
        {
            double share = weight / rule.MaximumWeight;
            weight += change > 0 ? change * Math.Pow(1 - share, exponent) : change * Math.Pow(share, exponent);
            weight = Math.Clamp(weight, 0, rule.MaximumWeight);
        }

        WeightCourse course = rule.Apply(pre, post, 0.05);
        StatisticalAssert.Close(weight, course.Final, relative: 1e-11, absolute: 1e-15);
        Assert.All(course.Weights, value => Assert.InRange(value, 0, 0.1));
        Assert.Equal(pre.Count + post.Count, course.Times.Count);
    }

    // Twenty batches of 200 s; 4 standard errors, four rules: false-alarm rate 1e-3 with the t distribution of 19 degrees of freedom taken into account.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Poisson_Trains_DriftByTheClosedForm(int index)
    {
        SpikeTimingPlasticity rule = Rule(index);
        double[] drifts = [.. Enumerable.Range(0, 20).Select(batch => (rule.Apply(Train(100 + (ulong)batch, 10, 200), Train(200 + (ulong)batch, 15, 200), 1e3).Final - 1e3) / 200)];
        double mean = drifts.Average(), error = Math.Sqrt(drifts.Sum(drift => (drift - mean) * (drift - mean)) / 19 / 20);
        StatisticalAssert.WithinStandardErrors(mean, rule.PoissonDrift(10, 15), error);
    }

    [Fact]
    public void Delays_DecideTheOrder_AndSimultaneousArrivalsDoNotAct()
    {
        TimeIntervals observed = TimeIntervals.Of(0, 1);
        SpikeTrain pre = SpikeTrain.FromSorted(new double[] { 0.5 }, observed), post = SpikeTrain.FromSorted(new double[] { 0.503 }, observed);
        Assert.True(pairs.Apply(pre, post, 1).Final > 1);
        Assert.True((pairs with { AxonalDelay = 0.005 }).Apply(pre, post, 1).Final < 1);
        Assert.Equal(1, pairs.Apply(pre, pre, 1).Final);
        StatisticalAssert.Close(1 + (0.01 * Math.Exp(-0.003 / 0.017)), pairs.Apply(pre, post, 1).Final, relative: 1e-14);
    }

    [Fact]
    public void BadRequests_AreRefused()
    {
        SpikeTrain train = Train(1, 10, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpikeTimingPlasticity { MaximumWeight = 1 }.Apply(train, train, 2));
        Assert.Throws<InvalidOperationException>(() => (pairs with { WeightExponent = 1 }).Apply(train, train, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpikeTimingPlasticity { WeightExponent = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpikeTimingPlasticity { PotentiationTime = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => pairs.PoissonDrift(-1, 2));
    }

    // Every change at its time: all earlier spikes of the other side, times one plus all earlier ones of the own side; or only the last of each.
    private static List<(double Time, double Change)> BruteForce(SpikeTimingPlasticity rule, SpikeTrain pre, SpikeTrain post)
    {
        double[] before = [.. pre.Times.ToArray().Select(time => time + rule.AxonalDelay)], after = [.. post.Times.ToArray().Select(time => time + rule.DendriticDelay)];
        List<(double, double)> changes = [];
        foreach (double time in after)
            changes.Add((time, Trace(before, time, rule.PotentiationTime) * (rule.Potentiation + (rule.TripletPotentiation * Trace(after, time, rule.TripletPostTime)))));
        foreach (double time in before)
            changes.Add((time, -Trace(after, time, rule.DepressionTime) * (rule.Depression + (rule.TripletDepression * Trace(before, time, rule.TripletPreTime)))));
        return changes;

        double Trace(double[] spikes, double now, double timeConstant)
        {
            IEnumerable<double> earlier = spikes.Where(spike => spike < now);
            if (rule.Pairing == SpikePairing.NearestNeighbour) earlier = earlier.TakeLast(1);
            return earlier.Sum(spike => Math.Exp((spike - now) / timeConstant));
        }
    }

    private static SpikeTrain Train(ulong seed, double rate, double duration)
    {
        RandomStream stream = new(seed);
        List<double> times = [];
        for (double time = stream.NextExponential() / rate; time < duration; time += stream.NextExponential() / rate) times.Add(time);
        return SpikeTrain.FromSorted(times.ToArray(), TimeIntervals.Of(0, duration));
    }
}
