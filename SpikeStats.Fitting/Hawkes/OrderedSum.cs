namespace SpikeStats.Fitting.Hawkes;

/// <summary>Sums over rows by several threads whose result does not depend on their number.</summary>
internal static class OrderedSum
{
    /// <summary>Rows of a part.</summary>
    public const int PartLength = 1 << 16;

    /// <summary>The number of parts, at least one.</summary>
    public static int PartsOf(int rows) => Math.Max(1, (rows + PartLength - 1) / PartLength);

    /// <summary>Adds up what a body adds for each part of the rows.</summary>
    /// <param name="rows">Number of rows; parts are fixed runs of them.</param>
    /// <param name="length">Number of sums.</param>
    /// <param name="threads">Largest number of threads.</param>
    /// <param name="body">Adds the rows [from, to) to its own sums.</param>
    public static double[] Of(int rows, int length, int threads, Action<int, int, double[]> body)
    {
        int parts = PartsOf(rows);
        if (parts == 1)
        {
            double[] only = new double[length];
            body(0, rows, only);
            return only;
        }

        double[][] sums = new double[parts][];
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            sums[part] = new double[length];
            body(part * PartLength, Math.Min((part + 1) * PartLength, rows), sums[part]);
        });
        double[] total = sums[0];
        for (int part = 1; part < parts; part++)
        {
            for (int i = 0; i < length; i++) total[i] += sums[part][i];
        }

        return total;
    }
}
