using System.Globalization;

namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>How much a randomised p-value depends on the draw.</summary>
/// <param name="Draws">Number of draws.</param>
/// <param name="Median">Median p-value; NaN if there was nothing to test.</param>
/// <param name="Minimum">Smallest p-value.</param>
/// <param name="Maximum">Largest p-value.</param>
public sealed record PValueSpread(int Draws, double Median, double Minimum, double Maximum)
{
    internal static PValueSpread Of(double[] pValues)
    {
        double[] sorted = (double[])pValues.Clone();
        Array.Sort(sorted);
        int n = sorted.Length;
        return new PValueSpread(n, (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>The spread on one line.</summary>
    /// <returns>Text in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p over {Draws} draws: median {Median:G4}, from {Minimum:G4} to {Maximum:G4}");
}
