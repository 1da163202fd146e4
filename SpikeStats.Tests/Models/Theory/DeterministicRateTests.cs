using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

public sealed class DeterministicRateTests
{
    [Fact]
    public void At_ReferenceRows_AgreesAndIsInverted()
    {
        foreach (double[] row in ReferenceFile.Read("deterministic-rate").GetProperty("rows").EnumerateArray().Select(row => row.Doubles()))
        {
            LeakyIntegrateAndFire neuron = new() { TimeConstant = row[0], RefractoryPeriod = row[1], Threshold = row[3], Reset = row[4] };
            double rate = DeterministicRate.At(neuron, row[2]);
            StatisticalAssert.Close(row[5], 1e3 * rate, relative: 1e-14);
            if (rate > 0) StatisticalAssert.Close(row[2], DeterministicRate.Mean(neuron, rate), relative: 1e-13);
            double slope = (DeterministicRate.At(neuron, row[2] + 1e-6) - DeterministicRate.At(neuron, row[2] - 1e-6)) / 2e-6;
            StatisticalAssert.Close(slope, DeterministicRate.Slope(neuron, row[2]), relative: 1e-4);
        }
    }

    [Fact]
    public void At_Rheobase_IsZero() => Assert.Equal(0, DeterministicRate.At(new LeakyIntegrateAndFire(), 20e-3));

    [Fact]
    public void At_NotFinite_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicRate.At(new LeakyIntegrateAndFire(), double.NaN));
}
