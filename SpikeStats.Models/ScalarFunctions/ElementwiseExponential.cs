using System.Numerics.Tensors;

namespace SpikeStats.Models.ScalarFunctions;

/// <summary>e^x element by element: each result depends on its own argument only.</summary>
/// <remarks>
/// The vectorised exponential of the tensor library leaves a vector that holds an argument beyond its range to the scalar one, which rounds
/// differently in the last place. With the -∞ of a refractory period, neighbours of such an argument would then depend on where the
/// array happens to lie in memory, and a result would not be the same twice. Here arguments are brought into the range first, and
/// those beyond it are mended afterwards.
/// </remarks>
internal static class ElementwiseExponential
{
    // e^±700 is about 10^±304: finite, positive and inside the range of the vectorised function.
    private const double Limit = 700;

    /// <summary>Exponentiates.</summary>
    /// <param name="x">Arguments; -∞ gives 0.</param>
    /// <param name="result">Receives e^x; the same length. Other memory than <paramref name="x"/>.</param>
    public static void Of(ReadOnlySpan<double> x, Span<double> result)
    {
        TensorPrimitives.Max(x, -Limit, result);
        TensorPrimitives.Min<double>(result, Limit, result);
        TensorPrimitives.Exp<double>(result, result);
        for (int i = 0; i < x.Length; i++)
        {
            if (!(Math.Abs(x[i]) <= Limit)) result[i] = Math.Exp(x[i]);
        }
    }
}
