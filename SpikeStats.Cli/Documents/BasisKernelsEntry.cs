using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Cli.Documents;

/// <summary>Kernels of a Hawkes process that are sums of basis functions.</summary>
/// <param name="Basis">The basis, as <see cref="BasisSyntax"/> spells it.</param>
/// <param name="Weights">In hertz, by target, source and function; with windows the height of the kernel in each.</param>
/// <param name="WeightStandardErrors">In hertz, likewise; NaN where a weight is at its bound 0 or not identified. A model needs none.</param>
/// <param name="Edges">The edges of windows, in seconds; null for other bases. A model needs none.</param>
internal sealed record BasisKernelsEntry(
    string Basis, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Weights, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>? WeightStandardErrors = null,
    IReadOnlyList<double>? Edges = null)
{
    /// <summary>What such kernels are called.</summary>
    public const string Piecewise = "piecewise", OnBasis = "basis";

    /// <summary>The kernels of a fit.</summary>
    public static BasisKernelsEntry Of(BasisHawkesFit fit)
    {
        IReadOnlyList<double>[][] Cube(Func<KernelFit, IReadOnlyList<double>> values) => [.. fit.Kernels.Select(values).Chunk(fit.Model.Units.Count)];
        return new BasisKernelsEntry(
            fit.Model.Basis.Description, Cube(kernel => kernel.Weights), Cube(kernel => kernel.StandardErrors), (fit.Model.Basis as WindowBasis)?.Edges.ToArray());
    }

    /// <summary>The basis of a spelling, if kernels in continuous time can have it.</summary>
    /// <exception cref="FormatException">The text is no basis, or one of bins.</exception>
    public static ContinuousBasis Parse(string text) => BasisSyntax.Parse(text) as ContinuousBasis
        ?? throw new FormatException($"'{text}' is a basis of bins; a kernel in continuous time needs windows, splines or raised cosines");

    /// <summary>The process of such kernels.</summary>
    /// <exception cref="FormatException">There is not one weight per function and pair of units.</exception>
    public BasisHawkesModel ToModel(IReadOnlyList<string> units, IReadOnlyList<double> baseline, int parameterCount)
    {
        ContinuousBasis basis = Parse(Basis);
        int functions = basis.ColumnCount;
        if (Weights.Count != units.Count || Weights.Any(row => row.Count != units.Count || row.Any(own => own.Count != functions)))
            throw new FormatException($"basisKernels.weights must hold {units.Count} rows of {units.Count} lists of {functions} numbers");
        double[,,] weights = new double[units.Count, units.Count, functions];
        for (int i = 0; i < units.Count; i++)
        {
            for (int j = 0; j < units.Count; j++)
            {
                for (int b = 0; b < functions; b++) weights[i, j, b] = Weights[i][j][b];
            }
        }

        return new BasisHawkesModel(units, baseline, basis, weights) { ParameterCount = parameterCount };
    }
}
