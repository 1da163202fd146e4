using SpikeStats.Models.Synapses;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Synapses;

/// <summary>Tsodyks and Markram's synapse against small steps, its steady states against iteration and simulation.</summary>
public sealed class ShortTermPlasticityTests
{
    private static readonly ShortTermPlasticity[] synapses =
    [
        new(), new() { Utilisation = 0.05, RecoveryTime = 0.1, FacilitationTime = 1 }, new() { Utilisation = 0.3, RecoveryTime = 0, FacilitationTime = 0.5 }, new() { Utilisation = 1, RecoveryTime = 0.2 },
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, synapses.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Regular_Train_TendsToTheClosedForm(int index)
    {
        foreach (double interval in (double[])[0.003, 0.05, 0.4])
        {
            double[] times = [.. Enumerable.Range(0, 3000).Select(spike => spike * interval)];
            double[] efficacies = synapses[index].Efficacies(SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 3000 * interval)));
            Assert.Equal(synapses[index].Utilisation, efficacies[0]);
            StatisticalAssert.Close(synapses[index].RegularEfficacy(interval), efficacies[^1], relative: 1e-10);
        }
    }

    // Euler's scheme in steps of 1 µs errs by its step over the shortest time constant, 10⁻⁵.
    [Fact]
    public void Efficacies_MatchSmallStepsOfTheEquations()
    {
        ShortTermPlasticity synapse = synapses[1];
        double[] times = [0.1, 0.113, 0.2, 0.5, 0.51];
        double utilisation = 0, resources = 1;
        List<double> stepped = [];
        const double h = 1e-6;
        for (int step = 0; step < 600_000; step++)
        {
            if (stepped.Count < times.Length && step == (int)Math.Round(times[stepped.Count] / h))
            {
                utilisation += synapse.Utilisation * (1 - utilisation);
                stepped.Add(utilisation * resources);
                resources *= 1 - utilisation;
            }

            utilisation -= h * utilisation / synapse.FacilitationTime;
            resources += h * (1 - resources) / synapse.RecoveryTime;
        }

        StatisticalAssert.Close(stepped.ToArray(), synapse.Efficacies(SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 1))), relative: 2e-5);
    }

    // Batch means of a Poisson train; 4 standard errors, three comparisons: false-alarm rate 2e-4.
    [Fact]
    public void Poisson_Means_MatchSimulation()
    {
        RandomStream stream = new(seed: 5);
        double[] times = new double[200_000];
        double time = 0;
        for (int i = 0; i < times.Length; i++) times[i] = time += stream.NextExponential() / 20;
        SpikeTrain train = SpikeTrain.FromSorted(times, TimeIntervals.Of(0, time + 1));
        AssertMean(synapses[0].Efficacies(train), synapses[0].PoissonEfficacy(20));
        AssertMean(synapses[3].Efficacies(train), synapses[3].PoissonEfficacy(20));

        // Without depression the efficacy is the utilisation, whose mean is exact; with both it is mean field, some percent off.
        AssertMean(synapses[2].Efficacies(train), synapses[2].PoissonUtilisation(20));
        StatisticalAssert.Close(synapses[1].PoissonEfficacy(20), synapses[1].Efficacies(train).Average(), relative: 0.05);
        StatisticalAssert.Close(synapses[2].PoissonUtilisation(20), synapses[2].PoissonEfficacy(20), relative: 1e-15);
    }

    [Fact]
    public void Gap_RestsTheSynapse_AndBadParametersAreRefused()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 1), new TimeInterval(2, 3));
        double[] efficacies = synapses[0].Efficacies(SpikeTrain.FromSorted(new double[] { 0.1, 0.2, 2 }, observed));
        Assert.Equal(efficacies[0], efficacies[2]);
        Assert.True(efficacies[1] < efficacies[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShortTermPlasticity { Utilisation = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShortTermPlasticity { RecoveryTime = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => synapses[0].RegularEfficacy(0));
    }

    private static void AssertMean(double[] values, double expected)
    {
        double[] batches = [.. values.Chunk(values.Length / 100).Select(batch => batch.Average())];
        double mean = batches.Average(), error = Math.Sqrt(batches.Sum(batch => (batch - mean) * (batch - mean)) / 99 / 100);
        StatisticalAssert.WithinStandardErrors(mean, expected, error);
    }
}
