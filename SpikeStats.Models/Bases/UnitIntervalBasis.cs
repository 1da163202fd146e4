namespace SpikeStats.Models.Bases;

/// <summary>A basis of functions on [0, 1] that is stretched over a window of lags.</summary>
/// <remarks>
/// A window of R = round(window / binWidth) bins is sampled at x_i = i / (R - 1), i = 0 .. R - 1 (x = 0 if R = 1), the convention of nemos.
/// Row i is x_i whatever the first lag: for past spikes (first lag 1) it is the lag i + 1, for a signal (first lag 0) the lag i. In continuous time x = lag / window.
/// </remarks>
public abstract class UnitIntervalBasis : ContinuousBasis
{
    private protected UnitIntervalBasis(int functionCount, double window)
    {
        if (!(window > 0) || !double.IsFinite(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, "The window must be positive.");
        FunctionCount = functionCount;
        Window = window;
    }

    /// <summary>The number of basis functions.</summary>
    public int FunctionCount { get; }

    /// <summary>The length of the window, in seconds.</summary>
    public double Window { get; }

    /// <inheritdoc/>
    public sealed override int ColumnCount => FunctionCount;

    /// <summary>The lag from which on all functions are zero, in seconds: the window.</summary>
    public sealed override double Support => Window;

    internal sealed override double[] Breakpoints() => [.. Kinks().Where(x => x is > 0 and < 1).Append(0).Append(1).Distinct().Order().Select(x => x * Window)];

    /// <summary>The functions at one point.</summary>
    /// <param name="x">The point; from 0 to 1.</param>
    /// <param name="values">Receives <see cref="FunctionCount"/> values.</param>
    /// <exception cref="ArgumentException">The point lies outside [0, 1], or the span has another length.</exception>
    public void Evaluate(double x, Span<double> values)
    {
        if (!(x >= 0 && x <= 1)) throw new ArgumentOutOfRangeException(nameof(x), x, "The basis is defined on [0, 1].");
        if (values.Length != FunctionCount)
            throw new ArgumentException($"{FunctionCount} basis functions need as many places, not {values.Length}.", nameof(values));
        EvaluateWithin(x, values);
    }

    /// <summary>Samples the functions on the window.</summary>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="firstLag">Lag of the first row, in bins; it shifts the window and does not change the values.</param>
    /// <returns>round(window / binWidth) rows of <see cref="FunctionCount"/> values.</returns>
    /// <exception cref="ArgumentException">The window is narrower than a bin.</exception>
    public sealed override LagMatrix Sample(double binWidth, int firstLag)
    {
        int rows = LagGrid.RowCount(Window, binWidth);
        double[] values = new double[(long)rows * FunctionCount];
        for (int row = 0; row < rows; row++)
            EvaluateWithin(rows == 1 ? 0 : row / (rows - 1.0), values.AsSpan(row * FunctionCount, FunctionCount));
        return new LagMatrix(firstLag, FunctionCount, values);
    }

    private protected sealed override void EvaluateInside(double lag, Span<double> values) => EvaluateWithin(lag / Window, values);

    private protected abstract void EvaluateWithin(double x, Span<double> values);

    /// <summary>Points of [0, 1] between which all functions are smooth, in any order; the ends need not be named.</summary>
    private protected virtual IEnumerable<double> Kinks() => [];
}
