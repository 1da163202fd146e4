using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Calibration;

/// <summary>Simulate a renewal process in trials and fit it, many times: do the error bars keep their word?</summary>
[Trait("Category", "Calibration")]
public sealed class RenewalCalibrationTests
{
    private static readonly int recordings = CalibrationSize.Of(bounded: 150);

    // Ten trials of 2 s at 20 Hz, every one with an open interval.
    private static readonly TimeIntervals trials = TimeIntervals.FromSorted([.. Enumerable.Range(0, 10).Select(i => new TimeInterval(3 * i, (3 * i) + 2))]);

    private static readonly IntervalDistribution[] truths =
    [
        new Exponential(20), new Gamma(3, 60), new InverseGaussian(0.05, 0.15), new Lognormal(-3.1, 0.5), new Weibull(1.8, 0.055), new LogLogistic(3, 0.045),
        new RecoveringHazard(40, 0.02),
    ];

    public static TheoryData<string> Families => [.. truths.Select(truth => truth.Name)];

    // 150 fits (500 in full), each parameter: binomial error 0.0178; thirteen parameters, false-alarm rate 13 * 6.3e-5. The p-values of the true model:
    // 1.5 expected below 1 %, more than 7 with probability 3e-4 for one family.
    [Theory]
    [MemberData(nameof(Families))]
    public void Intervals_Of95Percent_Cover95Percent(string name)
    {
        IntervalDistribution truth = truths.Single(truth => truth.Name == name);
        IntervalFamily family = IntervalFamily.All.Single(family => family.Name == name);
        RenewalProcess process = new("a", truth);
        int[] covered = new int[family.ParameterCount];
        int small = 0;
        for (int n = 0; n < recordings; n++)
        {
            Recording drawn = Drawn(truth, n);
            RenewalFit fit = new RenewalSpecification { Target = "a", Family = family, Start = RenewalStart.Equilibrium }.Fit(drawn);
            Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
            for (int i = 0; i < covered.Length; i++)
            {
                if (fit.Parameters[i].Lower <= truth.Parameters[i].Value && truth.Parameters[i].Value <= fit.Parameters[i].Upper) covered[i]++;
            }

            if (TimeRescaling.Test(process, drawn, "a").KolmogorovSmirnov.PValue < 0.01) small++;
        }

        foreach (int count in covered) AssertNominal(count);

        // Trials cut off long waits, which shifts the p-values of so short stretches; they must not be small more often than stated.
        Assert.True(small <= recordings / 20, $"{small} of {recordings} true models are rejected at 1 %.");
    }

    // Rate levels of 1 s and the shape of the intervals, estimated together: 20 levels pooled, and the shape; 2 * 2 * 6.3e-5.
    [Theory]
    [InlineData("gamma")]
    [InlineData("inverse-gaussian")]
    public void InhomogeneousIntervals_Of95Percent_Cover95Percent(string name)
    {
        const double Shape = 3;
        BinGrid grid = new(trials, 1);
        double[] rates = [.. Enumerable.Range(0, grid.BinCount).Select(bin => 30 + (15 * Math.Cos(bin)))];
        RenewalProcess process = new(new PoissonProcess("a", grid, rates), name == "gamma" ? new Gamma(Shape, Shape) : new InverseGaussian(1, Shape), RenewalStart.Equilibrium);
        InhomogeneousRenewalSpecification specification = new() { Target = "a", Family = IntervalFamily.All.Single(family => family.Name == name) };
        int shapes = 0, levels = 0, drawings = CalibrationSize.Of(bounded: 100);
        for (int n = 0; n < drawings; n++)
        {
            InhomogeneousRenewalFit fit = specification.Fit(process.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), trials, "a")]), seed: 500 + (ulong)n));
            Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
            if (fit.Shape!.Lower <= Shape && Shape <= fit.Shape.Upper) shapes++;
            levels += fit.Rates.Where((level, bin) => level.Lower <= rates[bin] && rates[bin] <= level.Upper).Count();
        }

        // As many levels as a tenth of the spikes would push the shape upwards; with one per 30 spikes its intervals cover somewhat less than they say.
        Assert.True(shapes >= 0.8 * drawings, $"The shape is covered {shapes} times of {drawings}.");

        // Levels of about 30 spikes are nearly, not quite, lognormal.
        double share = levels / (double)(drawings * rates.Length);
        Assert.True(share is > 0.93 and < 0.97, $"Levels are covered with frequency {share}.");
    }

    // Intervals one after the other, from 5 s before the first trial on and through the gaps: in equilibrium without the process being asked for it.
    private static Recording Drawn(IntervalDistribution truth, int number)
    {
        RandomStream stream = new(500 + (ulong)number, unit: 0, trial: 0);
        List<double> times = [];
        for (double time = truth.Sample(stream) - 5; time < trials.Span.End; time += truth.Sample(stream)) times.Add(time);
        return Recording.FromTrains([SpikeTrain.FromSorted(times.ToArray(), TimeIntervals.Of(-5, trials.Span.End), "a")]).Restrict(trials);
    }

    private static void AssertNominal(int covered) => StatisticalAssert.WithinStandardErrors(covered / (double)recordings, 0.95, Math.Sqrt(0.95 * 0.05 / recordings));
}
