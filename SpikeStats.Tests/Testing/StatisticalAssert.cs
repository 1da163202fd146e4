using System.Globalization;

namespace SpikeStats.Tests.Testing;

/// <summary>Assertions with a stated tolerance or a stated false-alarm rate.</summary>
internal static class StatisticalAssert
{
    /// <summary>
    /// Asserts that an estimate lies within k standard errors of its expectation. For a normal estimate the false-alarm rate is
    /// 6.3e-5 at k = 4; with a fixed seed the test always gives the same answer, and the rate says how much luck the seed needed.
    /// </summary>
    public static void WithinStandardErrors(double estimate, double expected, double standardError, double k = 4)
    {
        Assert.True(standardError > 0 && double.IsFinite(standardError), "The standard error must be positive.");
        double deviation = Math.Abs(estimate - expected) / standardError;
        Assert.True(deviation <= k, string.Create(CultureInfo.InvariantCulture, $"{estimate} is {deviation:F2} standard errors ({standardError}) from {expected}; {k} allowed."));
    }

    /// <summary>Asserts |actual - expected| ≤ absolute + relative·|expected|; equal infinities are close.</summary>
    public static void Close(double expected, double actual, double absolute = 0, double relative = 0)
    {
        double tolerance = absolute + (relative * Math.Abs(expected));
        Assert.True(
            actual == expected || Math.Abs(actual - expected) <= tolerance,
            string.Create(CultureInfo.InvariantCulture, $"Expected {expected:R}, got {actual:R}: difference {actual - expected:E3}, tolerance {tolerance:E3}."));
    }

    /// <summary>Asserts closeness element by element.</summary>
    public static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double absolute = 0, double relative = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double tolerance = absolute + (relative * Math.Abs(expected[i]));
            Assert.True(
                actual[i] == expected[i] || Math.Abs(actual[i] - expected[i]) <= tolerance,
                string.Create(CultureInfo.InvariantCulture, $"Element {i}: expected {expected[i]:R}, got {actual[i]:R}: difference {actual[i] - expected[i]:E3}, tolerance {tolerance:E3}."));
        }
    }
}
