using SpikeStats.Models.Bases;

namespace SpikeStats.Models.SpikeResponses;

/// <summary>A kernel in a basis: Σ_k c_k B_k(t), the same functions that filters of generalised linear models are made of.</summary>
/// <remarks>On bins it follows the basis' own conventions (<see cref="Basis.Sample"/>), so that the filter of the model is exactly that of a fit in this basis.</remarks>
/// <param name="Basis">The basis.</param>
/// <param name="Coefficients">One per function, in volts; finite.</param>
public sealed record BasisResponse(ContinuousBasis Basis, IReadOnlyList<double> Coefficients) : ResponseKernel
{
    private readonly double[] coefficients = Checked(Basis, Coefficients);

    /// <summary>The basis.</summary>
    public ContinuousBasis Basis { get; } = Basis;

    /// <summary>The coefficients, in volts.</summary>
    public IReadOnlyList<double> Coefficients => coefficients;

    /// <inheritdoc/>
    public override double Support => Basis.Support;

    /// <inheritdoc/>
    public override double[] Sample(double binWidth, int firstLag)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstLag, 1);
        return Basis.Sample(binWidth, firstLag).Combine(coefficients);
    }

    private protected override double Inside(double lag)
    {
        Span<double> values = coefficients.Length <= 64 ? stackalloc double[coefficients.Length] : new double[coefficients.Length];
        Basis.EvaluateAt(lag, values);
        double sum = 0;
        for (int i = 0; i < values.Length; i++) sum += coefficients[i] * values[i];
        return sum;
    }

    private static double[] Checked(ContinuousBasis basis, IReadOnlyList<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(coefficients);
        if (coefficients.Count != basis.ColumnCount) throw new ArgumentException($"{basis.ColumnCount} basis functions need as many coefficients, not {coefficients.Count}.", nameof(coefficients));
        return coefficients.All(double.IsFinite) ? [.. coefficients] : throw new ArgumentException("The coefficients must be finite, in volts.", nameof(coefficients));
    }
}
