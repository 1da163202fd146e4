using MathNet.Numerics.LinearAlgebra;

namespace SpikeStats.Benchmarks.Glm;

/// <summary>The straightforward way, as a yardstick: the whole design as an array, then Newton with plain loops.</summary>
public static class NaiveDenseNewton
{
    /// <summary>Fits and returns Σ (y η - e^η), the log-likelihood without constants, in nats.</summary>
    public static double Fit(PoissonGlmTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        BinGrid grid = new(task.Recording.Observed, task.Specification.BinWidth);
        SpikeCounts counts = SpikeCounts.FromRecording(task.Recording, grid);
        int target = task.Recording.Units.IndexOf("y");
        double[] y = [.. counts.CountsOf(target).Select(count => (double)count)];
        List<double[]> columns = [Constant(grid.BinCount)];
        columns.AddRange(Convolve(task.Recording.Signal("stimulus").Values, task.StimulusBasis, firstLag: 0));
        columns.AddRange(Convolve(y, task.HistoryBasis, firstLag: 1));
        for (int unit = 0; unit < task.Recording.UnitCount; unit++)
        {
            if (unit != target) columns.AddRange(Convolve([.. counts.CountsOf(unit).Select(count => (double)count)], task.CouplingBasis, firstLag: 1));
        }

        return Newton(columns, y);
    }

    private static double Newton(List<double[]> columns, double[] y)
    {
        int p = columns.Count;
        double[] w = new double[p], eta = new double[y.Length], mu = new double[y.Length];
        w[0] = Math.Log(y.Average());
        double previous = double.NegativeInfinity;
        while (true)
        {
            Array.Clear(eta);
            for (int j = 0; j < p; j++)
            {
                for (int t = 0; t < y.Length; t++) eta[t] += columns[j][t] * w[j];
            }

            double value = 0;
            for (int t = 0; t < y.Length; t++)
            {
                mu[t] = Math.Exp(eta[t]);
                value += (y[t] * eta[t]) - mu[t];
            }

            if (Math.Abs(value - previous) < 1e-10 * Math.Abs(value)) return value;
            previous = value;
            Matrix<double> hessian = Matrix<double>.Build.Dense(p, p);
            Vector<double> gradient = Vector<double>.Build.Dense(p);
            for (int i = 0; i < p; i++)
            {
                double[] a = columns[i];
                for (int t = 0; t < y.Length; t++) gradient[i] += a[t] * (y[t] - mu[t]);
                for (int j = 0; j <= i; j++)
                {
                    double[] b = columns[j];
                    double sum = 0;
                    for (int t = 0; t < y.Length; t++) sum += a[t] * mu[t] * b[t];
                    hessian[i, j] = hessian[j, i] = sum;
                }
            }

            Vector<double> step = hessian.Cholesky().Solve(gradient);
            for (int j = 0; j < p; j++) w[j] += step[j];
        }
    }

    private static IEnumerable<double[]> Convolve(ReadOnlySpan<double> signal, double[,] basis, int firstLag)
    {
        List<double[]> columns = [];
        for (int function = 0; function < basis.GetLength(1); function++)
        {
            double[] column = new double[signal.Length];
            for (int row = 0; row < basis.GetLength(0); row++)
            {
                int lag = firstLag + row;
                for (int t = lag; t < column.Length; t++) column[t] += basis[row, function] * signal[t - lag];
            }

            columns.Add(column);
        }

        return columns;
    }

    private static double[] Constant(int length)
    {
        double[] ones = new double[length];
        Array.Fill(ones, 1);
        return ones;
    }
}
