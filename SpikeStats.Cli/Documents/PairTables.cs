using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Hawkes;

namespace SpikeStats.Cli.Documents;

/// <summary>What the pairs of units of a Hawkes process have, as nested lists for a document.</summary>
internal static class PairTables
{
    /// <summary>What a kernel of so many exponentials is called.</summary>
    public static string KernelName(int decays) => decays == 1 ? "exponential" : $"sum-exponential:{NumberText.Count(decays)}";

    /// <summary>Standard errors of the decays; NaN if they were given.</summary>
    public static double[] DecayErrors(IReadOnlyList<HawkesParameter> parameters, int decays)
    {
        HawkesParameter[] estimated = [.. parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Decay)];
        return [.. Enumerable.Range(0, decays).Select(decay => estimated.Length == 0 ? double.NaN : estimated[decay].StandardError)];
    }

    /// <summary>Standard errors of the couplings, by decay, target and source.</summary>
    public static double[][][] RatioErrors(IReadOnlyList<HawkesParameter> parameters, int units, int decays)
    {
        HawkesParameter[] ratios = [.. parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Branching)];
        return Cube(units, decays, (target, source, decay) => ratios[(((target * units) + source) * decays) + decay].StandardError);
    }

    /// <summary>A value per decay and pair of units, by decay, target and source.</summary>
    /// <param name="units">The number of units.</param>
    /// <param name="decays">The number of decays.</param>
    /// <param name="value">From target, source and decay.</param>
    public static double[][][] Cube(int units, int decays, Func<int, int, int, double> value) => [.. Enumerable.Range(0, decays).Select(decay =>
        (double[][])[.. Enumerable.Range(0, units).Select(target => (double[])[.. Enumerable.Range(0, units).Select(source => value(target, source, decay))])])];

    /// <summary>The rows of a matrix.</summary>
    public static double[][] Rows(double[,] matrix) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => (double[])[.. Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column])])];
}
