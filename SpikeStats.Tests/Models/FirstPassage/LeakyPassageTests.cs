using System.Text.Json;
using MathNet.Numerics.Integration;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.FirstPassage;

/// <summary>The inverted transform against 18-digit values, the integral equation, moments and limits; in millivolts and milliseconds.</summary>
public sealed class LeakyPassageTests
{
    private static readonly JsonElement reference = ReferenceFile.Read("first-passage");

    [Theory]
    [InlineData("A_fluct")]
    [InlineData("B_mean")]
    [InlineData("C_low")]
    [InlineData("E_near")]
    public void Density_ReferenceRow_AgreesToSeventeenDecimals(string set)
    {
        LeakyPassage law = Law([.. reference.At("sets", set, "params").Doubles()[..5], 0]);

        foreach (JsonElement row in reference.At("sets", set, "rows").EnumerateArray())
        {
            double expected = row[1].GetDouble(), tolerance = set[0] is 'A' or 'C' ? 5e-16 : 1e-16;
            StatisticalAssert.Close(expected, law.Density(row[0].GetDouble()), absolute: tolerance, relative: 1e-9);
        }
    }

    [Fact]
    public void Density_VolterraReferenceInSeconds_AgreesWithItAndItsMean()
    {
        JsonElement row = reference.GetProperty("lif");
        double tau = row.Number("tau");
        LeakyPassage law = Law(row.Number("mu"), row.Number("s") * Math.Sqrt(tau), row.Number("theta"), 0, tau, 0);

        StatisticalAssert.Close(row.Number("mean_fpt_siegert"), law.Mean, relative: 1e-9);
        StatisticalAssert.Close(row.At("density_n8000").Doubles(), [.. row.At("density_at").Doubles().Select(law.Density)], relative: 1e-5);
    }

    // What remains of the leak is of the order of 1/τ.
    [Fact]
    public void Density_TimeConstantWithoutBound_GoesToThePerfectIntegrator()
    {
        JsonElement row = reference.GetProperty("perfect");
        double[] times = row.At("pdf_at").Doubles(), expected = row.At("pdf").Doubles();
        InverseGaussian limit = new(row.Number("theta") / row.Number("m"), Math.Pow(row.Number("theta") / row.Number("s"), 2));

        double[] Of(double tau)
        {
            LeakyPassage law = Law(row.Number("m") * tau, row.Number("s") * Math.Sqrt(tau), row.Number("theta"), 0, tau, 0);
            return [.. times.Select(law.Density)];
        }

        double[] near = Of(20), nearer = Of(40);
        for (int i = 0; i < times.Length; i++)
        {
            StatisticalAssert.Close(expected[i], limit.Density(times[i]), relative: 1e-12);
            StatisticalAssert.Close(expected[i], (2 * nearer[i]) - near[i], relative: 2e-4);
        }
    }

    [Theory]
    [InlineData(15, 5, 20, 10, 20)]
    [InlineData(25, 2, 20, 10, 20)]
    [InlineData(10, 4, 20, 10, 10)]
    [InlineData(20, 5, 20, 10, 20)]
    public void Density_VolterraEquation_AgreesWithinTheErrorThatItTells(double mean, double sigma, double threshold, double reset, double tau)
    {
        LeakyPassage law = Law(mean, sigma, threshold, reset, tau, 0);

        VolterraSolution solution = VolterraPassage.Solve(law.Neuron, law.Input, 60, 1200);

        Assert.InRange(solution.Error, 0, 1e-8);
        for (int n = 1; n < solution.Density.Count; n += 7)
        {
            double exact = law.Density(n * solution.Step);
            StatisticalAssert.Close(exact, solution.Density[n], absolute: (3 * solution.Error) + 1e-13);
            if (exact > 1e-5) StatisticalAssert.Close(exact, solution.Density[n], relative: 1e-4);
        }
    }

    [Fact]
    public void VolterraPassage_HalfTheStep_ConvergesWithOrderThreeAndAHalf()
    {
        LeakyPassage law = Law(15, 5, 20, 10, 20, 0);
        double ErrorOf(int steps)
        {
            VolterraSolution solution = VolterraPassage.Solve(law.Neuron, law.Input, 60, steps);
            return Enumerable.Range(1, 12).Max(k => Math.Abs(solution.Density[k * steps / 12] - law.Density(5 * k)));
        }

        double coarse = ErrorOf(240), middle = ErrorOf(480), fine = ErrorOf(960);

        Assert.InRange(Math.Log2(coarse / middle), 3.2, 4.2);
        Assert.InRange(Math.Log2(middle / fine), 3.2, 4.2);
    }

    // ∫ S and 2 ∫ t S are the mean and the second moment.
    [Theory]
    [InlineData(15, 5, 20, 10, 20, 2)]
    [InlineData(25, 2, 20, 10, 20, 2)]
    [InlineData(19, 1.5, 20, 10, 10, 1)]
    public void Survivor_Integrated_GivesTheMeanAndVarianceOfTheory(double mean, double sigma, double threshold, double reset, double tau, double refractory)
    {
        LeakyPassage law = Law(mean, sigma, threshold, reset, tau, refractory);
        double first = refractory, second = refractory * refractory, last = law.Quantile(1 - 1e-14), from = refractory;
        for (double to = law.Quantile(1e-12); from < last; (from, to) = (to, Math.Min(last, refractory + ((to - refractory) * 1.3))))
        {
            first += GaussLegendreRule.Integrate(law.Survivor, from, to, 20);
            second += GaussLegendreRule.Integrate(t => 2 * t * law.Survivor(t), from, to, 20);
            if (to == last) break;
        }

        StatisticalAssert.Close(1 / Siegert.Rate(law.Neuron, law.Input), first, relative: 1e-10);
        StatisticalAssert.Close(IntervalCumulants.Normalised(law.Neuron, law.Input, 2)[1] * first * first, second - (first * first), relative: 1e-7);
    }

    // Log f, log S and h are inverted apart.
    [Theory]
    [InlineData(15, 5)]
    [InlineData(25, 2)]
    [InlineData(30, 0.1)]
    [InlineData(0, 4)]
    public void LogSurvivor_AnyTime_FallsAtTheHazard(double mean, double sigma)
    {
        LeakyPassage law = Law(mean, sigma, 20, 10, 20, 2);

        foreach (double probability in (double[])[0.01, 0.5, 0.99])
        {
            double time = law.Quantile(probability), step = 1e-4 * (time - 2);
            double fallen = law.LogSurvivor(time - step) - law.LogSurvivor(time + step), simpson = step / 3 * (law.Hazard(time - step) + (4 * law.Hazard(time)) + law.Hazard(time + step));
            StatisticalAssert.Close(simpson, fallen, absolute: 1e-12, relative: 1e-6);
            StatisticalAssert.Close(1 - probability, law.Survivor(time), relative: 1e-4 * Math.Max(1e-3, 1e-12 / (1 - probability)), absolute: 1e-11);
        }
    }

    // Far out one exponential is left; far in the distance from the threshold decides: both where f is below the smallest number.
    [Fact]
    public void LogDensity_BothTails_KeepsItsDigits()
    {
        LeakyPassage law = Law(15, 5, 20, 10, 20, 0);

        double hazard = law.Hazard(500);

        StatisticalAssert.Close(hazard, law.Hazard(1e5), relative: 1e-9);
        StatisticalAssert.Close(-hazard, (law.LogDensity(2e5) - law.LogDensity(1e5)) / 1e5, relative: 1e-9);
        double s = 0.01 / 20, early = Math.Log(2 / Math.Sqrt(2 * Math.PI * s * s * s) / 20) - (2 / s) - (s / 2 * ((1.0 / 3) - 1));
        StatisticalAssert.Close(early, law.LogDensity(0.01), absolute: 1e-5);
        Assert.True(double.IsFinite(Law(30, 0.1, 20, 10, 20, 0).LogDensity(30)));
    }

    // 20000 draws: the distance of Kolmogorov and Smirnov is above 2.2/√n with probability 1.3e-4.
    [Fact]
    public void Sample_ManyDraws_FollowTheSurvivor()
    {
        LeakyPassage law = Law(15, 5, 20, 10, 20, 2);
        RandomStream stream = new(7);

        double[] draws = [.. Enumerable.Range(0, 20000).Select(_ => law.Sample(stream)).Order()];

        double distance = draws.Select((time, i) => Math.Abs(((i + 0.5) / draws.Length) - (1 - law.Survivor(time)))).Max();
        Assert.InRange(distance, 0, 2.2 / Math.Sqrt(draws.Length));
    }

    [Fact]
    public void LeakyPassage_OutsideItsTimes_HasTheLimits()
    {
        LeakyPassage law = Law(15, 5, 20, 10, 20, 2);

        Assert.Equal(0, law.Density(2));
        Assert.Equal(1, law.Survivor(-1));
        Assert.Equal(0, law.Survivor(double.PositiveInfinity));
        Assert.True(double.IsNaN(law.LogDensity(double.NaN)));
        Assert.Equal(law, Law(15, 5, 20, 10, 20, 2));
        Assert.NotEqual(law, Law(15, 5, 20, 10, 20, 1));
        Assert.Throws<ArgumentException>(() => Law(15, 0, 20, 10, 20, 2));
        Assert.Throws<ArgumentException>(() => Law(15, 5, 10, 20, 20, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => law.Quantile(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => VolterraPassage.Solve(law.Neuron, law.Input, 60, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => VolterraPassage.Solve(law.Neuron, law.Input, 0, 80));
    }

    private static LeakyPassage Law(params double[] p) =>
        new(new LeakyIntegrateAndFire { Threshold = p[2], Reset = p[3], TimeConstant = p[4], RefractoryPeriod = p[5] }, new WhiteNoiseInput(p[0], p[1]));
}
