using SpikeStats.Plotting;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Plotting;

public sealed class KsFigureTests
{
    // Second route: the supremum of |F_n(u) - u| over a fine grid lies within one grid step below the exact one.
    [Fact]
    public void Statistic_RandomValues_IsTheSupremumOverAGrid()
    {
        RandomStream stream = new(11);
        double[] values = [.. Enumerable.Range(0, 57).Select(_ => stream.NextDouble()).Order()];
        double largest = 0;
        for (int i = 0; i <= 200_000; i++)
        {
            double u = i / 200_000.0;
            largest = Math.Max(largest, Math.Abs((values.Count(value => value <= u) / 57.0) - u));
        }

        StatisticalAssert.Close(largest, KsFigure.Statistic(values), absolute: 1e-5);
    }

    [Fact]
    public void Statistic_KnownValues_HasItsClosedForm()
    {
        Assert.Equal(0.5, KsFigure.Statistic([0.5]), 12);
        Assert.Equal(0.25, KsFigure.Statistic([0.25, 0.75]), 12);
        Assert.True(double.IsNaN(KsFigure.Statistic([])));
    }
}
