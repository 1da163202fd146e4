using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>Raised cosines of log time: the post-spike basis of Pillow et al. 2008.</summary>
/// <remarks>
/// B_k(t) = (1 + cos(clip(π (z(t) - c_k) / (2 D), -π, π))) / 2 with z(t) = log(t + b), c_k = z(first) + k D,
/// D = (z(last) - z(first)) / (n - 1); not normalised: where all bumps that could reach t exist they add up to 2.
/// The last row is the last lag before every bump has vanished: floor(t_max / binWidth), t_max = exp(z(last) + 2 D) - b.
/// Past spikes (first lag 1) see t = dt, 2 dt, ..; for a signal (first lag 0) a row for t = 0 comes first.
/// <para>With an absolute refractory period a box on [0, refractory) comes as the first column, and the cosines are zero in it: the box
/// alone says what happens there, even at a coefficient of -∞.</para>
/// <para><b>Accuracy:</b> 10^-12 against an independent evaluation. <b>Source:</b> Pillow et al., Nature 454 (2008), supplement.</para>
/// </remarks>
public sealed class PillowBasis : ContinuousBasis
{
    /// <summary>Creates the basis.</summary>
    /// <param name="functionCount">Number of cosines n; at least 2. The refractory box is not counted.</param>
    /// <param name="firstPeak">Peak of the first cosine, in seconds; not negative.</param>
    /// <param name="lastPeak">Peak of the last cosine, in seconds; after the first.</param>
    /// <param name="offset">Offset b of the logarithm, in seconds; the larger, the more even the spacing. Not negative, and positive if the
    /// first peak is at 0.</param>
    /// <param name="refractoryPeriod">Width of the refractory box, in seconds; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public PillowBasis(int functionCount, double firstPeak, double lastPeak, double offset, double refractoryPeriod = 0)
    {
        if (functionCount < 2)
            throw new ArgumentOutOfRangeException(nameof(functionCount), functionCount, "A raised-cosine basis needs at least two functions.");
        if (!(firstPeak >= 0) || !double.IsFinite(firstPeak))
            throw new ArgumentOutOfRangeException(nameof(firstPeak), firstPeak, "The first peak must not be negative.");
        if (!(lastPeak > firstPeak) || !double.IsFinite(lastPeak))
            throw new ArgumentOutOfRangeException(nameof(lastPeak), lastPeak, "The last peak must come after the first.");
        if (!(offset >= 0) || !double.IsFinite(offset) || firstPeak + offset == 0)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "The offset must not be negative, and positive if the first peak is at 0.");
        if (!(refractoryPeriod >= 0) || !double.IsFinite(refractoryPeriod))
            throw new ArgumentOutOfRangeException(nameof(refractoryPeriod), refractoryPeriod, "The refractory period must not be negative.");
        FunctionCount = functionCount;
        FirstPeak = firstPeak;
        LastPeak = lastPeak;
        Offset = offset;
        RefractoryPeriod = refractoryPeriod;
    }

    /// <summary>The number of cosines.</summary>
    public int FunctionCount { get; }

    /// <summary>The peak of the first cosine, in seconds.</summary>
    public double FirstPeak { get; }

    /// <summary>The peak of the last cosine, in seconds.</summary>
    public double LastPeak { get; }

    /// <summary>The offset of the logarithm, in seconds.</summary>
    public double Offset { get; }

    /// <summary>The width of the refractory box, in seconds; 0 if there is none.</summary>
    public double RefractoryPeriod { get; }

    /// <summary>The time t_max at which the last cosine has vanished, in seconds.</summary>
    public double End => Math.Exp(Math.Log(LastPeak + Offset) + (2 * Spacing)) - Offset;

    /// <summary>The number of functions: the cosines, and the refractory box before them if there is one.</summary>
    public override int ColumnCount => FunctionCount + (RefractoryPeriod > 0 ? 1 : 0);

    /// <summary>The lag from which on all functions are zero, in seconds: <see cref="End"/>.</summary>
    public override double Support => Math.Max(End, RefractoryPeriod);

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            string refractory = RefractoryPeriod == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $",refractory={RefractoryPeriod}s");
            return string.Create(
                CultureInfo.InvariantCulture, $"pillow:n={FunctionCount},first={FirstPeak}s,last={LastPeak}s,offset={Offset}s{refractory}");
        }
    }

    private double Spacing => (Math.Log(LastPeak + Offset) - Math.Log(FirstPeak + Offset)) / (FunctionCount - 1);

    /// <summary>Samples the basis.</summary>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="firstLag">Lag of the first row, in bins: 1 for past spikes, 0 for a signal, which adds a row for t = 0.</param>
    /// <returns>One row per lag from <paramref name="firstLag"/> to floor(t_max / binWidth); the box, if any, is column 0.</returns>
    /// <exception cref="ArgumentException">The basis has vanished before the first lag, or the refractory box holds no lag.</exception>
    public override LagMatrix Sample(double binWidth, int firstLag)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstLag);
        int rows = LagGrid.LastLagUpTo(End, binWidth) - firstLag + 1;
        if (rows < 1)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The basis ends at {End} s, before the first lag of {binWidth} s bins."), nameof(binWidth));
        int boxes = RefractoryPeriod > 0 ? 1 : 0;
        int boxRows = boxes == 0 ? 0 : LagGrid.FirstLagFrom(RefractoryPeriod, binWidth) - firstLag;
        if (boxes == 1 && boxRows < 1)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"No lag of {binWidth} s bins lies within the refractory period of {RefractoryPeriod} s."), nameof(binWidth));

        int columns = FunctionCount + boxes;
        double[] values = new double[(long)rows * columns];
        for (int row = 0; row < rows; row++)
        {
            Span<double> functions = values.AsSpan(row * columns, columns);
            if (row < boxRows)
            {
                functions[0] = 1;
                continue;
            }

            EvaluateCosines((firstLag + row) * binWidth, functions[boxes..]);
        }

        return new LagMatrix(firstLag, columns, values);
    }

    internal override double[] Breakpoints()
    {
        double firstCentre = Math.Log(FirstPeak + Offset), spacing = Spacing;
        IEnumerable<double> kinks = Enumerable.Range(-2, FunctionCount + 4).Select(k => Math.Exp(firstCentre + (k * spacing)) - Offset).Append(RefractoryPeriod);
        return [.. kinks.Where(lag => lag > 0 && lag < Support).Append(0).Append(Support).Distinct().Order()];
    }

    private protected override void EvaluateInside(double lag, Span<double> values)
    {
        int boxes = RefractoryPeriod > 0 ? 1 : 0;
        if (boxes == 1) values[0] = lag < RefractoryPeriod ? 1 : 0;
        if (lag < RefractoryPeriod) values[boxes..].Clear();
        else EvaluateCosines(lag, values[boxes..]);
    }

    private void EvaluateCosines(double lag, Span<double> values)
    {
        double z = Math.Log(lag + Offset), firstCentre = Math.Log(FirstPeak + Offset), spacing = Spacing;
        for (int k = 0; k < values.Length; k++) values[k] = RaisedCosine.Bump(z, firstCentre + (k * spacing), 2 * spacing);
    }
}
