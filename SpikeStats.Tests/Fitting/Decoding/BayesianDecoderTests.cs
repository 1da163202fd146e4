using System.Text.Json;
using SpikeStats.Fitting.Decoding;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Decoding;

public sealed class BayesianDecoderTests
{
    [Fact]
    public void Posterior_OneWindow_MatchesReference()
    {
        JsonElement reference = ReferenceFile.Read("decoding").At("bayes_decode");
        BayesianDecoder decoder = new() { Curves = ThreeCells(reference.At("x").Doubles(), reference.At("centers").Doubles()), Window = reference.Number("dt") };
        int[] counts = reference.At("counts").Integers();
        StatisticalAssert.Close(reference.At("posterior").Doubles(), decoder.Posterior(counts), 1e-9);

        // The same through a recording: the spikes of each unit anywhere in the window.
        PositionPosterior posterior = decoder.Decode(Recording.FromTrains(counts.Select((count, unit) => SpikeTrain.FromSorted(
            Enumerable.Range(0, count).Select(spike => 0.01 + (0.05 * spike)).ToArray(), TimeIntervals.Of(0, 0.25), $"u{unit}"))));
        Assert.Equal(1, posterior.WindowCount);
        StatisticalAssert.Close(reference.At("posterior").Doubles(), posterior.Probabilities(0), 1e-9);
        Assert.Equal(0.5, posterior.Mode(0));
        Assert.Equal([1, 2], posterior.CredibleSet(0));
        Assert.Equal([2], posterior.CredibleSet(0, 0.5));
    }

    [Fact]
    public void Decode_WithDiffusion_EqualsTheSumOverAllPaths()
    {
        TuningCurves curves = ThreeCells([0, 0.4, 0.7, 1.0], [0.1, 0.5, 0.8]);
        double[] prior = [0.1, 0.4, 0, 0.5];
        BayesianDecoder decoder = new() { Curves = curves, Window = 0.25, Prior = prior, Diffusion = 0.8 };
        Recording recording = Poisson(curves.Units, TimeIntervals.FromSorted(new TimeInterval(0, 1), new TimeInterval(2, 2.75)), rate: 8, seed: 1);
        PositionPosterior posterior = decoder.Decode(recording), causal = (decoder with { IsCausal = true }).Decode(recording);
        double evidence = 0;
        foreach (BinSegment segment in posterior.Grid.Segments)
        {
            evidence += Math.Log(Enumerate(decoder, recording, segment, segment.BinCount, out double[] all));
            for (int window = 0; window < segment.BinCount; window++)
            {
                StatisticalAssert.Close(all.AsSpan(window * 4, 4), posterior.Probabilities(segment.FirstBin + window), 1e-12);
                _ = Enumerate(decoder, recording, segment, window + 1, out double[] past);
                StatisticalAssert.Close(past.AsSpan(window * 4, 4), causal.Probabilities(segment.FirstBin + window), 1e-12);
            }
        }

        StatisticalAssert.Close(evidence, posterior.LogEvidence, relative: 1e-12);
    }

    // 5000 spikes of a unit where 0.001 are expected: the likelihoods differ by thousands of nats, and a ratio of plain probabilities is 0/0.
    [Fact]
    public void Decode_VeryUnlikelySpikes_StaysFinite()
    {
        double[,] rates = new double[2, 3] { { 0.001, 5000, 5000 }, { 5000, 0.001, 5000 } };
        TuningCurves curves = new(["a", "b"], [0, 1, 2], rates);
        TimeIntervals observed = TimeIntervals.Of(0, 2);
        double[] dense = [.. Enumerable.Range(0, 5000).Select(i => i / 5000.0)];
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(dense, observed, "a"), SpikeTrain.FromSorted(dense.Select(t => t + 1).ToArray(), observed, "b")]);
        PositionPosterior posterior = new BayesianDecoder { Curves = curves, Window = 1, Diffusion = 0.01 }.Decode(recording);
        Assert.True(double.IsFinite(posterior.LogEvidence));
        for (int window = 0; window < 2; window++) StatisticalAssert.Close(1, posterior.Probabilities(window).ToArray().Sum(), 1e-9);
    }

    // The model is true: the 95 % sets hold the true cell in at least 95 % of windows (they are a little larger, because cells are whole).
    // 2000 independent windows, standard error 0.005; false-alarm rate below 3.2e-5.
    [Fact]
    public void CredibleSet_TruePositionDrawnFromThePrior_CoversAsOftenAsItSays()
    {
        double[] positions = [.. Enumerable.Range(0, 40).Select(i => i / 39.0)];
        TuningCurves curves = ThreeCells(positions, [0.1, 0.5, 0.8]);
        BayesianDecoder decoder = new() { Curves = curves };
        RandomStream stream = new(4);
        double covered = 0, held = 0;
        for (int trial = 0; trial < 2000; trial++)
        {
            int truth = (int)(stream.NextDouble() * positions.Length);
            double[] posterior = decoder.Posterior([.. Enumerable.Range(0, 3).Select(unit => stream.NextPoisson(curves.RatesOf(unit)[truth] * decoder.Window))]);
            PositionPosterior window = new(new BinGrid(TimeIntervals.Of(0, 0.25), 0.25), positions, posterior, 0);
            int[] set = window.CredibleSet(0);
            held += set.Sum(cell => posterior[cell]) / 2000;
            if (set.Contains(truth)) covered++;
        }

        // What the sets hold on average is what they must cover.
        StatisticalAssert.WithinStandardErrors(covered / 2000, held, Math.Sqrt(held * (1 - held) / 2000));
    }

    [Fact]
    public void HeldOut_RandomWalkOnATrack_DecodesItAndDiffusionHelps()
    {
        Recording recording = Track(units: 30, duration: 300, seed: 9);
        TuningCurveOptions options = new() { Lowest = 0, Highest = 1, PositionCount = 25, Smoothing = 0.04 };
        PositionDecodingScore alone = PositionDecodingScore.HeldOut(recording, "position", options);
        PositionDecodingScore walking = PositionDecodingScore.HeldOut(recording, "position", options, curves => new BayesianDecoder { Curves = curves, Diffusion = 0.2 });
        Assert.Equal(1200, alone.WindowCount);
        Assert.True(alone.MedianError < 0.05, $"median error {alone.MedianError}");
        Assert.True(walking.MedianError < alone.MedianError);
        Assert.True(walking.MeanLogPosterior > alone.MeanLogPosterior);
        Assert.True(alone.MeanLogPosterior > -Math.Log(25));

        // A position that the spikes know nothing about is not decoded: the held-out score is below that of the prior.
        RandomStream stream = new(77);
        Recording unrelated = recording.WithSignals(Walk(300, stream));
        PositionDecodingScore nothing = PositionDecodingScore.HeldOut(unrelated, "position", options);
        Assert.True(nothing.MedianError > 0.15, $"median error {nothing.MedianError}");
        Assert.True(nothing.MeanLogPosterior < -Math.Log(25));
    }

    [Fact]
    public void Decode_BadInput_IsNamed()
    {
        TuningCurves curves = ThreeCells([0, 0.5, 1], [0.1, 0.5, 0.8]);
        BayesianDecoder decoder = new() { Curves = curves };
        Recording lacking = Poisson(["u0", "u1"], TimeIntervals.Of(0, 1), 5, 1);
        Assert.Throws<UnknownUnitException>(() => decoder.Decode(lacking));
        Assert.Throws<ArgumentException>(() => (decoder with { Prior = [1, 1] }).Posterior([0, 0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => (decoder with { Window = 0 }).Posterior([0, 0, 0]));
        Assert.Throws<ArgumentException>(() => decoder.Posterior([0, 0]));
        Assert.Throws<ArgumentException>(() => new TuningCurves(["a"], [0, 1], new double[1, 2]));
        Assert.Throws<ArgumentException>(() => new TuningCurves(["a"], [1, 0], new double[1, 2] { { 1, 1 } }));
    }

    internal static Recording Poisson(IReadOnlyList<string> units, TimeIntervals observed, double rate, ulong seed) => Recording.FromTrains(
        units.Select((unit, index) => new SpikeStats.Models.PointProcesses.PoissonProcess(unit, rate).Simulate(
            Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed, unit)]), seed + (ulong)index)[0]));

    internal static SampledSignal Walk(double duration, RandomStream stream)
    {
        // Reflected at 0 and 1; 0.2 per √s.
        double[] position = new double[(int)(duration * 100)];
        double x = 0.5;
        for (int i = 0; i < position.Length; i++)
        {
            x += 0.02 * stream.NextGaussian();
            x = x < 0 ? -x : x > 1 ? 2 - x : x;
            position[i] = x;
        }

        return SampledSignal.Regular("position", position, 0, 100);
    }

    private static Recording Track(int units, double duration, ulong seed)
    {
        SampledSignal walk = Walk(duration, new RandomStream(seed, 1000));
        TimeIntervals observed = TimeIntervals.Of(0, duration);
        return Recording.FromTrains(
            Enumerable.Range(0, units).Select(unit =>
            {
                RandomStream stream = new(seed, (uint)unit);
                List<double> times = [];
                for (int i = 0; i < walk.Count; i++)
                {
                    double distance = (walk.Values[i] - ((unit + 0.5) / units)) / 0.08;
                    int count = stream.NextPoisson(0.01 * (0.5 + (15 * Math.Exp(-0.5 * distance * distance))));
                    for (int spike = 0; spike < count; spike++) times.Add((i + ((spike + 0.5) / count)) / 100);
                }

                return SpikeTrain.FromSorted(times.ToArray(), observed, $"u{unit}");
            }),
            signals: [walk]);
    }

    private static TuningCurves ThreeCells(double[] positions, double[] centres)
    {
        double[,] rates = new double[centres.Length, positions.Length];
        for (int unit = 0; unit < centres.Length; unit++)
        {
            for (int cell = 0; cell < positions.Length; cell++) rates[unit, cell] = 1 + (15 * Math.Exp(-Math.Pow(positions[cell] - centres[unit], 2) / (2 * 0.15 * 0.15)));
        }

        return new TuningCurves([.. centres.Select((_, unit) => $"u{unit}")], positions, rates);
    }

    // Marginals of the windows of a segment, by enumeration of all 4^n paths; returns the probability of the counts.
    private static double Enumerate(BayesianDecoder decoder, Recording recording, BinSegment segment, int windows, out double[] marginals)
    {
        TuningCurves curves = decoder.Curves;
        int positions = curves.PositionCount;
        SpikeCounts counts = SpikeCounts.FromRecording(recording, new BinGrid(recording.Observed, decoder.Window));
        int[][] spikes = [.. Enumerable.Range(0, curves.Units.Count).Select(counts.CountsOf)];
        double scale = decoder.Diffusion!.Value * decoder.Diffusion.Value * decoder.Window, total = 0;
        double Step(int from, int to) => decoder.Prior![to] == 0 ? 0 : Math.Exp(-0.5 * Math.Pow(curves.Positions[to] - curves.Positions[from], 2) / scale);
        double Emission(int window, int cell) => Enumerable.Range(0, spikes.Length).Aggregate(1.0, (product, unit) =>
        {
            double mean = curves.RatesOf(unit)[cell] * decoder.Window;
            int count = spikes[unit][segment.FirstBin + window];
            return product * Math.Exp(-mean) * Math.Pow(mean, count) / Enumerable.Range(1, count).Aggregate(1.0, (factorial, k) => factorial * k);
        });
        marginals = new double[windows * positions];
        for (int code = 0; code < Math.Pow(positions, windows); code++)
        {
            int[] path = [.. Enumerable.Range(0, windows).Select(window => code / (int)Math.Pow(positions, window) % positions)];
            double probability = decoder.Prior![path[0]];
            for (int window = 0; window < windows; window++)
            {
                probability *= Emission(window, path[window]);
                if (window > 0) probability *= Step(path[window - 1], path[window]) / Enumerable.Range(0, positions).Sum(to => Step(path[window - 1], to));
            }

            total += probability;
            for (int window = 0; window < windows; window++) marginals[(window * positions) + path[window]] += probability;
        }

        for (int i = 0; i < marginals.Length; i++) marginals[i] /= total;
        return total;
    }
}
