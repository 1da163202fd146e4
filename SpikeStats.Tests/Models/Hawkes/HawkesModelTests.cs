using System.Text.Json;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Hawkes;

public sealed class HawkesModelTests
{
    private static JsonElement Reference => HawkesProblem.Reference;

    [Fact]
    public void LogLikelihood_TwoUnits_IsThatOfTick()
    {
        JsonElement problem = Reference.GetProperty("mv_exp");
        double[][] trains = [.. problem.GetProperty("timestamps").EnumerateArray().Select(times => times.Doubles())];
        HawkesModel model = new(["a", "b"], problem.GetProperty("mu").Doubles(), problem.Number("beta"), HawkesProblem.Matrix(problem.GetProperty("A")));
        double duration = problem.Number("T"), both = model.LogLikelihood(HawkesProblem.Record(duration, trains));
        StatisticalAssert.Close(problem.Number("loglik"), both, 1e-12);
        StatisticalAssert.Close(problem.Number("tick_loss"), (-both - (2 * duration)) / 11, 1e-12);
        StatisticalAssert.Close(problem.Number("loglik_second_train_empty"), model.LogLikelihood(HawkesProblem.Record(duration, trains[0], [])), 1e-12);
    }

    [Fact]
    public void LogLikelihood_ThreeExponentials_IsThatOfTick()
    {
        JsonElement problem = Reference.GetProperty("mv_sumexp");
        double[][] trains = [.. problem.GetProperty("timestamps").EnumerateArray().Select(times => times.Doubles())];
        double[,,] branching = new double[2, 2, 3];
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                for (int u = 0; u < 3; u++) branching[i, j, u] = problem.GetProperty("A")[i][j][u].GetDouble();
            }
        }

        HawkesModel model = new(["a", "b"], problem.GetProperty("mu").Doubles(), problem.GetProperty("betas").Doubles(), branching);
        StatisticalAssert.Close(problem.Number("loglik"), model.LogLikelihood(HawkesProblem.Record(problem.Number("T"), trains)), 2e-12);
    }

    [Fact]
    public void LogLikelihood_OneUnit_IsThatOfHawkeslib()
    {
        JsonElement problem = Reference.GetProperty("uv_small");
        HawkesModel model = new("a", problem.Number("mu"), problem.Number("alpha"), problem.Number("beta"));
        StatisticalAssert.Close(problem.Number("loglik"), model.LogLikelihood(HawkesProblem.Record(problem.Number("T"), problem.GetProperty("t").Doubles())), 1e-12);
    }

    [Fact]
    public void LogLikelihood_ExcitationFromBefore_IsThatOfTheReference()
    {
        JsonElement problem = Reference.GetProperty("edge_history");
        HawkesModel model = new("a", problem.Number("mu"), problem.Number("alpha"), problem.Number("beta")) { InitialExcitation = new[,] { { problem.Number("e0") } } };
        Recording recording = HawkesProblem.Record(problem.Number("T"), problem.GetProperty("t").Doubles());
        StatisticalAssert.Close(problem.Number("loglik"), model.LogLikelihood(recording), 1e-12);
    }

    // The compensator at the end and the log-likelihood are two routes to the same integral.
    [Fact]
    public void Compensate_ExcitationFromBefore_IsTheClosedForm()
    {
        HawkesModel model = new("a", 0.5, 0.6, 3) { InitialExcitation = new[,] { { 1.8 } } };
        CompensatorSegment segment = Assert.Single(model.Compensate(HawkesProblem.Record(2, [0.4, 1.1]), "a").Segments);
        StatisticalAssert.Close(1 + (0.6 * (1 - Math.Exp(-6))) + (0.6 * (1 - Math.Exp(-4.8))) + (0.6 * (1 - Math.Exp(-2.7))), segment.AtEnd, 1e-14);
        StatisticalAssert.Close([0.2 + (0.6 * (1 - Math.Exp(-1.2))), 0.55 + (0.6 * (1 - Math.Exp(-3.3))) + (0.6 * (1 - Math.Exp(-2.1)))], segment.AtEvents.Span, 1e-14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void LogLikelihood_TiesAndGaps_IsTheSumOverPairs(ulong seed)
    {
        Recording recording = HawkesProblem.Tied(seed);
        StatisticalAssert.Close(HawkesProblem.BruteForce(HawkesProblem.Trio, recording), HawkesProblem.Trio.LogLikelihood(recording), relative: 1e-13);
    }

    [Fact]
    public void LogLikelihood_ManyParts_IsTheSumOverPieces()
    {
        // More spikes than one part holds; the intervals before them must not matter, and no thread must see another's state.
        HawkesModel model = new(["a", "b"], [30, 20], 50, new[,] { { 0.3, 0.2 }, { 0.1, 0.4 } });
        Recording recording = model.Simulate(HawkesProblem.Record(2500, Array.Empty<double>()), seed: 5);
        Assert.InRange(recording.SpikeCount, 200_000, 300_000);
        double[] intensities = [.. model.Units.SelectMany((unit, i) => recording[unit].Times.ToArray().Where((_, k) => k % 9973 == 0).Select(time => model.Baselines[i] + Recent(model, recording, i, time)))];
        Assert.All(intensities, intensity => Assert.True(intensity > 0));
        double bySegments = 0;
        foreach (string unit in model.Units) bySegments -= model.Compensate(recording, unit).Segments.Sum(segment => segment.AtEnd);
        bySegments += model.Units.Select((unit, i) => SumOfLogs(model, recording, i)).Sum();
        StatisticalAssert.Close(bySegments, model.LogLikelihood(recording), relative: 1e-12);
    }

    [Fact]
    public void LogLikelihood_ObservationCutInTwo_IsTheSumWithTheExcitationCarriedOver()
    {
        double[] times = [0.4, 1.1, 1.25, 2.6, 3.1];
        HawkesModel model = new("a", 0.5, 0.6, 3);
        double cut = 1.5, carried = new[] { 0.4, 1.1, 1.25 }.Sum(time => 1.8 * Math.Exp(-3 * (cut - time)));
        Recording whole = Recording.FromTrains([SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 4), "a")]);
        HawkesModel second = new("a", 0.5, 0.6, 3) { InitialExcitation = new[,] { { carried } } };
        double parts = model.LogLikelihood(whole.Restrict(TimeIntervals.Of(0, cut))) + second.LogLikelihood(whole.Restrict(TimeIntervals.Of(cut, 4)));
        StatisticalAssert.Close(model.LogLikelihood(whole), parts, 1e-13);
    }

    [Fact]
    public void LogLikelihood_ThreeUnitsCutInTwo_IsTheSumWithTheExcitationCarriedOver()
    {
        HawkesModel model = HawkesProblem.Trio;
        Recording whole = HawkesProblem.Tied(9).Restrict(TimeIntervals.Of(30, 42));
        const double Cut = 36.5 + (1 / 128.0);
        double[,] carried = new double[3, 2];
        for (int i = 0; i < 3; i++)
        {
            for (int u = 0; u < 2; u++)
            {
                for (int j = 0; j < 3; j++)
                {
                    foreach (double time in whole[model.Units[j]].Times)
                        carried[i, u] += time < Cut ? model.Branching(i, j, u) * model.Decays[u] * Math.Exp(-model.Decays[u] * (Cut - time)) : 0;
                }
            }
        }

        double[,,] branching = new double[3, 3, 2];
        for (int i = 0; i < branching.Length; i++) branching[i / 6, i / 2 % 3, i % 2] = model.Branching(i / 6, i / 2 % 3, i % 2);
        HawkesModel second = new(model.Units, model.Baselines, model.Decays, branching) { InitialExcitation = carried };
        double parts = model.LogLikelihood(whole.Restrict(TimeIntervals.Of(30, Cut))) + second.LogLikelihood(whole.Restrict(TimeIntervals.Of(Cut, 42)));
        StatisticalAssert.Close(model.LogLikelihood(whole), parts, relative: 1e-13);
    }

    // A decay so slow that every part's state matters to the last one, and ties at the borders of parts.
    [Fact]
    public void LogLikelihood_SlowDecayOverManyParts_IsThatOfTheTextbookRecursion()
    {
        const int Count = 150_000;
        double[] grid = [.. Enumerable.Range(0, Count).Select(i => (i - (i % 3 == 2 ? 1 : 0)) / 64.0).Distinct()];
        HawkesModel model = new(["a", "b"], [3, 2], 0.004, new[,] { { 0.3, 0.2 }, { 0.1, 0.4 } });
        TimeIntervals observed = TimeIntervals.Of(0, (Count / 64.0) + 1);
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(grid, observed, "a"), SpikeTrain.FromSorted(grid.Where((_, k) => k % 5 != 0).ToArray(), observed, "b")]);
        double expected = model.Units.Select((unit, i) => SumOfLogs(model, recording, i) - model.Compensate(recording, unit).Segments[0].AtEnd).Sum();
        StatisticalAssert.Close(expected, model.LogLikelihood(recording), relative: 1e-12);
    }

    [Fact]
    public void LogLikelihood_OtherTimeUnit_ChangesByTheLogOfTheUnit()
    {
        Recording seconds = HawkesProblem.Tied(4);
        Recording milliseconds = Recording.FromTrains(seconds.Trains.Select(train => SpikeTrain.FromSorted(
            Array.ConvertAll(train.Times.ToArray(), time => time * 1000),
            TimeIntervals.FromSorted([.. train.Observed.Select(interval => new TimeInterval(interval.Start * 1000, interval.End * 1000))]), train.Unit)));
        HawkesModel model = HawkesProblem.Trio;
        double[,,] branching = new double[3, 3, 2];
        for (int i = 0; i < branching.Length; i++) branching[i / 6, i / 2 % 3, i % 2] = model.Branching(i / 6, i / 2 % 3, i % 2);
        HawkesModel scaled = new(model.Units, [.. model.Baselines.Select(value => value / 1000)], [.. model.Decays.Select(value => value / 1000)], branching);
        StatisticalAssert.Close(model.LogLikelihood(seconds) - (seconds.SpikeCount * Math.Log(1000)), scaled.LogLikelihood(milliseconds), relative: 1e-12);
    }

    [Fact]
    public void Compensate_OneUnit_IsThatOfTheReference()
    {
        JsonElement problem = Reference.GetProperty("uv_residuals");
        HawkesModel model = new("a", problem.Number("mu"), problem.Number("alpha"), problem.Number("beta"));
        Compensator compensator = model.Compensate(HawkesProblem.Record(problem.Number("T"), problem.GetProperty("t").Doubles()), "a");
        StatisticalAssert.Close(problem.GetProperty("Lambda_at_events").Doubles(), compensator.Segments[0].AtEvents.Span, 1e-12);
        StatisticalAssert.Close(problem.Number("Lambda_T"), compensator.Segments[0].AtEnd, 1e-12);
        TimeRescalingResult result = TimeRescaling.Test(compensator);
        StatisticalAssert.Close(problem.GetProperty("residual_intervals").Doubles(), result.Rescaled.Intervals.Span, 1e-12);
        StatisticalAssert.Close(problem.Number("ks_exp"), result.KolmogorovSmirnov.Statistic, 1e-12);
    }

    [Fact]
    public void Intensity_OnAGrid_SumsToTheCompensatorAndIsThePairSumInTheLimit()
    {
        Recording recording = HawkesProblem.Tied(6);
        BinGrid grid = new(recording.Observed, 0.25);
        foreach (string unit in recording.Units.Ids)
        {
            double[] intensity = HawkesProblem.Trio.Intensity(recording, unit, grid);
            double expected = HawkesProblem.Trio.Compensate(recording, unit).Segments.Sum(segment => segment.AtEnd);
            StatisticalAssert.Close(expected, intensity.Sum() * 0.25, relative: 1e-13);
        }

        BinGrid fine = new(recording.Observed, 1.0 / 65536);
        double[] narrow = HawkesProblem.Trio.Intensity(recording, "b", fine);
        int bin = fine.BinOf(7.3) + 1;
        double time = fine.StartOf(bin) + (0.5 / 65536);
        StatisticalAssert.Close(0.8 + HawkesProblem.Excitation(HawkesProblem.Trio, recording, recording.Observed[0], 1, time), narrow[bin], relative: 1e-6);
    }

    [Fact]
    public void BranchingMatrix_RadiusAndRates_AreThoseOfTheReference()
    {
        JsonElement problem = Reference.GetProperty("branching");
        HawkesModel model = new(["a", "b"], problem.GetProperty("mu").Doubles(), 7, HawkesProblem.Matrix(problem.GetProperty("A")));
        StatisticalAssert.Close(problem.Number("spectral_radius"), model.SpectralRadius, 1e-14);
        StatisticalAssert.Close(problem.GetProperty("stationary_rate").Doubles(), model.MeanRates(), 1e-14);
        HawkesModel explosive = new("a", 1, 1.2, 3);
        Assert.Throws<InvalidOperationException>(() => explosive.MeanRates());
    }

    [Fact]
    public void RadiusAndRates_OfTheNetworksOfTheRateModels_AreThose()
    {
        JsonElement row = ReferenceFile.Read("rate-models").GetProperty("hawkes"), chain = row.GetProperty("feedforward_chain_gain1.5_mu4");
        HawkesModel model = new(["a", "b"], row.GetProperty("mu").Doubles(), 5, HawkesProblem.Matrix(row.GetProperty("G_ij (j->i expected children)")));
        StatisticalAssert.Close(row.Number("rho"), model.SpectralRadius, relative: 1e-14);
        StatisticalAssert.Close(row.GetProperty("rates").Doubles(), model.MeanRates(), relative: 1e-14);
        double[,] covariance = model.CountCovariance();
        StatisticalAssert.Close([.. HawkesProblem.Matrix(row.GetProperty("long_window_cov_rate")).Cast<double>()], [.. covariance.Cast<double>()], relative: 1e-13);
        StatisticalAssert.Close(row.GetProperty("fano").Doubles(), [covariance[0, 0] / model.MeanRates()[0], covariance[1, 1] / model.MeanRates()[1]], relative: 1e-13);
        Assert.Throws<InvalidOperationException>(() => new HawkesModel("a", 1, 1, 3).CountCovariance());
        double scale = row.Number("critical_scale");
        double[,] scaled = model.BranchingMatrix();
        for (int i = 0; i < 4; i++) scaled[i / 2, i % 2] *= scale;
        StatisticalAssert.Close(1, new HawkesModel(["a", "b"], [5, 2], 5, scaled).SpectralRadius, relative: 1e-14);

        // Sources of rate 4 μ without, with one and with two gains of 1.5 before them: 4, 6 and 9 Hz, though every gain exceeds 1.
        HawkesModel feedforward = new(["a", "b", "c"], [4, 0, 0], 5, new[,] { { 0, 0, 0 }, { 1.5, 0, 0 }, { 0, 1.5, 0 } });
        Assert.Equal(chain.Number("rho"), feedforward.SpectralRadius);
        StatisticalAssert.Close(chain.GetProperty("rates").Doubles(), feedforward.MeanRates(), relative: 1e-14);
    }

    [Fact]
    public void Create_NonsenseOfEveryKind_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new HawkesModel("a", -1, 0.5, 1));
        Assert.Throws<ArgumentException>(() => new HawkesModel("a", 1, -0.5, 1));
        Assert.Throws<ArgumentException>(() => new HawkesModel("a", 1, 0.5, -1));
        Assert.Throws<ArgumentException>(() => new HawkesModel(["a", "a"], [1, 1], 1, new double[2, 2]));
        Assert.Throws<ArgumentException>(() => new HawkesModel(["a", "b"], [1], 1, new double[2, 2]));
        Assert.Throws<ArgumentException>(() => new HawkesModel(["a", "b"], [1, 1], 1, new double[2, 1]));
        Assert.Throws<ArgumentException>(() => new HawkesModel(["a"], [1], [1, 1], new double[1, 1, 2]));
        Assert.Throws<ArgumentException>(() => new HawkesModel("a", 1, 0.5, 1) { InitialExcitation = new double[2, 1] });
        Recording recording = HawkesProblem.Record(1, [0.5]);
        Assert.Throws<UnknownUnitException>(() => new HawkesModel("x", 1, 0.5, 1).LogLikelihood(recording));
        Assert.Throws<UnknownUnitException>(() => new HawkesModel("a", 1, 0.5, 1).Compensate(recording, "b"));
        Recording apart = Recording.FromTrains([
            SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 1), "a"), SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 2), "b")]);
        Assert.Throws<InvalidRecordingException>(() => new HawkesModel(["a", "b"], [1, 1], 1, new double[2, 2]).LogLikelihood(apart));
    }

    private static double Recent(HawkesModel model, Recording recording, int target, double time) => HawkesProblem.Excitation(
        model, recording.Restrict(TimeIntervals.Of(Math.Max(0, time - 1), Math.BitIncrement(time))), new TimeInterval(Math.Max(0, time - 1), Math.BitIncrement(time)), target, time);

    // One excitation per source and event by the textbook recursion, without reference times or parts.
    private static double SumOfLogs(HawkesModel model, Recording recording, int target)
    {
        double decay = model.Decays[0], sum = 0;
        double[] state = new double[model.Units.Count], last = new double[model.Units.Count];
        int[] next = new int[model.Units.Count];
        foreach (double time in recording[model.Units[target]].Times)
        {
            double intensity = model.Baselines[target];
            for (int j = 0; j < state.Length; j++)
            {
                ReadOnlySpan<double> source = recording[model.Units[j]].Times;
                for (; next[j] < source.Length && source[next[j]] < time; next[j]++)
                {
                    state[j] = (state[j] * Math.Exp(-decay * (source[next[j]] - last[j]))) + 1;
                    last[j] = source[next[j]];
                }

                intensity += model.Branching(target, j, 0) * decay * state[j] * Math.Exp(-decay * (time - last[j]));
            }

            sum += Math.Log(intensity);
        }

        return sum;
    }
}
