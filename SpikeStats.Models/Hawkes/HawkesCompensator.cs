using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Models.Hawkes;

/// <summary>Integrals of the intensity of one unit of a <see cref="HawkesModel"/>, exact between any two instants.</summary>
internal static class HawkesCompensator
{
    public static Compensator Of(HawkesModel model, MarkedEvents events, int target)
    {
        CompensatorSegment[] segments = new CompensatorSegment[events.Observed.Count];
        for (int s = 0; s < segments.Length; s++)
        {
            TimeInterval interval = events.Observed[s];
            ExcitedIntensity intensity = new(model, target, interval.Start);
            List<double> atEvents = [];
            double sum = 0;
            for (int k = events.StretchStarts[s]; k < events.StretchStarts[s + 1]; k++)
            {
                sum += intensity.Advance(events.Times[k]);
                if (events.Marks[k] == target) atEvents.Add(sum);
                intensity.Excite(events.Marks[k]);
            }

            sum += intensity.Advance(interval.End);
            segments[s] = new CompensatorSegment(interval, atEvents.ToArray(), sum, default, default, sum);
        }

        return new Compensator(model.Units[target], IsDiscrete: false, segments, CoincidentSpikes: 0);
    }

    public static double[] Intensity(HawkesModel model, MarkedEvents events, int target, BinGrid grid)
    {
        double[] mean = new double[grid.BinCount];
        Array.Fill(mean, double.NaN);
        foreach (BinSegment segment in grid.Segments)
        {
            int s = events.Observed.IndexOf(segment.Start);
            if (s < 0) continue;
            TimeInterval interval = events.Observed[s];
            ExcitedIntensity intensity = new(model, target, interval.Start);
            int next = events.StretchStarts[s], end = events.StretchStarts[s + 1];
            AdvanceOverEvents(events, ref intensity, ref next, end, segment.Start);
            for (int bin = 0; bin < segment.BinCount; bin++)
            {
                double edge = segment.Start + ((bin + 1) * grid.BinWidth);
                // The computed edge of the last bin may lie an ulp beyond the interval that it was cut from.
                if (edge > interval.End + (1e-9 * grid.BinWidth)) break;
                mean[segment.FirstBin + bin] = AdvanceOverEvents(events, ref intensity, ref next, end, edge) / grid.BinWidth;
            }
        }

        return mean;
    }

    private static double AdvanceOverEvents(MarkedEvents events, ref ExcitedIntensity intensity, ref int next, int end, double to)
    {
        double integral = 0;
        for (; next < end && events.Times[next] < to; next++)
        {
            integral += intensity.Advance(events.Times[next]);
            intensity.Excite(events.Marks[next]);
        }

        return integral + intensity.Advance(to);
    }
}
