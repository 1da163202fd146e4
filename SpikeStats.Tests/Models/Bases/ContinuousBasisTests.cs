using MathNet.Numerics.Integration;
using SpikeStats.Models.Bases;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Bases;

public sealed class ContinuousBasisTests
{
    public static TheoryData<string> Spellings =>
    [
        "windows:0ms,1ms,2ms,5ms,20ms", "windows:2ms,3ms,11ms", "bspline:n=7,window=40ms", "bspline:n=5,window=40ms,order=1", "bspline:n=6,window=30ms,order=2",
        "mspline:n=7,window=40ms,order=3", "cyclic-bspline:n=6,window=50ms", "raised-cosine:n=5,window=50ms", "raised-cosine:n=6,window=50ms,width=1.5",
        "raised-cosine-log:n=6,window=100ms", "raised-cosine-log:n=2,window=100ms,scaling=2000,decay=false", "pillow:n=5,first=0ms,last=40ms,offset=2ms",
        "pillow:n=5,first=3ms,last=40ms,offset=5ms,refractory=2ms", "fourier:n=7,window=100ms",
    ];

    // Adaptive Gauss-Kronrod between points where nothing has a kink: the other route to every integral.
    [Theory]
    [MemberData(nameof(Spellings))]
    public void IntegrateTo_AnyLag_IsTheAdaptiveQuadrature(string spelling)
    {
        ContinuousBasis basis = Parse(spelling);
        double[] values = new double[basis.ColumnCount], integrals = new double[basis.ColumnCount];
        double[] breakpoints = basis.Breakpoints();
        foreach (double share in (double[])[0.013, 0.2, 0.4999, 0.77, 0.993, 1])
        {
            double to = share * basis.Support;
            basis.IntegrateTo(to, integrals);
            for (int b = 0; b < values.Length; b++)
            {
                int function = b;
                double At(double lag)
                {
                    basis.EvaluateAt(lag, values);
                    return values[function];
                }

                double expected = 0;
                for (int i = 1; i < breakpoints.Length && breakpoints[i - 1] < to; i++)
                    expected += GaussKronrodRule.Integrate(At, breakpoints[i - 1], Math.Min(breakpoints[i], to), out _, out _, 1e-14, 20, 31);
                // A lag just before the edge of a window belongs to the next one, by design; the quadrature has no node there.
                StatisticalAssert.Close(expected, integrals[b], 1e-13 * basis.Support);
            }
        }
    }

    [Fact]
    public void Integrals_WithClosedForms_AreThese()
    {
        StatisticalAssert.Close([0.001, 0.003, 0.015], new WindowBasis(1.ms, 2.ms, 5.ms, 20.ms).Integrals(), 1e-17);
        // ∫ B_i = (k_(i+m) - k_i) / m; the knots of five cubic splines are 0 and 1, four times each, and 1/2.
        StatisticalAssert.Close([0.1, 0.2, 0.2, 0.2, 0.1], new BSplineBasis(5, 0.8).Integrals(), 1e-15);
        StatisticalAssert.Close([2, 2, 2, 2, 2, 2], new MSplineBasis(6, 2).Integrals(), 1e-14);
        StatisticalAssert.Close([0.25, 0.25, 0.25, 0.25], new CyclicBSplineBasis(4, 1).Integrals(), 1e-15);
        // Half of a bump of half width 2/4 at either end, three quarters or all of one within.
        double[] cosines = new RaisedCosineBasis(5, 1).Integrals();
        StatisticalAssert.Close([0.25, 0.5, 0.25], [cosines[0], cosines[2], cosines[4]], 1e-15);
        StatisticalAssert.Close([1, 0, 0], new FourierBasis(3, 1).Integrals(), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Panels_BoundTheFunctionsOnThem(string spelling)
    {
        ContinuousBasis basis = Parse(spelling);
        double[] values = new double[basis.ColumnCount];
        for (int panel = 0; panel < basis.Panels.Count; panel++)
        {
            for (int i = 0; i < 50; i++)
            {
                basis.EvaluateAt(basis.Panels.Edge(panel) + ((i + 0.5) / 50 * (basis.Panels.Edge(panel + 1) - basis.Panels.Edge(panel))), values);
                for (int b = 0; b < values.Length; b++) Assert.True(Math.Abs(values[b]) <= basis.Panels.Bound(panel, b), $"function {b} on panel {panel}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void EvaluateAt_OutsideTheSupport_IsZeroAndWithinNotNegativeIfSaid(string spelling)
    {
        ContinuousBasis basis = Parse(spelling);
        double[] values = new double[basis.ColumnCount];
        foreach (double lag in (double[])[-1e-9, basis.Support, 2 * basis.Support])
        {
            Array.Fill(values, double.NaN);
            basis.EvaluateAt(lag, values);
            Assert.All(values, value => Assert.Equal(0, value));
        }

        double least = 0;
        for (int i = 0; i < 1000; i++)
        {
            basis.EvaluateAt(i * basis.Support / 1000, values);
            least = Math.Min(least, values.Min());
        }

        Assert.Equal(basis.IsNonNegative, least == 0);
    }

    // On bins the window is sampled from its start to its end; continuous lags are stretched over the same window.
    [Theory]
    [MemberData(nameof(Spellings))]
    public void EvaluateAt_LagsOfTheBins_IsTheSampledBasis(string spelling)
    {
        ContinuousBasis basis = Parse(spelling);
        LagMatrix sampled = basis.Sample(0.5.ms, 1);
        double[] values = new double[basis.ColumnCount];
        for (int row = 0; row < sampled.RowCount; row++)
        {
            double lag = basis is UnitIntervalBasis ? row / (sampled.RowCount - 1.0) * basis.Support : (row + 1) * 0.5.ms;
            if (lag >= basis.Support) continue;
            basis.EvaluateAt(lag, values);
            StatisticalAssert.Close(sampled.Row(row), values, 1e-12);
        }
    }

    // Spikes on a clock of 0.1 ms, hours after the start: a lag of exactly 2 ms is in the window that begins there, however its difference was rounded.
    [Fact]
    public void EvaluateAt_LagOnAnEdge_IsInTheWindowThatBeginsThere()
    {
        WindowBasis basis = new(1.ms, 2.ms, 3.ms);
        double[] values = new double[2];
        for (int tick = 100_000_000; tick < 100_001_000; tick++)
        {
            basis.EvaluateAt(((tick + 20) * 1e-4) - (tick * 1e-4), values);
            Assert.Equal([0, 1], values);
            basis.EvaluateAt(((tick + 30) * 1e-4) - (tick * 1e-4), values);
            Assert.Equal([0, 0], values);
        }
    }

    [Fact]
    public void EvaluateAt_SpanOfAnotherLength_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new WindowBasis(0, 1).EvaluateAt(0.5, new double[2]));
        Assert.Throws<ArgumentException>(() => new WindowBasis(0, 1).IntegrateTo(0.5, new double[2]));
    }

    private static ContinuousBasis Parse(string spelling) => (ContinuousBasis)BasisSyntax.Parse(spelling);
}
