using MathNet.Numerics.Integration;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Tests.Models.Hawkes;

/// <summary>Models with kernels of free form, and their likelihood by the definition as the second route.</summary>
internal static class BasisHawkesProblem
{
    /// <summary>Three units, windows with a silent one in front, some weights zero; for the spikes of <see cref="HawkesProblem.Tied"/>.</summary>
    public static BasisHawkesModel Windows { get; } = Trio(new WindowBasis(0.01, 0.05, 0.2, 0.75));

    /// <summary>The same on raised cosines.</summary>
    public static BasisHawkesModel Cosines { get; } = Trio(new RaisedCosineLogBasis(3, 0.9));

    /// <summary>log L by the definition: O(spikes²), every integral by adaptive quadrature or, for windows, by hand.</summary>
    public static double BruteForce(BasisHawkesModel model, Recording recording)
    {
        double sum = 0;
        foreach (TimeInterval interval in recording.Observed)
        {
            for (int i = 0; i < model.Units.Count; i++)
            {
                sum -= model.Baselines[i] * interval.Duration;
                foreach (double time in recording[model.Units[i]].TimesIn(interval)) sum += Math.Log(model.Baselines[i] + Excitation(model, recording, interval, i, time));
                for (int j = 0; j < model.Units.Count; j++)
                {
                    foreach (double past in recording[model.Units[j]].TimesIn(interval)) sum -= Integral(model, i, j, interval.End - past);
                }
            }
        }

        return sum;
    }

    public static double Excitation(BasisHawkesModel model, Recording recording, TimeInterval interval, int target, double time)
    {
        double sum = 0;
        for (int j = 0; j < model.Units.Count; j++)
        {
            foreach (double past in recording[model.Units[j]].TimesIn(interval))
            {
                if (past < time) sum += Kernel(model, target, j, time - past);
            }
        }

        return sum;
    }

    public static double Integral(BasisHawkesModel model, int target, int source, double to)
    {
        if (model.Basis is WindowBasis windows)
        {
            double sum = 0;
            for (int b = 0; b < windows.ColumnCount; b++)
                sum += model.Weight(target, source, b) * Math.Max(0, Math.Min(to, windows.Edges[b + 1]) - windows.Edges[b]);
            return sum;
        }

        double integral = 0;
        double[] breakpoints = model.Basis.Breakpoints();
        for (int i = 1; i < breakpoints.Length && breakpoints[i - 1] < to; i++)
            integral += GaussKronrodRule.Integrate(lag => Kernel(model, target, source, lag), breakpoints[i - 1], Math.Min(breakpoints[i], to), out _, out _, 1e-14, 15, 21);
        return integral;
    }

    private static double Kernel(BasisHawkesModel model, int target, int source, double lag)
    {
        if (model.Basis is not WindowBasis windows) return model.Kernel(target, source, lag)[0];
        for (int b = 0; b < windows.ColumnCount; b++)
        {
            if (lag >= windows.Edges[b] && lag < windows.Edges[b + 1]) return model.Weight(target, source, b);
        }

        return 0;
    }

    private static BasisHawkesModel Trio(ContinuousBasis basis) => new(
        ["a", "b", "c"], [1.5, 0.8, 2.5], basis,
        new[, ,] { { { 2, 0.1, 0.3 }, { 0, 0.3, 0 }, { 0, 0, 0 } }, { { 0.3, 0, 0.2 }, { 0.1, 0.2, 0.2 }, { 0.5, 0, 0.1 } }, { { 0, 0, 0 }, { 0.4, 2, 0 }, { 0.1, 0.1, 0.1 } } });
}
