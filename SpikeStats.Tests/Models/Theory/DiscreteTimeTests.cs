using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

public sealed class DiscreteTimeTests
{
    private static readonly LeakyIntegrateAndFire neuron = new() { TimeConstant = 20, Threshold = 20, Reset = 10, RefractoryPeriod = 2 };

    [Fact]
    public void Rate_OfSimulations_AgreesForTheirStepWithinFourStandardErrors()
    {
        // Twelve rows: false-alarm rate 8e-4 in all.
        foreach (double[] row in ReferenceFile.Read("simulated-rates").GetProperty("white").EnumerateArray().Select(row => row.Doubles()))
        {
            WhiteNoiseInput input = new(row[0], row[1]);
            CrossingTest test = row[3] == 1 ? CrossingTest.WithinSteps : CrossingTest.AtSteps;
            Assert.True(DiscreteTime.IsAccurate(neuron, input, row[2]));
            StatisticalAssert.WithinStandardErrors(row[4], 1e3 * DiscreteTime.Rate(neuron, input, row[2], test), row[5]);
        }
    }

    [Fact]
    public void Overshoot_IsThatOfAWalkWithGaussianSteps()
    {
        // -ζ(1/2)/√(2π) by Σ n^(-1/2) - 2 √N, with the terms of Euler and Maclaurin.
        const int N = 1000;
        double zeta = -2 * Math.Sqrt(N) - (0.5 / Math.Sqrt(N)) + (1 / (24 * Math.Pow(N, 1.5)));
        for (int n = 1; n <= N; n++) zeta += 1 / Math.Sqrt(n);
        LeakyIntegrateAndFire equivalent = DiscreteTime.Equivalent(neuron, sigma: 4, timeStep: 0.1);
        StatisticalAssert.Close(-zeta / Math.Sqrt(2 * Math.PI) * 4 * Math.Sqrt(0.1 / 20), equivalent.Threshold - neuron.Threshold, relative: 1e-12);
        Assert.Equal(neuron.RefractoryPeriod + 0.025, equivalent.RefractoryPeriod, 1e-15);
    }

    [Fact]
    public void Equivalent_ForNoStep_IsTheNeuronItself() => Assert.Equal(neuron, DiscreteTime.Equivalent(neuron, 5, 0));

    [Theory]
    [InlineData(30, 1, 0.1)]
    [InlineData(18, 4, 1)]
    public void IsAccurate_DriftWithinAStepOrLongSteps_IsFalse(double mean, double sigma, double timeStep) => Assert.False(DiscreteTime.IsAccurate(neuron, new WhiteNoiseInput(mean, sigma), timeStep));

    [Fact]
    public void Equivalent_ValuesOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteTime.Equivalent(neuron, 5, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteTime.Equivalent(neuron, -5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteTime.Equivalent(neuron, 5, 1, (CrossingTest)7));
    }
}
