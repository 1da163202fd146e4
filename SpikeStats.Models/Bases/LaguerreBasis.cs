using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>Discrete Laguerre functions: exponentials of one time constant times polynomials of growing degree, orthonormal over all lags.</summary>
/// <remarks>
/// With a = exp(-binWidth/τ): b_0(l) = √(1 - a²) a^l and b_j(l) = a b_j(l - 1) + a b_{j-1}(l) - b_{j-1}(l - 1), l counted from the first lag. Over
/// infinitely many lags Σ b_i b_j = δ_ij; the window cuts them off, so make it several times n·τ. The parameter α of Marmarelis is a².
/// <para><b>Accuracy:</b> 10^-12 against an independent evaluation. <b>Cost:</b> O(lags · n). <b>Source:</b> Marmarelis, Annals of Biomedical Engineering
/// 21:573 (1993), equation 6.</para>
/// </remarks>
public sealed class LaguerreBasis : Basis
{
    /// <summary>Creates the basis.</summary>
    /// <param name="functionCount">Number of functions n; positive.</param>
    /// <param name="timeConstant">Time constant τ of the exponentials, in seconds; positive.</param>
    /// <param name="window">Length of the window, in seconds; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public LaguerreBasis(int functionCount, double timeConstant, double window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(functionCount, 1);
        if (!(timeConstant > 0) || !double.IsFinite(timeConstant))
            throw new ArgumentOutOfRangeException(nameof(timeConstant), timeConstant, "The time constant must be positive.");
        if (!(window > 0) || !double.IsFinite(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, "The window must be positive.");
        FunctionCount = functionCount;
        TimeConstant = timeConstant;
        Window = window;
    }

    /// <summary>The number of basis functions.</summary>
    public int FunctionCount { get; }

    /// <summary>The time constant of the exponentials, in seconds.</summary>
    public double TimeConstant { get; }

    /// <summary>The length of the window, in seconds.</summary>
    public double Window { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"laguerre:n={FunctionCount},tau={TimeConstant}s,window={Window}s");

    /// <summary>Samples the functions on the window.</summary>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="firstLag">Lag of the first row, in bins, at which the functions start.</param>
    /// <returns>round(window / binWidth) rows of <see cref="FunctionCount"/> values.</returns>
    /// <exception cref="ArgumentException">The window is narrower than a bin.</exception>
    public override LagMatrix Sample(double binWidth, int firstLag)
    {
        int rows = LagGrid.RowCount(Window, binWidth), n = FunctionCount;
        double a = Math.Exp(-binWidth / TimeConstant);
        double[] values = new double[(long)rows * n];
        double scale = Math.Sqrt((1 - a) * (1 + a));
        for (int row = 0; row < rows; row++)
        {
            Span<double> own = values.AsSpan(row * n, n);
            ReadOnlySpan<double> before = row == 0 ? own : values.AsSpan((row - 1) * n, n);
            own[0] = row == 0 ? scale : a * before[0];
            for (int j = 1; j < n; j++) own[j] = row == 0 ? a * own[j - 1] : (a * (before[j] + own[j - 1])) - before[j - 1];
        }

        return new LagMatrix(firstLag, n, values);
    }
}
