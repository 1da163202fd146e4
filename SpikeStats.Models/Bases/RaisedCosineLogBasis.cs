using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>Raised cosines that are narrow at short lags and wide at long ones: evenly spaced on a logarithmic axis.</summary>
/// <remarks>
/// The bumps of <see cref="RaisedCosineBasis"/> at z = log(s x + 1) / log(s + 1). With decay to zero the last peak stands at
/// 1 - w / (n + w - 1), so that every function vanishes at the end of the window; without it the last peak stands at the end.
/// <para><b>Accuracy:</b> 10^-12 against an independent evaluation. <b>Source:</b> the convention of nemos, <c>RaisedCosineLog</c>.</para>
/// </remarks>
public sealed class RaisedCosineLogBasis : UnitIntervalBasis
{
    internal const double DefaultScaling = 50;
    private readonly double lastPeak;

    /// <summary>Creates the basis.</summary>
    /// <param name="functionCount">Number of functions n; at least 2.</param>
    /// <param name="window">Length of the window, in seconds; positive.</param>
    /// <param name="scaling">Strength s of the logarithmic stretching, dimensionless; positive. The smaller, the more even the spacing.</param>
    /// <param name="width">Width factor w: half the support of a bump in units of the spacing; greater than 1 and a multiple of 0.5.</param>
    /// <param name="decaysToZero">Whether every function vanishes at the end of the window.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public RaisedCosineLogBasis(
        int functionCount, double window, double scaling = DefaultScaling, double width = RaisedCosine.DefaultWidth, bool decaysToZero = true)
        : base(functionCount, window)
    {
        RaisedCosine.Validate(functionCount, width);
        if (!(scaling > 0) || !double.IsFinite(scaling))
            throw new ArgumentOutOfRangeException(nameof(scaling), scaling, "The scaling must be positive.");
        Scaling = scaling;
        Width = width;
        DecaysToZero = decaysToZero;
        lastPeak = decaysToZero ? 1 - (width / (functionCount + width - 1)) : 1;
    }

    /// <summary>The strength s of the logarithmic stretching, dimensionless.</summary>
    public double Scaling { get; }

    /// <summary>The width factor w: half the support of a bump in units of the spacing.</summary>
    public double Width { get; }

    /// <summary>Whether every function vanishes at the end of the window.</summary>
    public bool DecaysToZero { get; }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            string width = Width == RaisedCosine.DefaultWidth ? "" : string.Create(CultureInfo.InvariantCulture, $",width={Width}");
            string decay = DecaysToZero ? "" : ",decay=false";
            return string.Create(
                CultureInfo.InvariantCulture, $"raised-cosine-log:n={FunctionCount},window={Window}s,scaling={Scaling}{width}{decay}");
        }
    }

    private protected override void EvaluateWithin(double x, Span<double> values) =>
        RaisedCosine.Evaluate(Math.Log((Scaling * x) + 1) / Math.Log(Scaling + 1), lastPeak, Width, values);

    private protected override IEnumerable<double> Kinks() =>
        RaisedCosine.Kinks(FunctionCount, lastPeak, Width).Select(z => (Math.Pow(Scaling + 1, z) - 1) / Scaling);
}
