using MathNet.Numerics.LinearAlgebra;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.MeanField;

/// <summary>Self-consistent rates of several populations, by Newton iterations in log ν from many starts with known solutions divided out.</summary>
internal static class DeflatedNewton
{
    private const int Iterations = 80, MostStarts = 256, LargestGrid = 3;
    private const double LongestStep = 2, Precision = 1e-12, Same = 1e-6;
    private static readonly double[] levels = [1e-6, 1e-4, 1e-3, 1e-2, 0.1, 0.5], betweens = [0.2, 0.35, 0.5, 0.65, 0.8];

    public static List<double[]> Of(RateNetwork network, FixedPointOptions options, CancellationToken cancellationToken)
    {
        List<Vector<double>> found = [];
        foreach (Vector<double> start in Starts(network.Populations.Count, options))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // A start is used until it leads to nothing new.
            while (Solve(network, options, start, found) is { } solution) found.Add(solution);
        }

        // An unstable point commonly lies between two stable ones.
        Vector<double>[] known = [.. found];
        for (int i = 0; i < known.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                foreach (double share in betweens)
                {
                    if (Solve(network, options, (share * known[i]) + ((1 - share) * known[j]), found) is { } solution) found.Add(solution);
                }
            }
        }

        return [.. found.Select(x => RatesOf(network, x, Math.Log(options.LowestRate)))];
    }

    private static IEnumerable<Vector<double>> Starts(int dimension, FixedPointOptions options)
    {
        double high = Math.Log(options.HighestRate);
        if (dimension <= LargestGrid)
        {
            int count = (int)Math.Pow(levels.Length, dimension);
            for (int code = 0; code < count; code++)
            {
                int rest = code;
                yield return Vector<double>.Build.Dense(dimension, _ =>
                {
                    (rest, int level) = Math.DivRem(rest, levels.Length);
                    return high + Math.Log(levels[level]);
                });
            }

            yield break;
        }

        RandomStream stream = new(0);
        for (int i = 0; i < MostStarts; i++) yield return Vector<double>.Build.Dense(dimension, _ => high + (Math.Log(levels[0]) * stream.NextDouble()));
    }

    private static Vector<double>? Solve(RateNetwork network, FixedPointOptions options, Vector<double> start, List<Vector<double>> found)
    {
        double low = Math.Log(options.LowestRate), high = Math.Log(options.HighestRate);
        Vector<double> x = start;
        for (int i = 0; i < Iterations; i++)
        {
            Vector<double> step = Step(network, x, low);
            if (!double.IsFinite(step.InfinityNorm())) return null;
            if (step.InfinityNorm() < Precision)
                return found.Exists(known => (known - x).InfinityNorm() < Same) ? null : x;

            // Deflation by Π (1/|x - x_k|² + 1) only scales Newton's step.
            double pull = 0;
            foreach (Vector<double> known in found)
            {
                Vector<double> away = x - known;
                double square = away * away;
                pull -= 2 * (away * step) / (square * (1 + square));
            }

            step /= 1 - pull;
            double longest = step.InfinityNorm();
            if (!double.IsFinite(longest)) return null;
            x += longest > LongestStep ? step * (LongestStep / longest) : step;
            x = x.PointwiseMaximum(low).PointwiseMinimum(high);
        }

        return null;
    }

    // Below the lowest rate a population acts on nothing: its rate is held there, whatever the others do to it.
    private static Vector<double> Step(RateNetwork network, Vector<double> x, double low)
    {
        double[] rates = x.PointwiseExp().ToArray();
        LocalRate[] local = [.. Enumerable.Range(0, rates.Length).Select(i => network.Evaluate(i, rates))];
        Matrix<double> jacobian = network.Gains(local);
        jacobian.MapIndexedInplace((i, j, gain) => (local[i].LogRate > low ? gain * rates[j] / local[i].Rate : 0) - (i == j ? 1 : 0));
        return jacobian.Solve(Vector<double>.Build.Dense(rates.Length, i => x[i] - Math.Max(local[i].LogRate, low)));
    }

    private static double[] RatesOf(RateNetwork network, Vector<double> x, double low)
    {
        double[] rates = x.PointwiseExp().ToArray(), held = [.. rates];
        for (int i = 0; i < rates.Length; i++)
        {
            if (x[i] <= low + Same) rates[i] = network.Evaluate(i, held).Rate;
        }

        return rates;
    }
}
