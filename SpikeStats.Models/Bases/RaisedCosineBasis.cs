using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>Raised cosines with evenly spaced peaks.</summary>
/// <remarks>
/// B_k(x) = (1 + cos(clip(π (x - c_k) / (w δ), -π, π))) / 2 with c_k = k δ, δ = 1 / (n - 1), on x in [0, 1].
/// Where all bumps that could reach x exist, the functions add up to the width factor w.
/// <para><b>Accuracy:</b> 10^-12 against an independent evaluation. <b>Source:</b> the convention of nemos, <c>RaisedCosineLinear</c>.</para>
/// </remarks>
public sealed class RaisedCosineBasis : UnitIntervalBasis
{
    /// <summary>Creates the basis.</summary>
    /// <param name="functionCount">Number of functions n; at least 2.</param>
    /// <param name="window">Length of the window, in seconds; positive.</param>
    /// <param name="width">Width factor w: half the support of a bump in units of the spacing; greater than 1 and a multiple of 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public RaisedCosineBasis(int functionCount, double window, double width = RaisedCosine.DefaultWidth)
        : base(functionCount, window)
    {
        RaisedCosine.Validate(functionCount, width);
        Width = width;
    }

    /// <summary>The width factor w: half the support of a bump in units of the spacing.</summary>
    public double Width { get; }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            string width = Width == RaisedCosine.DefaultWidth ? "" : string.Create(CultureInfo.InvariantCulture, $",width={Width}");
            return string.Create(CultureInfo.InvariantCulture, $"raised-cosine:n={FunctionCount},window={Window}s{width}");
        }
    }

    private protected override void EvaluateWithin(double x, Span<double> values) => RaisedCosine.Evaluate(x, lastPeak: 1, Width, values);

    private protected override IEnumerable<double> Kinks() => RaisedCosine.Kinks(FunctionCount, lastPeak: 1, Width);
}
