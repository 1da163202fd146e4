namespace SpikeStats.Plotting.Rendering;

/// <summary>The unit in which lags and intervals are drawn, although they are given in seconds.</summary>
internal static class Milliseconds
{
    public const string Unit = "ms";

    /// <summary>Milliseconds per second.</summary>
    public const double PerSecond = 1000;

    /// <summary>Times in milliseconds.</summary>
    public static double[] Of(ReadOnlySpan<double> seconds)
    {
        double[] milliseconds = new double[seconds.Length];
        for (int i = 0; i < milliseconds.Length; i++) milliseconds[i] = seconds[i] * PerSecond;
        return milliseconds;
    }
}
