using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>How much of the excitation by each source falls into the observed time, by columns as in <see cref="TargetDesign"/>.</summary>
/// <param name="Integral">G = Σ_s (1 - e^(-β(T - s))): the expected number of spikes per unit of α.</param>
/// <param name="First">dG/dβ.</param>
/// <param name="Second">d²G/dβ².</param>
/// <param name="Durations">Observed time in each piece of the baseline: the expected number of spikes per unit of its level.</param>
internal sealed record Exposure(double[] Integral, double[] First, double[] Second, double[] Durations)
{
    public static Exposure Of(MarkedEvents events, HawkesBaseline baseline, IReadOnlyList<DecayScan> scans)
    {
        int sources = events.UnitCount, columns = scans.Count * sources;
        Exposure exposure = new(new double[columns], new double[columns], new double[columns], baseline.Durations(events.Observed));
        for (int u = 0; u < scans.Count; u++)
        {
            Range range = (u * sources)..((u + 1) * sources);
            scans[u].AddExposure(exposure.Integral.AsSpan(range), exposure.First.AsSpan(range), exposure.Second.AsSpan(range));
        }

        for (int c = 0; c < columns; c++) exposure.Second[c] = -exposure.Second[c];
        return exposure;
    }
}
