using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace SpikeStats.Models.Bases;

/// <summary>Functions of the value of a signal, such as a position or a speed, that span a smooth effect of it.</summary>
/// <remarks>
/// Functions on [0, 1] are stretched over the range from <see cref="Lower"/> to <see cref="Upper"/>. On a circle (a cyclic basis) every value is wrapped
/// into the range; elsewhere a value outside it has no functions. Where the functions contain the constant, as B-splines do, an effect is only determined
/// up to a constant beside the baseline of a model; a fit then leaves one function out.
/// <para><b>Source:</b> Hastie and Tibshirani, "Generalized additive models", 1990; Wood, "Generalized additive models", 2006, chapter 4.</para>
/// </remarks>
public sealed class ValueBasis
{
    // Points per function on which the constant and the peaks are looked for: several in every interval between knots.
    private const int PointsPerFunction = 16;
    private const double ConstantTolerance = 1e-9;

    /// <summary>Creates a basis of the value of a signal.</summary>
    /// <param name="functions">Functions on [0, 1]; the window, which is for lags, is not used.</param>
    /// <param name="lower">Smallest value, in the unit of the signal.</param>
    /// <param name="upper">Largest value, in the unit of the signal; beyond the smallest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not finite.</exception>
    public ValueBasis(UnitIntervalBasis functions, double lower, double upper)
    {
        ArgumentNullException.ThrowIfNull(functions);
        if (!double.IsFinite(lower) || !double.IsFinite(upper) || upper <= lower)
            throw new ArgumentOutOfRangeException(nameof(upper), upper, string.Create(CultureInfo.InvariantCulture, $"The range from {lower} to {upper} is empty."));
        Functions = functions;
        Lower = lower;
        Upper = upper;
        (ConstantCombination, Peaks) = Examine();
    }

    /// <summary>The functions on [0, 1].</summary>
    public UnitIntervalBasis Functions { get; }

    /// <summary>Smallest value, in the unit of the signal.</summary>
    public double Lower { get; }

    /// <summary>Largest value, in the unit of the signal.</summary>
    public double Upper { get; }

    /// <summary>Number of functions.</summary>
    public int FunctionCount => Functions.FunctionCount;

    /// <summary>Whether the range is a circle, whose ends are the same value.</summary>
    public bool IsCyclic => Functions is CyclicBSplineBasis or FourierBasis;

    /// <summary>The basis in words and numbers, for example <c>bspline:n=8,order=4,from=0,to=100</c>.</summary>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(',', Functions.Description.Split(',').Where(argument => !argument.StartsWith("window=", StringComparison.Ordinal)))},from={Lower},to={Upper}");

    /// <summary>Coefficients whose combination of the functions is 1 everywhere; null if there are none.</summary>
    internal double[]? ConstantCombination { get; }

    /// <summary>Where each function is largest, in the unit of the signal.</summary>
    internal double[] Peaks { get; }

    /// <summary>B-splines of a value.</summary>
    /// <param name="functionCount">Number of functions n; at least <paramref name="order"/>.</param>
    /// <param name="lower">Smallest value, in the unit of the signal.</param>
    /// <param name="upper">Largest value, in the unit of the signal.</param>
    /// <param name="order">Order m; 4 is cubic, 1 piecewise constant.</param>
    /// <returns>The basis.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static ValueBasis BSpline(int functionCount, double lower, double upper, int order = BSplineBasis.CubicOrder) =>
        new(new BSplineBasis(functionCount, window: 1, order), lower, upper);

    /// <summary>B-splines of a value on a circle, such as a direction or a phase.</summary>
    /// <param name="functionCount">Number of functions n; at least <paramref name="order"/>.</param>
    /// <param name="lower">A value, in the unit of the signal.</param>
    /// <param name="upper">The same point of the circle after one turn, in the unit of the signal.</param>
    /// <param name="order">Order m; 4 is cubic, 1 piecewise constant.</param>
    /// <returns>The basis.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static ValueBasis CyclicBSpline(int functionCount, double lower, double upper, int order = BSplineBasis.CubicOrder) =>
        new(new CyclicBSplineBasis(functionCount, window: 1, order), lower, upper);

    /// <summary>Whether the functions are defined at a value.</summary>
    /// <param name="value">The value, in the unit of the signal.</param>
    /// <returns>True within the range, and for every finite value on a circle.</returns>
    public bool Contains(double value) => IsCyclic ? double.IsFinite(value) : value >= Lower && value <= Upper;

    /// <summary>The functions at a value.</summary>
    /// <param name="value">The value, in the unit of the signal.</param>
    /// <param name="values">Receives <see cref="FunctionCount"/> values, dimensionless.</param>
    /// <exception cref="ArgumentException">The value lies outside the range, or the span has another length.</exception>
    public void Evaluate(double value, Span<double> values)
    {
        if (!Contains(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, string.Create(CultureInfo.InvariantCulture, $"The functions are defined from {Lower} to {Upper}."));
        double fraction = (value - Lower) / (Upper - Lower);
        Functions.Evaluate(IsCyclic ? fraction - Math.Floor(fraction) : Math.Clamp(fraction, 0, 1), values);
    }

    /// <summary>The description.</summary>
    /// <returns><see cref="Description"/>.</returns>
    public override string ToString() => Description;

    private (double[]? Constant, double[] Peaks) Examine()
    {
        int count = FunctionCount, points = (PointsPerFunction * count) + 1;
        Matrix<double> table = Matrix<double>.Build.Dense(points, count);
        double[] row = new double[count], peaks = new double[count], largest = new double[count];
        Array.Fill(largest, double.NegativeInfinity);
        for (int point = 0; point < points; point++)
        {
            double fraction = point / (points - 1.0);
            Functions.Evaluate(fraction, row);
            table.SetRow(point, row);
            for (int k = 0; k < count; k++)
            {
                if (row[k] <= largest[k]) continue;
                largest[k] = row[k];
                peaks[k] = Lower + (fraction * (Upper - Lower));
            }
        }

        Vector<double> ones = Vector<double>.Build.Dense(points, 1.0);
        Vector<double> combination = table.QR().Solve(ones);
        bool isConstant = ((table * combination) - ones).AbsoluteMaximum() < ConstantTolerance;
        return (isConstant ? combination.ToArray() : null, peaks);
    }
}
