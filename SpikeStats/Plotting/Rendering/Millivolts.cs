namespace SpikeStats.Plotting.Rendering;

/// <summary>The unit in which membrane voltages are drawn, although they are given in volts.</summary>
internal static class Millivolts
{
    public const string Unit = "mV";

    /// <summary>Millivolts per volt.</summary>
    public const double PerVolt = 1000;

    /// <summary>Voltages in millivolts.</summary>
    public static double[] Of(ReadOnlySpan<double> volts) => Scaled(volts, PerVolt);

    /// <summary>Quantities per volt, per millivolt.</summary>
    public static double[] Inverse(ReadOnlySpan<double> perVolt) => Scaled(perVolt, 1 / PerVolt);

    private static double[] Scaled(ReadOnlySpan<double> values, double factor)
    {
        double[] scaled = new double[values.Length];
        for (int i = 0; i < scaled.Length; i++) scaled[i] = values[i] * factor;
        return scaled;
    }
}
