using System.Text.Json;
using SpikeStats.Models.MeanField;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.MeanField;

public sealed class SpikeAdaptationTests
{
    private static readonly LeakyTransfer transfer = new(new LeakyIntegrateAndFire { Threshold = 1, Reset = 0, TimeConstant = 20e-3, RefractoryPeriod = 0 });

    private static JsonElement Reference { get; } = ReferenceFile.Read("rate-models");

    [Fact]
    public void Variance_GammaTrains_IsThatOfTheReference()
    {
        JsonElement given = Reference.GetProperty("sfa_shot_noise");
        double rate = given.Number("r_Hz");
        SpikeAdaptation adaptation = new(given.Number("b"), given.Number("tau_w_s"));
        foreach (JsonElement row in given.GetProperty("rows").EnumerateArray())
        {
            double shape = row.Number("gamma_shape");
            StatisticalAssert.Close(row.Number("mean_w"), adaptation.Mean(rate), relative: 1e-12);
            StatisticalAssert.Close(row.Number("var_w_exact"), adaptation.Variance(new Gamma(shape, shape * rate)), relative: 1e-11);
        }

        StatisticalAssert.Close(given.Number("regular_train_ripple_var"), adaptation.RegularVariance(rate), relative: 1e-11);
        StatisticalAssert.Close(given.Number("poisson_var_b2_r_tw_over_2"), adaptation.Variance(new Exponential(rate)), relative: 1e-8);
    }

    [Fact]
    public void MeanField_OfTheReference_HasItsRatesAndSlopes()
    {
        JsonElement given = Reference.GetProperty("sfa_meanfield");
        SpikeAdaptation adaptation = new(given.Number("b"), given.Number("tau_w_s"));
        WhiteNoiseInput input = new(given.Number("mu"), Math.Sqrt(2 * given.Number("D")));
        AdaptedRate adapted = adaptation.MeanField(transfer, input);
        StatisticalAssert.Close(given.Number("r_onset_Hz"), adapted.Onset, relative: 1e-10);
        StatisticalAssert.Close(given.Number("r_steady_Hz"), adapted.Steady, relative: 1e-10);
        StatisticalAssert.Close(given.Number("slope_onset"), adapted.OnsetSlope, relative: 1e-10);
        StatisticalAssert.Close(given.Number("slope_steady=c/(1+b tw c)"), adapted.SteadySlope, relative: 1e-10);
        AdaptedRate above = adaptation.MeanField(transfer, input with { Mean = input.Mean + 1e-5 }), below = adaptation.MeanField(transfer, input with { Mean = input.Mean - 1e-5 });
        StatisticalAssert.Close(adapted.SteadySlope, (above.Steady - below.Steady) / 2e-5, relative: 1e-7);
    }

    // w is exact between spikes, so that only the finite number of intervals is left: the block means give the standard error.
    [Fact]
    public void Variance_SimulatedTrain_AgreesWithinStandardErrors()
    {
        const int Blocks = 100, IntervalsPerBlock = 4000;
        InverseGaussian intervals = new(0.05, 0.1);
        SpikeAdaptation adaptation = new(1, 0.2);
        RandomStream stream = new(11);
        double w = adaptation.Mean(20), mean = adaptation.Mean(20);
        double[] variances = new double[Blocks];
        for (int block = 0; block < Blocks; block++)
        {
            double time = 0, square = 0;
            for (int i = 0; i < IntervalsPerBlock; i++)
            {
                double interval = intervals.Sample(stream), decay = Math.Exp(-interval / 0.2), before = w + 1;
                square += (0.1 * before * before * (1 - (decay * decay))) - (2 * mean * 0.2 * before * (1 - decay)) + (mean * mean * interval);
                time += interval;
                w = before * decay;
            }

            variances[block] = square / time;
        }

        double average = variances.Average(), error = Math.Sqrt(variances.Sum(value => (value - average) * (value - average)) / (Blocks - 1) / Blocks);
        StatisticalAssert.WithinStandardErrors(average, adaptation.Variance(intervals), error);
    }

    [Fact]
    public void Variance_LeakyTrain_IsTheIntegralOfItsSpectrum()
    {
        // The low-pass filter b/(1/τ_w + iω) turns the spectrum S(f) of the train into that of w.
        SpikeAdaptation adaptation = new(1, 0.05);
        WhiteNoiseInput input = new(0.9, 0.4);
        double rate = transfer.Rate(input), sum = 0;
        const double Step = 0.25;
        for (int k = 1; k <= 8000; k++)
        {
            double angular = 2 * Math.PI * k * Step;
            sum += 2 * Step * (transfer.PowerSpectrum(input, k * Step) - rate) / (400 + (angular * angular));
        }

        sum += Step * (transfer.PowerSpectrum(input, 0) - rate) / 400;
        StatisticalAssert.Close((0.5 * rate * 0.05) + sum, adaptation.Variance(transfer, input), relative: 1e-5);
    }

    [Fact]
    public void LaplaceTransform_ByQuadrature_IsTheClosedForm()
    {
        foreach (double rate in new[] { 0.1, 5, 40, 1000 })
        {
            StatisticalAssert.Close(20 / (20 + rate), new Exponential(20).LaplaceTransform(rate), absolute: 1e-9);
            StatisticalAssert.Close(Math.Exp(0.1 / 0.05 * (1 - Math.Sqrt(1 + (2 * 0.05 * 0.05 * rate / 0.1)))), new InverseGaussian(0.05, 0.1).LaplaceTransform(rate), absolute: 1e-9);
        }

        Assert.Equal(1, new Gamma(3, 60).LaplaceTransform(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Exponential(20).LaplaceTransform(-1));
    }

    [Fact]
    public void Adaptation_BadInput_SaysWhatIsWrong()
    {
        Assert.Contains("increment", Assert.Throws<ArgumentOutOfRangeException>(() => new SpikeAdaptation(-1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("time constant", Assert.Throws<ArgumentOutOfRangeException>(() => new SpikeAdaptation(1, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpikeAdaptation(1, 1).Mean(double.NaN));
        Assert.Equal(0, new SpikeAdaptation(1, 1).MeanField(transfer, new WhiteNoiseInput(0.5, 0)).Steady);
    }
}
