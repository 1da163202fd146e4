using System.Data;
using System.Globalization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>The firing rate of several units as a function of a position, or of any other scalar that a signal carries.</summary>
/// <remarks>Immutable. Positions are the centres of cells; rates are constant within a cell.</remarks>
public sealed class TuningCurves
{
    private readonly double[] positions;
    private readonly double[] rates;
    private readonly double[] occupancy;

    /// <summary>Takes tuning curves that are known.</summary>
    /// <param name="units">Identifiers of the units.</param>
    /// <param name="positions">Positions, in the unit of the signal, strictly ascending; at least two.</param>
    /// <param name="rates">Rates in hertz, positive: one row per unit, one column per position.</param>
    /// <param name="occupancy">Time spent at each position, in seconds, not negative; equal times if omitted.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, positions are not ascending, or a rate is not positive: a rate of zero would let one spike exclude a position.</exception>
    public TuningCurves(IReadOnlyList<string> units, IReadOnlyList<double> positions, double[,] rates, IReadOnlyList<double>? occupancy = null)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(rates);
        Units = [.. units];
        this.positions = [.. positions];
        this.occupancy = occupancy is null ? [.. Enumerable.Repeat(1.0, positions.Count)] : [.. occupancy];
        if (Units.Count == 0) throw new ArgumentException("Tuning curves need at least one unit.", nameof(units));
        if (Units.Distinct(StringComparer.Ordinal).Count() != Units.Count) throw new ArgumentException("Two tuning curves belong to the same unit.", nameof(units));
        if (PositionCount < 2 || this.positions.Any(value => !double.IsFinite(value)) || this.positions.Zip(this.positions.Skip(1)).Any(pair => pair.Second <= pair.First))
            throw new ArgumentException("Positions must be finite and strictly ascending, and at least two.", nameof(positions));
        if (rates.GetLength(0) != Units.Count || rates.GetLength(1) != PositionCount)
            throw new ArgumentException($"{Units.Count} units and {PositionCount} positions need as many rows and columns of rates.", nameof(rates));
        if (this.occupancy.Length != PositionCount || this.occupancy.Any(value => !(value >= 0) || !double.IsFinite(value)) || this.occupancy.Sum() <= 0)
            throw new ArgumentException("The occupancy needs one time per position, not negative and not all zero.", nameof(occupancy));
        this.rates = [.. rates.Cast<double>()];
        if (this.rates.Any(rate => !(rate > 0) || !double.IsFinite(rate)))
            throw new ArgumentException("Every rate must be positive and finite; put a lower bound such as 0.01 Hz on rates of zero.", nameof(rates));
    }

    /// <summary>Identifiers of the units.</summary>
    public IReadOnlyList<string> Units { get; }

    /// <summary>Centres of the cells of position, in the unit of the signal, ascending.</summary>
    public ReadOnlySpan<double> Positions => positions;

    /// <summary>The number of positions.</summary>
    public int PositionCount => positions.Length;

    /// <summary>Time spent in each cell, in seconds, before any smoothing; 0 for a cell that was never visited.</summary>
    public ReadOnlySpan<double> Occupancy => occupancy;

    /// <summary>The rates of a unit.</summary>
    /// <param name="unit">Position of the unit in <see cref="Units"/>.</param>
    /// <returns>Hertz, one value per position.</returns>
    public ReadOnlySpan<double> RatesOf(int unit) => rates.AsSpan(unit * PositionCount, PositionCount);

    /// <summary>Estimates tuning curves: spikes in a cell of position divided by the time spent in it.</summary>
    /// <remarks>
    /// r_u(x) = Σ_y G(x - y) n_u(y) / Σ_y G(x - y) T(y), with n the spikes and T the time in cell y and G the Gaussian of
    /// <see cref="TuningCurveOptions.Smoothing"/> (no smoothing: only y = x). Numerator and denominator are smoothed alike, so that edges and
    /// rarely visited cells do not bend a constant rate. The signal is interpolated at the centres of bins without a sample; bins in which it
    /// lies outside the range are left out. Rates are bounded below by <see cref="TuningCurveOptions.MinimumRate"/>.
    /// </remarks>
    /// <param name="recording">The recording; all its units are used.</param>
    /// <param name="signal">Name of the signal that carries the position.</param>
    /// <param name="options">Cells, smoothing and bounds.</param>
    /// <returns>The curves. Cost O(spikes + bins + units × positions²).</returns>
    /// <exception cref="ArgumentException">There is no such signal, or it never lies within the range.</exception>
    /// <exception cref="InvalidRecordingException">The signal does not cover the observed intervals.</exception>
    public static TuningCurves Estimate(Recording recording, string signal, TuningCurveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        options ??= new TuningCurveOptions();
        options.Validate();
        BinGrid grid = new(recording.Observed, options.BinWidth);
        double[] values = recording.Signal(signal).InBins(grid, interpolate: true);
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0) throw new ArgumentException($"The signal '{signal}' has no value in the observed intervals.", nameof(signal));
        double lowest = options.Lowest ?? finite.Min(), highest = options.Highest ?? finite.Max();
        if (!(highest > lowest)) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The range of positions from {lowest} to {highest} has no length."), nameof(options));

        int count = options.PositionCount;
        double width = (highest - lowest) / count;
        double[] positions = [.. Enumerable.Range(0, count).Select(cell => lowest + ((cell + 0.5) * width))];
        int[] cells = Array.ConvertAll(values, value => value >= lowest && value <= highest ? Math.Min(count - 1, (int)((value - lowest) / width)) : -1);
        double[] occupancy = new double[count];
        foreach (int cell in cells.Where(cell => cell >= 0)) occupancy[cell] += options.BinWidth;
        if (occupancy.Sum() <= 0) throw new ArgumentException($"The signal '{signal}' never lies between the lowest and the highest position.", nameof(signal));

        SpikeCounts counts = SpikeCounts.FromRecording(recording, grid);
        double[] smoothedOccupancy = Smooth(occupancy, positions, options.Smoothing);
        double[,] rates = new double[recording.UnitCount, count];
        for (int unit = 0; unit < recording.UnitCount; unit++)
        {
            double[] spikes = new double[count];
            foreach (int bin in counts.BinsOf(unit))
            {
                if (cells[bin] >= 0) spikes[cells[bin]]++;
            }

            double[] smoothed = Smooth(spikes, positions, options.Smoothing);
            for (int cell = 0; cell < count; cell++)
                rates[unit, cell] = Math.Max(options.MinimumRate, smoothedOccupancy[cell] > 0 ? smoothed[cell] / smoothedOccupancy[cell] : 0);
        }

        return new TuningCurves(recording.Units.Ids, positions, rates, occupancy);
    }

    /// <summary>The curves as a table: unit, position, rate (Hz), occupancy (s).</summary>
    /// <returns>One row per unit and position.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("tuningCurves") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("unit", typeof(string));
        foreach (string column in (string[])["position", "rate", "occupancy"]) table.Columns.Add(column, typeof(double));
        for (int unit = 0; unit < Units.Count; unit++)
        {
            for (int cell = 0; cell < PositionCount; cell++) table.Rows.Add(Units[unit], positions[cell], RatesOf(unit)[cell], occupancy[cell]);
        }

        return table;
    }

    private static double[] Smooth(double[] values, double[] positions, double deviation)
    {
        if (deviation == 0) return values;
        double[] smoothed = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            for (int j = 0; j < values.Length; j++)
            {
                double distance = (positions[i] - positions[j]) / deviation;
                smoothed[i] += values[j] * Math.Exp(-0.5 * distance * distance);
            }
        }

        return smoothed;
    }
}
