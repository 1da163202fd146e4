using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Renewal;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Calibration;

/// <summary>Simulate a renewal process in trials and fit it, many times: do the error bars keep their word?</summary>
[Trait("Category", "Calibration")]
public sealed class RenewalCalibrationTests
{
    private const int Recordings = 300;

    // Ten trials of 2 s at 20 Hz, every one with an open interval.
    private static readonly TimeIntervals trials = TimeIntervals.FromSorted([.. Enumerable.Range(0, 10).Select(i => new TimeInterval(3 * i, (3 * i) + 2))]);

    public static TheoryData<string> Families => ["gamma", "inverse-gaussian"];

    // 300 fits, each parameter: binomial error 0.0126; four parameters, false-alarm rate 4 * 6.3e-5. The KS p-values of the truth are
    // uniform at 1e-4.
    [Theory]
    [MemberData(nameof(Families))]
    public void Intervals_Of95Percent_Cover95Percent(string name)
    {
        IntervalDistribution truth = name == "gamma" ? new Gamma(3, 60) : new InverseGaussian(0.05, 0.15);
        IntervalFamily family = IntervalFamily.All.Single(family => family.Name == name);
        Recording conditions = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), trials, "a")]);
        RenewalProcess process = new("a", truth);
        int[] covered = new int[2];
        double[] pValues = new double[Recordings];
        for (int n = 0; n < Recordings; n++)
        {
            Recording drawn = process.Simulate(conditions, seed: 500 + (ulong)n);
            RenewalFit fit = new RenewalSpecification { Target = "a", Family = family, Start = RenewalStart.Equilibrium }.Fit(drawn);
            Assert.True(fit.Certificate.IsConverged);
            for (int i = 0; i < covered.Length; i++)
            {
                if (fit.Parameters[i].Lower <= truth.Parameters[i].Value && truth.Parameters[i].Value <= fit.Parameters[i].Upper) covered[i]++;
            }

            pValues[n] = TimeRescaling.Test(new RenewalProcess("a", truth, RenewalStart.Equilibrium), drawn, "a").KolmogorovSmirnov.PValue;
        }

        foreach (int count in covered) StatisticalAssert.WithinStandardErrors(count / (double)Recordings, 0.95, Math.Sqrt(0.95 * 0.05 / Recordings));

        // Trials cut off long waits, which shifts the p-values of so short stretches; they must not be small more often than stated.
        Assert.True(pValues.Count(p => p < 0.01) <= 15, $"{pValues.Count(p => p < 0.01)} of {Recordings} true models are rejected at 1 %.");
    }
}
