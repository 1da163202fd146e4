using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Documents;

/// <summary>The effect of a signal's present and past through functions of its value.</summary>
/// <param name="Signal">Name of the signal.</param>
/// <param name="FirstLag">Lag of the first row, in bins; 0 is the bin itself.</param>
/// <param name="Basis">Functions of the value, for example <c>bspline:n=8,order=4,from=0,to=100</c>.</param>
/// <param name="Gain">What each function adds to the predictor: a row per lag, a column per function.</param>
public sealed record NonlinearFilterEntry(string Signal, int FirstLag, string Basis, IReadOnlyList<IReadOnlyList<double>> Gain)
{
    internal static NonlinearFilterEntry Of(NonlinearSignalFilter filter) => new(
        filter.Signal, filter.FirstLag, filter.Basis.Description,
        [.. Enumerable.Range(0, filter.Gain.GetLength(0)).Select(row => (double[])[.. Enumerable.Range(0, filter.Gain.GetLength(1)).Select(column => filter.Gain[row, column])])]);

    /// <summary>The filter.</summary>
    /// <exception cref="FormatException">The basis is unknown, or numbers are missing or impossible.</exception>
    internal NonlinearSignalFilter ToFilter()
    {
        ValueBasis basis = ValueBasisSyntax.Parse(Basis);
        if (FirstLag < 0) throw new FormatException($"the nonlinear filter of {Signal} must have firstLag 0 or more");
        if (Gain.Count == 0 || Gain.Any(row => row.Count != basis.FunctionCount))
            throw new FormatException($"the gain of the nonlinear filter of {Signal} must hold rows of {basis.FunctionCount} numbers, one per function");
        if (Gain.Any(row => row.Any(double.IsNaN))) throw new FormatException($"a gain of the nonlinear filter of {Signal} is not a number");
        double[,] gain = new double[Gain.Count, basis.FunctionCount];
        for (int row = 0; row < Gain.Count; row++)
        {
            for (int column = 0; column < basis.FunctionCount; column++) gain[row, column] = Gain[row][column];
        }

        return new NonlinearSignalFilter(Signal, FirstLag, basis, gain);
    }
}
