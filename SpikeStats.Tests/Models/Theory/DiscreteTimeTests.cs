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
            Assert.True(DiscreteTime.IsAccurate(neuron, input, row[2]));

            // The reference writes a crossing found by its bridge down at the end of the step, half a step late on average.
            double expected = row[3] == 1
                ? DiscreteTime.Rate(neuron with { RefractoryPeriod = neuron.RefractoryPeriod + (0.5 * row[2]) }, input, row[2], SteppingScheme.Bridge)
                : DiscreteTime.Rate(neuron, input, row[2]);
            StatisticalAssert.WithinStandardErrors(row[4], 1e3 * expected, row[5]);
        }
    }

    [Fact]
    public void Overshoot_IsThatOfAWalkWithGaussianSteps()
    {
        // -ζ(1/2)/√(2π) by Σ n^(-1/2) - 2 √N, with the terms of Euler and Maclaurin.
        const int N = 1000;
        double zeta = -2 * Math.Sqrt(N) - (0.5 / Math.Sqrt(N)) + (1 / (24 * Math.Pow(N, 1.5)));
        for (int n = 1; n <= N; n++) zeta += 1 / Math.Sqrt(n);
        (LeakyIntegrateAndFire equivalent, _) = DiscreteTime.Equivalent(neuron, new WhiteNoiseInput(15, 4), timeStep: 0.1);
        StatisticalAssert.Close(-zeta / Math.Sqrt(2 * Math.PI) * 4 * Math.Sqrt(0.1 / 20), equivalent.Threshold - neuron.Threshold, relative: 1e-12);
        Assert.Equal(neuron.RefractoryPeriod + 0.025, equivalent.RefractoryPeriod, 1e-15);
    }

    [Theory]
    [InlineData(SteppingScheme.Grid)]
    [InlineData(SteppingScheme.Bridge)]
    [InlineData(SteppingScheme.Euler)]
    public void Equivalent_ForNoStep_IsTheNeuronItself(SteppingScheme scheme)
    {
        WhiteNoiseInput input = new(15, 5);
        Assert.Equal((neuron, input), DiscreteTime.Equivalent(neuron, input, 0, scheme));
    }

    [Fact]
    public void Equivalent_OfEuler_HasItsMomentsAfterAStep()
    {
        // The free membrane: decay 1 - Δ/τ and variance σ²Δ/τ in a step.
        (LeakyIntegrateAndFire equivalent, WhiteNoiseInput input) = DiscreteTime.Equivalent(neuron, new WhiteNoiseInput(15, 5), 4, SteppingScheme.Euler);
        double decay = Math.Exp(-4 / equivalent.TimeConstant);
        Assert.Equal(0.8, decay, 1e-14);
        Assert.Equal(25 * 0.2, 0.5 * input.Sigma * input.Sigma * (1 - (decay * decay)), 1e-13);
    }

    [Theory]
    [InlineData(30, 1, 0.1)]
    [InlineData(18, 4, 1)]
    public void IsAccurate_DriftWithinAStepOrLongSteps_IsFalse(double mean, double sigma, double timeStep) => Assert.False(DiscreteTime.IsAccurate(neuron, new WhiteNoiseInput(mean, sigma), timeStep));

    [Fact]
    public void Equivalent_ValuesOutOfRange_AreRefused()
    {
        WhiteNoiseInput input = new(15, 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteTime.Equivalent(neuron, input, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteTime.Equivalent(neuron, input, 20, SteppingScheme.Euler));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteTime.Equivalent(neuron, input, 1, (SteppingScheme)7));
    }
}
