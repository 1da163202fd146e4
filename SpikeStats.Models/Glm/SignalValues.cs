using System.Globalization;
using SpikeStats.Models.Bases;

namespace SpikeStats.Models.Glm;

/// <summary>The values of a signal on bins, checked before anything is computed from them.</summary>
internal static class SignalValues
{
    /// <summary>The values of a covariate: bins without a sample are interpolated.</summary>
    /// <exception cref="InvalidRecordingException">A value is not finite, or the signal does not cover the bins.</exception>
    public static double[] InBins(SampledSignal signal, BinGrid grid, bool interpolate)
    {
        double[] values = signal.InBins(grid, interpolate);
        int missing = Array.FindIndex(values, value => !double.IsFinite(value));
        if (missing < 0) return values;
        throw new InvalidRecordingException(
            string.Create(CultureInfo.InvariantCulture, $"signal {signal.Name} is {values[missing]} in the bin at {grid.StartOf(missing)} s ({values.Count(value => !double.IsFinite(value))} such bins of {values.Length})"),
            "fill in the missing samples, or restrict the analysis to intervals in which they are known");
    }

    /// <summary>The values of a covariate in the range of a basis; on a circle neighbouring samples are joined along the shorter arc.</summary>
    /// <exception cref="InvalidRecordingException">A value is not finite or outside the range, or the signal does not cover the bins.</exception>
    public static double[] InBins(SampledSignal signal, ValueBasis basis, BinGrid grid)
    {
        double[] values = InBins(basis.IsCyclic ? Unwrapped(signal, basis.Upper - basis.Lower) : signal, grid, interpolate: true);
        int outside = Array.FindIndex(values, value => !basis.Contains(value));
        if (outside < 0) return values;
        throw new InvalidRecordingException(
            string.Create(CultureInfo.InvariantCulture, $"signal {signal.Name} is {values[outside]} in the bin at {grid.StartOf(outside)} s, outside the range from {basis.Lower} to {basis.Upper} of its basis"),
            string.Create(CultureInfo.InvariantCulture, $"widen the range (its values go from {values.Min()} to {values.Max()}), or restrict the analysis"));
    }

    // From 359° to 1° is a step of 2°, not of -358°.
    private static SampledSignal Unwrapped(SampledSignal signal, double period)
    {
        double previous = double.NaN;
        return signal.Select(value =>
        {
            if (double.IsFinite(previous) && double.IsFinite(value)) value -= period * Math.Round((value - previous) / period);
            if (double.IsFinite(value)) previous = value;
            return value;
        });
    }
}
