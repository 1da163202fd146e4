using MathNet.Numerics.Integration;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

public sealed class ColouredNoiseTests
{
    private static readonly LeakyIntegrateAndFire neuron = new() { TimeConstant = 20, Threshold = 20, Reset = 10, RefractoryPeriod = 2 };

    [Theory]
    [InlineData("coloured")]
    [InlineData("further")]
    [InlineData("unseen")]
    public void Rate_OfSimulations_LiesWithinItsError(string name)
    {
        foreach (double[] row in ReferenceFile.Read("simulated-rates").GetProperty(name).EnumerateArray().Select(row => row.Doubles()))
        {
            ColouredRate found = ColouredNoise.Rate(neuron, new ColouredNoiseInput(row[0], row[1], row[2]));
            Assert.InRange(row[3], (1e3 * (found.Rate - found.Error)) - (4 * row[4]), (1e3 * (found.Rate + found.Error)) + (4 * row[4]));
        }
    }

    [Fact]
    public void FastRate_OfSimulations_IsGoodToThreePercentWhereItIsSaidToBeValidAndFailsElsewhere()
    {
        double[][] rows = [.. ReferenceFile.Read("simulated-rates").GetProperty("coloured").EnumerateArray().Select(row => row.Doubles())];
        Assert.Contains(rows, row => Found(row).IsFast);
        foreach (double[] row in rows.Where(row => Found(row).IsFast)) StatisticalAssert.Close(row[3], 1e3 * Found(row).FastNoise, relative: 0.01, absolute: 4 * row[4]);

        // Driven by the mean, with a long correlation time, the shift is off by an eighth; the slow limit is not.
        double[] driven = rows.Single(row => row[0] == 25 && row[2] == 10);
        Assert.InRange(1e3 * Found(driven).FastNoise / driven[3], 0.87, 0.89);
        StatisticalAssert.Close(driven[3], 1e3 * Found(driven).SlowNoise, relative: 0.004);

        static ColouredRate Found(double[] row) => ColouredNoise.Rate(neuron, new ColouredNoiseInput(row[0], row[1], row[2]));
    }

    [Theory]
    [InlineData(15, 5, 10)]
    [InlineData(25, 2, 5)]
    [InlineData(20, 1, 40)]
    [InlineData(60, 0.01, 40)]
    [InlineData(10, 2, 1)]
    public void SlowRate_IsTheMeanOverTheSlowInput(double mean, double sigma, double correlationTime)
    {
        // Over √(x - θ) instead of its logarithm.
        double deviation = sigma * Math.Sqrt(20 / (2 * correlationTime)), low = Math.Sqrt(Math.Max(0, mean - 20 - (9 * deviation))), high = Math.Sqrt(Math.Max(0, mean - 20) + (9 * deviation));
        double expected = 0;
        for (int i = 0; i < 64; i++)
        {
            double from = low + ((high - low) * Math.Pow(i / 64.0, 3)), to = low + ((high - low) * Math.Pow((i + 1) / 64.0, 3));
            expected += GaussLegendreRule.Integrate(Integrand, from, to, 32);
        }

        StatisticalAssert.Close(expected, ColouredNoise.SlowRate(neuron, new ColouredNoiseInput(mean, sigma, correlationTime)), relative: 1e-6);

        double Integrand(double root)
        {
            double x = 20 + (root * root), z = (x - mean) / deviation;
            return DeterministicRate.At(neuron, x) * 2 * root * Math.Exp(-0.5 * z * z) / (deviation * Math.Sqrt(2 * Math.PI));
        }
    }

    [Fact]
    public void Rate_InBothLimits_IsThatOfTheLimit()
    {
        ColouredRate fast = ColouredNoise.Rate(neuron, new ColouredNoiseInput(15, 5, 1e-6)), slow = ColouredNoise.Rate(neuron, new ColouredNoiseInput(25, 5, 2e5));
        StatisticalAssert.Close(Siegert.Rate(neuron, new WhiteNoiseInput(15, 5)), fast.Rate, relative: 1e-3);
        Assert.True(fast.IsFast && fast.Error < 1e-4 * fast.Rate);
        StatisticalAssert.Close(DeterministicRate.At(neuron, 25), slow.Rate, relative: 1e-3);
        Assert.False(slow.IsFast);
        ColouredRate quiet = ColouredNoise.Rate(neuron, new ColouredNoiseInput(25, 0, 5));
        Assert.Equal(DeterministicRate.At(neuron, 25), quiet.Rate);
        Assert.Equal(0, quiet.Error);
    }

    [Fact]
    public void Input_OutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColouredNoiseInput(15, 5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ColouredNoise.Rate(neuron, new ColouredNoiseInput(double.NaN, 5, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ColouredNoise.SlowRate(neuron, new ColouredNoiseInput(15, -5, 1)));
    }
}
