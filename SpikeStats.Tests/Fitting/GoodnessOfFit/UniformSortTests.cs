using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.RandomStreams;

namespace SpikeStats.Tests.Fitting.GoodnessOfFit;

public sealed class UniformSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1000)]
    public void Ascending_AnyValues_EqualsAGeneralSort(int count)
    {
        RandomStream stream = new(3);
        double[] uniform = [.. Enumerable.Range(0, count).Select(_ => stream.NextDouble())];
        double[] clumped = [.. uniform.Select(value => 0.5 + (1e-9 * value))];
        double[] ends = [.. uniform.Select(value => Math.Round(value))];
        foreach (double[] values in new[] { uniform, clumped, ends }) Assert.Equal(values.Order(), UniformSort.Ascending(values));
    }
}
