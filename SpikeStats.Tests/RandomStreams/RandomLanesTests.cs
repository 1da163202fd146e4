using System.Runtime.Intrinsics;
using MathNet.Numerics.Distributions;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.RandomStreams;

/// <summary>The vectorised generator: its bits against the published vectors, its normal numbers against the definition and against the normal law.</summary>
public sealed class RandomLanesTests
{
    private const int Blocks = 64, Lanes = RandomLanes.Count;

    // The published known answer with all bits set: block, unit and trial of all ones under a key of all ones.
    [Fact]
    public void Block_PublishedVector_MatchesInItsLane()
    {
        RandomLanes lanes = new(ulong.MaxValue, uint.MaxValue, uint.MaxValue);
        (Vector512<ulong> x0, Vector512<ulong> x1, Vector512<ulong> x2, Vector512<ulong> x3) = lanes.Block(ulong.MaxValue);
        Assert.Equal((0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu), (x0[0], x1[0], x2[0], x3[0]));
    }

    [Theory]
    [InlineData(0UL, 0u, 0u, 0UL)]
    [InlineData(17UL, 8u, 1u, 5UL)]
    [InlineData(0xFEDCBA9876543210UL, 0xFFFFFFF0u, 3u, 0xFFFFFFFFUL)]
    [InlineData(3UL, 1000u, 0u, 0x1234567890UL)]
    public void Block_AnyCounter_HasTheWordsOfTheScalarGeneratorInEveryLane(ulong seed, uint firstUnit, uint trial, ulong block)
    {
        (Vector512<ulong> x0, Vector512<ulong> x1, Vector512<ulong> x2, Vector512<ulong> x3) = new RandomLanes(seed, firstUnit, trial).Block(block);
        for (int lane = 0; lane < Lanes; lane++)
        {
            (uint w0, uint w1, uint w2, uint w3) = RandomStream.Philox4x32((uint)block, (uint)(block >> 32), firstUnit + (uint)lane, trial, (uint)seed, (uint)(seed >> 32));
            Assert.Equal(((ulong)w0, (ulong)w1, (ulong)w2, (ulong)w3), (x0[lane], x1[lane], x2[lane], x3[lane]));
        }
    }

    [Fact]
    public void Fill_EveryNumber_IsThatOfTheDefinition()
    {
        (Vector512<double>[] gaussians, Vector512<ulong>[] uniforms) = Fill(5, 40, 2, 1000, Blocks);
        for (int block = 0; block < Blocks; block++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                (uint w0, uint w1, uint w2, uint w3) = RandomStream.Philox4x32((uint)(1000 + block), 0, 40 + (uint)lane, 2, 5, 0);
                double u = ((((ulong)w0 << 8) | (w1 >> 24)) + 0.5) / (1UL << 40), angle = Math.PI / 2 * ((((w1 & 0x3FFFFF) + 0.5) / (1 << 22)) - 0.5);
                double radius = Math.Sqrt(-2 * Math.Log(u)), cosine = radius * Math.Cos(angle) * ((w1 & 0x800000) == 0 ? 1 : -1), sine = radius * Math.Sin(angle);
                (double first, double second) = (w1 & 0x400000) == 0 ? (cosine, sine) : (sine, cosine);
                StatisticalAssert.Close(first, gaussians[2 * block][lane], relative: 1e-13);
                StatisticalAssert.Close(second, gaussians[(2 * block) + 1][lane], relative: 1e-13);
                Assert.Equal((w2 + 0.5) / 4294967296, RandomLanes.Uniform(uniforms[block], 0)[lane]);
                Assert.Equal((w3 + 0.5) / 4294967296, RandomLanes.Uniform(uniforms[block], 1)[lane]);
            }
        }
    }

    [Fact]
    public void Log_FromTheSmallestToOne_IsRightToFourteenDigits()
    {
        RandomStream stream = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            double x = i < 100 ? 1 - (i * 1e-12) : i < 200 ? (i - 99.5) / (1UL << 40) : stream.NextDouble() * Math.Pow(2, -(i % 50));
            StatisticalAssert.Close(Math.Log(x), BoxMuller.Log(Vector512.Create(x)).ToScalar(), relative: 3e-14);
        }
    }

    [Fact]
    public void Fill_PartOfTheBlocks_IsThePartOfAll()
    {
        Vector512<double>[] all = Fill(9, 0, 0, 0, Blocks).Gaussians, part = Fill(9, 0, 0, 10, 3).Gaussians;
        Assert.Equal(all[20..26], part);

        // Lane 3 of units from 0 on is lane 1 of units from 2 on.
        Assert.Equal(all.Select(vector => vector[3]), Fill(9, 2, 0, 0, Blocks).Gaussians.Select(vector => vector[1]));
    }

    // Eleven statistics of a million numbers at 4 standard errors: false-alarm rate 7e-4 in all.
    [Fact]
    public void Fill_ManyNumbers_HaveTheMomentsOfTheNormalLaw()
    {
        double[] values = Normals(seed: 11, count: 1_000_000);
        double n = values.Length;
        (double First, double Variance)[] moments = [(0, 1), (1, 2), (0, 15), (3, 96), (0, 945), (15, 10170)];
        for (int power = 1; power <= moments.Length; power++)
            StatisticalAssert.WithinStandardErrors(values.Sum(value => Math.Pow(value, power)) / n, moments[power - 1].First, Math.Sqrt(moments[power - 1].Variance / n));

        // Neighbouring numbers of a unit (the pair, then the next pairs), and those of neighbouring units.
        foreach (int distance in (int[])[1, 2, 3, Lanes, 2 * Lanes])
        {
            double sum = 0;
            for (int i = 0; i + distance < values.Length; i++) sum += values[i] * values[i + distance];
            StatisticalAssert.WithinStandardErrors(sum / n, 0, Math.Sqrt(1 / n));
        }
    }

    // False-alarm rate 1e-3 each.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fill_ManyNumbers_FollowTheNormalLaw(int seed)
    {
        double[] values = [.. Normals((ulong)seed, 200_000).Select(value => Normal.CDF(0, 1, value)).Order()];
        Assert.True(KolmogorovSmirnov.Test(values).PValue > 1e-3);
    }

    // The law of the pairs themselves, summed over all radii that reach so far: 2^40 of them, each with the share of its circle beyond.
    [Theory]
    [InlineData(5.5, 1e-4)]
    [InlineData(6, 1e-3)]
    [InlineData(6.5, 3e-3)]
    [InlineData(7, 1e-2)]
    public void Tail_OfTheDiscreteLaw_IsThatOfTheNormalLaw(double beyond, double tolerance)
    {
        double sum = 0;
        for (ulong k = 0; ; k++)
        {
            double radius = Math.Sqrt(-2 * Math.Log((k + 0.5) / (1UL << 40)));
            if (radius <= beyond) break;
            sum += Math.Acos(beyond / radius) / Math.PI / (1UL << 40);
        }

        StatisticalAssert.Close(0.5 * MathNet.Numerics.SpecialFunctions.Erfc(beyond / Math.Sqrt(2)), sum, relative: tolerance);
    }

    private static double[] Normals(ulong seed, int count)
    {
        Vector512<double>[] vectors = Fill(seed, 0, 0, 0, count / Lanes / 2).Gaussians;
        return [.. vectors.SelectMany(vector => Enumerable.Range(0, Lanes).Select(lane => vector[lane]))];
    }

    private static (Vector512<double>[] Gaussians, Vector512<ulong>[] Uniforms) Fill(ulong seed, uint firstUnit, uint trial, ulong firstBlock, int blocks)
    {
        (Vector512<double>[] gaussians, Vector512<ulong>[] uniforms) = (new Vector512<double>[2 * blocks], new Vector512<ulong>[blocks]);
        new RandomLanes(seed, firstUnit, trial).Fill(firstBlock, gaussians, uniforms);
        return (gaussians, uniforms);
    }
}
