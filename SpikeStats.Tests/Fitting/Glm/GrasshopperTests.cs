using System.Text.Json;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Fitting.Glm;

/// <summary>A real recording, from its files to the verdict: auditory receptor under amplitude-modulated sound, against statsmodels.</summary>
public sealed class GrasshopperTests
{
    private static readonly JsonElement reference = ReferenceFile.Read("grasshopper-glm");

    [SkippableTheory]
    [InlineData("dt_1ms", "stimulus_only")]
    [InlineData("dt_1ms", "history_only")]
    [InlineData("dt_1ms", "stimulus_plus_history")]
    [InlineData("dt_0.5ms", "stimulus_only")]
    [InlineData("dt_0.5ms", "history_only")]
    [InlineData("dt_0.5ms", "stimulus_plus_history")]
    public void Fit_WithMergedWindows_MatchesStatsmodels(string design, string name)
    {
        double binWidth = design == "dt_1ms" ? 1.ms : 0.5.ms;
        JsonElement layout = reference.At("designs", design), expected = layout.At("fits", name);
        bool hasStimulus = name.StartsWith("stimulus", StringComparison.Ordinal), hasHistory = name.EndsWith("history", StringComparison.Ordinal) || name == "history_only";
        List<GlmTerm> terms = [];
        TabulatedBasis stimulusBasis = PairedLags(design == "dt_1ms" ? 1 : 2);
        if (hasStimulus) terms.Add(new StimulusTerm("stimulus", stimulusBasis));
        if (hasHistory) terms.Add(new HistoryTerm(Windows(layout, binWidth)));

        // Every design of the reference starts at the same row; a shorter filter is made to start there by observing from later on.
        int firstRow = layout.At("first_row").GetInt32();
        int lags = hasHistory ? firstRow : stimulusBasis.Sample(binWidth, 0).LastLag;
        Recording recording = Load(binWidth).Restrict(TimeIntervals.Of((firstRow - lags) * binWidth, 10));
        GlmFit fit = new GlmSpecification { Target = "spike_times_us", BinWidth = binWidth, Terms = terms }.Fit(recording);

        Assert.Equal(FitStatus.Converged, fit.Certificate.Status);
        Assert.Equal(expected.At("n_bins").GetInt64(), fit.BinCount);
        Assert.Equal(expected.At("n_spikes").GetInt32(), fit.SpikeCount);
        double[] coefficients = expected.At("coef").Doubles();
        coefficients[0] -= Math.Log(binWidth);
        StatisticalAssert.Close(coefficients, [.. fit.Coefficients], absolute: 1e-6);
        StatisticalAssert.Close(expected.At("se").Doubles(), [.. fit.StandardErrors], absolute: 1e-6);
        StatisticalAssert.Close(expected.Number("log_likelihood"), fit.LogLikelihood, relative: 1e-8);
        StatisticalAssert.Close(expected.Number("deviance"), fit.Deviance, relative: 1e-8);
        StatisticalAssert.Close(expected.Number("aic_minus2ll_plus_2k"), fit.Aic, relative: 1e-8);
        StatisticalAssert.Close(expected.Number("null_log_likelihood_const_rate"), fit.NullLogLikelihood, relative: 1e-8);

        TimeRescalingResult rescaling = TimeRescaling.Test(fit.Model, recording, "spike_times_us");
        StatisticalAssert.Close(expected.Number("time_rescaling", "ks_statistic"), rescaling.Naive!.Statistic, absolute: 1e-7);
        Assert.Equal(expected.At("time_rescaling", "n").GetInt32(), rescaling.Naive.Count);
    }

    [SkippableFact]
    public void Fit_WithWindowsShorterThanTheSmallestInterval_DiagnosesTheSeparatedOnes()
    {
        GlmFit fit = new GlmSpecification
        {
            Target = "spike_times_us",
            Terms = [new HistoryTerm(new WindowBasis(1.ms, 2.ms, 3.ms, 4.ms, 6.ms, 10.ms, 30.ms))],
        }.Fit(Load(1.ms));
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("history[0] (lag 1 ms), history[1] (lag 2 ms)", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Equal([true, true, false, false, false, false], fit.Term("history").Coefficients.Select(double.IsNegativeInfinity));
        Assert.True(double.IsFinite(fit.LogLikelihood));
        Assert.All(fit.Term("history").StandardErrors.Skip(2), error => Assert.InRange(error, 0.01, 1));
    }

    private static Recording Load(double binWidth)
    {
        LoadOptions options = new() { TimeUnit = TimeUnit.Microseconds, Observed = TimeIntervals.Of(0, 10) };
        Recording recording = RecordingFile.Open(Repository.SharedData("grasshopper_auditory_1", "spike_times_us.txt"), options);
        SampledSignal volts = SignalFile.Open(Repository.SharedData("grasshopper_auditory_1", "stimulus_us_volt.txt"), options)[0];

        // Sound pressure level, shifted so that its maximum is the intensity of the presentation; mean of each bin; mean over bins removed.
        SampledSignal level = volts.Select(volt => 20 * Math.Log10(volt / 2e-5));
        double shift = reference.Number("stim_intensity_dB") - level.Values.ToArray().Max();
        double[] binned = level.Select(value => value + shift).InBins(new BinGrid(TimeIntervals.Of(0, 10), binWidth));
        double mean = binned.Average();
        return recording.WithSignals(SampledSignal.Regular("stimulus", binned.Select(value => value - mean).ToArray(), 0, 1 / binWidth));
    }

    private static WindowBasis Windows(JsonElement layout, double binWidth)
    {
        int[][] windows = [.. layout.At("history_windows_in_bins").EnumerateArray().Select(window => window.Integers())];
        return new WindowBasis([.. windows.Select(window => window[0] * binWidth), (windows[^1][1] + 1) * binWidth]);
    }

    // 20 columns, each the mean of so many neighbouring lags from 0.
    private static TabulatedBasis PairedLags(int lagsPerColumn)
    {
        double[,] table = new double[20 * lagsPerColumn, 20];
        for (int lag = 0; lag < 20 * lagsPerColumn; lag++) table[lag, lag / lagsPerColumn] = 1.0 / lagsPerColumn;
        return new TabulatedBasis(table);
    }
}
