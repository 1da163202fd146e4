using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.RandomStreams;

public sealed class RandomStreamTests
{
    // Known answers of philox4x32-10: Random123 distribution, file kat_vectors.
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_KnownCounterAndKey_MatchesPublishedVectors(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1, uint x2, uint x3)
    {
        Assert.Equal((x0, x1, x2, x3), RandomStream.Philox4x32(c0, c1, c2, c3, k0, k1));
    }

    [Fact]
    public void Stream_SameSeedUnitAndTrial_Repeats()
    {
        RandomStream first = new(17, 3, 5), second = new(17, 3, 5), other = new(17, 3, 6);
        ulong[] draws = [.. Enumerable.Range(0, 9).Select(_ => first.NextUInt64())];
        Assert.Equal(draws, Enumerable.Range(0, 9).Select(_ => second.NextUInt64()));
        Assert.NotEqual(draws, Enumerable.Range(0, 9).Select(_ => other.NextUInt64()));
    }

    // False-alarm rate 6.3e-5 for each of the four moments (normal limit, k = 4).
    [Fact]
    public void Distributions_ManyDraws_HaveTheirMoments()
    {
        const int n = 200_000;
        RandomStream stream = new(2024);
        double uniform = 0, exponential = 0, gaussian = 0, squares = 0, poisson = 0;
        for (int i = 0; i < n; i++)
        {
            uniform += stream.NextDouble();
            exponential += stream.NextExponential();
            double z = stream.NextGaussian();
            gaussian += z;
            squares += z * z;
            poisson += stream.NextPoisson(3.5);
        }

        StatisticalAssert.WithinStandardErrors(uniform / n, 0.5, Math.Sqrt(1.0 / 12 / n));
        StatisticalAssert.WithinStandardErrors(exponential / n, 1, Math.Sqrt(1.0 / n));
        StatisticalAssert.WithinStandardErrors(gaussian / n, 0, Math.Sqrt(1.0 / n));
        StatisticalAssert.WithinStandardErrors(squares / n, 1, Math.Sqrt(2.0 / n));
        StatisticalAssert.WithinStandardErrors(poisson / n, 3.5, Math.Sqrt(3.5 / n));
    }
}
