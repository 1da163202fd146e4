using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.HypothesisTests;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Populations;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Glm;

public sealed class SmoothTermTests
{
    private const int Bins = 3000;
    private static readonly double[] x = Walk(1), y = Walk(2);
    private static readonly int[] counts = PlaceCounts();
    private static readonly Recording recording = Regression.Recording(counts, [x, y]);
    private static readonly ValueBasis spline = ValueBasis.BSpline(6, 0, 1), coarse = ValueBasis.BSpline(5, 0, 1, order: 3);

    public static TheoryData<string, SmoothTerm> Terms => new()
    {
        { "spline", new SmoothTerm("x0", spline) },
        { "smooth spline", new SmoothTerm("x0", spline) { Penalty = new Penalty { Smoothness = 3 } } },
        { "circle", new SmoothTerm("x0", ValueBasis.CyclicBSpline(6, 0, 1)) { Penalty = new Penalty { Smoothness = 2 } } },
        { "fourier", new SmoothTerm("x0", new ValueBasis(new FourierBasis(5, 1), 0, 1)) },
        { "ridge keeps all", new SmoothTerm("x0", spline) { Penalty = new Penalty { Ridge = 2 } } },
        { "place", new SmoothTerm(["x0", "x1"], [coarse, spline]) { Penalty = new Penalty { Smoothness = 0.5 } } },
        { "place, one strength per axis", new SmoothTerm(["x0", "x1"], [coarse, spline]) { Penalty = new Penalty { MarginSmoothness = [0.1, 30] } } },
        { "place, autoregressive", new SmoothTerm(["x0", "x1"], [coarse, spline]) { Penalty = new Penalty { Autoregressive = 2, AutoregressiveCorrelation = 0.6 } } },
    };

    // The second route has all functions as columns, penalties from Kronecker products, and takes the constant out by a pseudo-inverse.
    [Theory]
    [MemberData(nameof(Terms))]
    public void Fit_SmoothEffect_IsTheDenseRegressionWithAPseudoInverse(string name, SmoothTerm term)
    {
        GlmFit fit = new GlmSpecification { Target = "y", BinWidth = 1, Terms = [term] }.Fit(recording);
        Assert.True(fit.Certificate.IsConverged, $"{name}: {fit.Certificate.Message}");
        double[][] signals = [.. term.Signals.Select(signal => signal == "x0" ? x : y)];
        Matrix<double> functions = Functions(term.Basis, signals);
        DenseRegression dense = DenseRegression.Fit(counts, functions, PenaltyOf(term));
        StatisticalAssert.Close(dense.LogLikelihood, fit.LogLikelihood, relative: 1e-9);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), relative: 1e-12);

        double[] grid = [0, 0.21, 0.5, 0.83, 1];
        GlmEffect effect = fit.Effect(term.Name, [.. signals.Select(_ => grid)]);
        Vector<double> mean = functions.ColumnSums() / Bins;
        double[][] points = signals.Length == 1 ? [.. grid.Select(own => (double[])[own])] : [.. grid.SelectMany(own => grid.Select(other => (double[])[own, other]))];
        double[] row = new double[term.Basis.FunctionCount];
        for (int point = 0; point < points.Length; point++)
        {
            term.Basis.Evaluate(points[point], row);
            Vector<double> centred = Vector<double>.Build.DenseOfArray([0, .. row.Zip(mean, (value, average) => value - average)]);
            StatisticalAssert.Close(centred * dense.Coefficients, effect.Values[point], absolute: 2e-6);
            StatisticalAssert.Close(Math.Sqrt(centred * dense.Covariance * centred), effect.StandardErrors[point], relative: 1e-5);
        }
    }

    [Fact]
    public void Fit_NonlinearStimulus_IsTheDenseRegressionOnItsProducts()
    {
        NonlinearStimulusTerm term = new("x0", new LagBasis(3), coarse);
        GlmFit fit = new GlmSpecification { Target = "y", BinWidth = 1, Terms = [term] }.Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.Equal(1 + (3 * 4), fit.Coefficients.Count);
        Matrix<double> now = Functions(new TensorProductBasis(coarse), [x]);
        Matrix<double> features = now.SubMatrix(2, Bins - 2, 0, 5).Append(now.SubMatrix(1, Bins - 2, 0, 5)).Append(now.SubMatrix(0, Bins - 2, 0, 5));
        DenseRegression dense = DenseRegression.Fit(counts[2..], features);
        StatisticalAssert.Close(dense.LogLikelihood, fit.LogLikelihood, relative: 1e-9);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), relative: 1e-12);
        GlmEffect effect = fit.Effect(term.Name, [[0.1, 0.6]]);
        Assert.Equal(["lag", "x0"], effect.Axes);
        Assert.Equal([0, 1, 2], effect.Grids[0]);
        double[] row = new double[5];
        Vector<double> mean = now.ColumnSums() / Bins;
        for (int point = 0; point < 6; point++)
        {
            coarse.Evaluate(point % 2 == 0 ? 0.1 : 0.6, row);
            Vector<double> centred = Vector<double>.Build.Dense(16);
            for (int k = 0; k < 5; k++) centred[1 + (5 * (point / 2)) + k] = row[k] - mean[k];
            StatisticalAssert.Close(centred * dense.Coefficients, effect.Values[point], absolute: 2e-6);
            StatisticalAssert.Close(Math.Sqrt(centred * dense.Covariance * centred), effect.StandardErrors[point], relative: 1e-5);
        }
    }

    // The truth is itself a combination of the functions; 25 points, four standard errors: a false alarm in 630 seeds at most.
    [Fact]
    public void Effect_OfASimulatedPlaceField_CoversTheTruth()
    {
        TensorProductBasis basis = new(coarse, coarse);
        double[] truth = [.. Enumerable.Range(0, 25).Select(k => 1.5 * Math.Cos((k / 5) - 2) * Math.Cos(0.7 * ((k % 5) - 2)))];
        GlmModel model = new() { Unit = "y", BinWidth = 1, Baseline = -1.5, SmoothEffects = [new SmoothEffect(["x0", "x1"], basis, truth)] };
        Recording drawn = model.Simulate(recording, seed: 3);
        GlmFit fit = new GlmSpecification { Target = "y", BinWidth = 1, Terms = [new SmoothTerm(["x0", "x1"], [coarse, coarse])] }.Fit(drawn);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        double[] grid = [0.1, 0.3, 0.5, 0.7, 0.9];
        GlmEffect effect = fit.Effect("x0:x1", grid, grid);
        Matrix<double> functions = Functions(basis, [x, y]);
        double centre = (functions * Vector<double>.Build.DenseOfArray(truth)).Average();
        double[] row = new double[25];
        for (int point = 0; point < 25; point++)
        {
            basis.Evaluate([grid[point / 5], grid[point % 5]], row);
            double expected = row.Zip(truth, (a, b) => a * b).Sum() - centre;
            Assert.True(Math.Abs(effect.Values[point] - expected) < 4 * effect.StandardErrors[point]);
        }

        Assert.Equal((25, "x0", 6), (effect.ToDataTable().Rows.Count, effect.ToDataTable().Columns[0].ColumnName, effect.ToDataTable().Columns.Count));
        Assert.Equal(2, effect.Plot().Panels.Count);
        Assert.Contains("<svg", effect.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("<svg", new GlmSpecification { Target = "y", BinWidth = 1, Terms = [new SmoothTerm("x0", spline)] }.Fit(recording).Effect("x0", grid).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_RegionWithoutSpikes_IsCertainlySilentThere()
    {
        int[] silent = [.. counts.Select((count, bin) => x[bin] > 0.55 ? 0 : count)];
        GlmFit fit = new GlmSpecification { Target = "y", BinWidth = 1, Terms = [new SmoothTerm("x0", ValueBasis.BSpline(6, 0, 1, order: 1))] }.Fit(Regression.Recording(silent, [x]));
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("x0[4]", fit.Certificate.Message, StringComparison.Ordinal);
        GlmEffect effect = fit.Effect("x0", [[0.1, 0.9]]);
        Assert.True(double.IsFinite(effect.Values[0]));
        Assert.Equal((double.NegativeInfinity, double.NaN), (effect.Values[1], effect.StandardErrors[1]));

        // Piecewise constant functions: the rate of each cell is its mean count.
        double[] intensity = fit.Model.Intensity(Regression.Recording(silent, [x]), "y", new BinGrid(TimeIntervals.Of(0, Bins), 1));
        for (int cell = 0; cell < 3; cell++)
        {
            int[] own = [.. Enumerable.Range(0, Bins).Where(bin => (int)(6 * x[bin]) == cell)];
            StatisticalAssert.Close(own.Average(bin => silent[bin]), intensity[own[0]], relative: 1e-9);
        }

        Assert.Equal(0, intensity[Array.FindIndex(x, value => value > 0.9)]);
    }

    // Both units share the columns, and so the function that is left out, of the first; that changes no likelihood.
    [Fact]
    public void Fit_PopulationWithASmoothTerm_IsTheSingleFits()
    {
        Recording other = Regression.Recording([.. counts.Select((count, bin) => y[bin] > 0.5 ? count : 1 - Math.Min(count, 1))], []);
        SpikeTrain Train(Recording source, string unit) => SpikeTrain.FromSorted(source["y"].Times.ToArray(), source.Observed, unit);
        Recording pair = Recording.FromTrains([Train(recording, "a"), Train(other, "b")], signals: recording.Signals);
        GlmPopulationSpecification population = new() { BinWidth = 1, Basis = new LagBasis(2), SignalTerms = [new SmoothTerm("x0", spline) { Penalty = new Penalty { Smoothness = 1 } }] };
        GlmPopulationFit fits = population.Fit(pair);
        foreach (string unit in (string[])["a", "b"])
            StatisticalAssert.Close(population.For(unit, ["a", "b"]).Fit(pair).LogLikelihood, fits.Fits.Single(fit => fit.Specification.Target == unit).LogLikelihood, relative: 1e-10);
    }

    // Samples at 350° and 10° have 0° between them, not 180°.
    [Fact]
    public void Fit_CircularSignal_IsInterpolatedAlongTheShorterArc()
    {
        SampledSignal angle = SampledSignal.Irregular("angle", new[] { 0.5, 1.5, 3.5 }, new[] { 330.0, 350, 10 });
        double[] values = SignalValues.InBins(angle, ValueBasis.CyclicBSpline(4, 0, 360), new BinGrid(TimeIntervals.Of(0, 4), 1));
        Assert.Equal([330, 350, 360, 370], values);
    }

    [Fact]
    public void LikelihoodRatio_OfSmoothTerms_IsNestedWhateverIsLeftOut()
    {
        SmoothTerm first = new("x0", spline), second = new("x1", spline);
        GlmFit small = new GlmSpecification { Target = "y", BinWidth = 1, Terms = [first] }.Fit(recording);
        GlmFit large = new GlmSpecification { Target = "y", BinWidth = 1, Terms = [first, second] }.Fit(recording);
        LikelihoodRatioTest test = LikelihoodRatioTest.Of(small, large);
        Assert.Equal(5, test.DegreesOfFreedom);
        Assert.True(test.PValue < 1e-10);
    }

    // The field over x and y contains the effect of x alone: four of its columns add nothing, and are named.
    [Fact]
    public void Fit_TermInsideAnother_LeavesTheRepeatedColumnsOut()
    {
        GlmSpecification specification = new() { Target = "y", BinWidth = 1, Terms = [new SmoothTerm("x0", coarse), new SmoothTerm(["x0", "x1"], [coarse, coarse])] };
        GlmFit fit = specification.Fit(recording), field = (specification with { Terms = [specification.Terms[1]] }).Fit(recording);
        Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
        Assert.Equal(25, fit.Certificate.Rank);
        Assert.Contains("x0:x1[", fit.Certificate.Message, StringComparison.Ordinal);
        StatisticalAssert.Close(field.LogLikelihood, fit.LogLikelihood, relative: 1e-10);
    }

    [Fact]
    public void BadRequests_SayWhatIsWrong()
    {
        GlmFit Fit(GlmTerm term, Recording? of = null) => new GlmSpecification { Target = "y", BinWidth = 1, Terms = [term] }.Fit(of ?? recording);
        string outside = Assert.Throws<InvalidRecordingException>(() => Fit(new SmoothTerm("x0", ValueBasis.BSpline(6, 0, 0.5)))).Message;
        Assert.Contains("outside the range from 0 to 0.5", outside, StringComparison.Ordinal);
        Assert.Contains("widen the range", outside, StringComparison.Ordinal);
        double[] missing = [.. x];
        missing[17] = double.NaN;
        Recording gappy = Regression.Recording(counts, [missing]);
        foreach (GlmTerm term in (GlmTerm[])[new SmoothTerm("x0", spline), new CovariateTerm("x0", 1), new StimulusTerm("x0", new LagBasis(2)), new NonlinearStimulusTerm("x0", new LagBasis(2), spline)])
            Assert.Contains("NaN in the bin at 17 s", Assert.Throws<InvalidRecordingException>(() => Fit(term, gappy)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SmoothTerm(["x0", "x1"], [spline]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ValueBasis.BSpline(6, 1, 1));
        Assert.Throws<ArgumentException>(() => Fit(new SmoothTerm("x0", spline) { Penalty = new Penalty { MarginSmoothness = [1, 2] } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Penalty { MarginSmoothness = [-1] });
        GlmFit fit = Fit(new SmoothTerm("x0", spline));
        Assert.Throws<ArgumentException>(() => fit.Effect("x0", [0.1], [0.2]));
        Assert.Throws<ArgumentException>(() => fit.Effect("x0", [[]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => fit.Effect("x0", [[2.0]]));
        Assert.Throws<ArgumentException>(() => fit.Effect("baseline", [[0.5]]));
    }

    private static Matrix<double> Functions(TensorProductBasis basis, double[][] signals)
    {
        Matrix<double> functions = Matrix<double>.Build.Dense(Bins, basis.FunctionCount);
        double[][] margins = [.. basis.Margins.Select(margin => new double[margin.FunctionCount])];
        for (int bin = 0; bin < Bins; bin++)
        {
            for (int m = 0; m < margins.Length; m++) basis.Margins[m].Evaluate(signals[m][bin], margins[m]);
            for (int k = 0; k < basis.FunctionCount; k++)
                functions[bin, k] = margins.Length == 1 ? margins[0][k] : margins[0][k / margins[1].Length] * margins[1][k % margins[1].Length];
        }

        return functions;
    }

    // From difference operators and Kronecker products of MathNet.
    private static Matrix<double> PenaltyOf(SmoothTerm term)
    {
        Matrix<double>[] eyes = [.. term.Basis.Margins.Select(margin => Matrix<double>.Build.DenseIdentity(margin.FunctionCount))];
        Matrix<double> total = Matrix<double>.Build.DenseIdentity(term.Basis.FunctionCount) * term.Penalty.Ridge, prior = Matrix<double>.Build.Dense(1, 1, term.Penalty.Autoregressive);
        for (int m = 0; m < eyes.Length; m++)
        {
            int n = eyes[m].RowCount, rows = term.Basis.Margins[m].Functions is CyclicBSplineBasis ? n : n - 2;
            Matrix<double> difference = Matrix<double>.Build.Dense(rows, n);
            for (int row = 0; row < rows; row++) (difference[row, row], difference[row, (row + 1) % n], difference[row, (row + 2) % n]) = (1, -2, 1);
            double strength = term.Penalty.Smoothness + (term.Penalty.MarginSmoothness.Count > 0 ? term.Penalty.MarginSmoothness[m] : 0);
            Matrix<double> own = difference.Transpose() * difference * strength;
            total += eyes.Length == 1 ? own : m == 0 ? own.KroneckerProduct(eyes[1]) : eyes[0].KroneckerProduct(own);
            Matrix<double> covariance = Matrix<double>.Build.Dense(n, n, (i, j) => Math.Pow(term.Penalty.AutoregressiveCorrelation, Math.Abs(i - j)));
            prior = prior.KroneckerProduct(covariance.Inverse());
        }

        return total + prior;
    }

    private static double[] Walk(ulong seed)
    {
        RandomStream stream = new(seed);
        double place = 0.5;
        return [.. Enumerable.Range(0, Bins).Select(_ =>
        {
            place += 0.1 * stream.NextGaussian();
            if (place < 0) place = -place;
            if (place > 1) place = 2 - place;
            return Math.Clamp(place, 0, 1);
        })];
    }

    private static int[] PlaceCounts()
    {
        RandomStream stream = new(77);
        return [.. x.Zip(y, (a, b) => stream.NextPoisson(1.5 * Math.Exp(-(8 * (a - 0.4) * (a - 0.4)) - (4 * (b - 0.6) * (b - 0.6)))))];
    }
}
