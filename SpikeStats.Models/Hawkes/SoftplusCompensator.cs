using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Models.Hawkes;

/// <summary>Likelihood and integrals of the intensity of one unit of a <see cref="SoftplusHawkesModel"/>.</summary>
internal static class SoftplusCompensator
{
    public static double LogLikelihood(SoftplusHawkesModel model, MarkedEvents events, int target)
    {
        double sum = 0;
        for (int s = 0; s < events.Observed.Count; s++)
        {
            (double logRates, double integral) = Follow(model, events, target, s, atEvents: null);
            sum += logRates - integral;
        }

        return sum;
    }

    public static Compensator Of(SoftplusHawkesModel model, MarkedEvents events, int target)
    {
        CompensatorSegment[] segments = new CompensatorSegment[events.Observed.Count];
        for (int s = 0; s < segments.Length; s++)
        {
            List<double> atEvents = [];
            double sum = Follow(model, events, target, s, atEvents).Integral;
            segments[s] = new CompensatorSegment(events.Observed[s], atEvents.ToArray(), sum, default, default, sum);
        }

        return new Compensator(model.Units[target], IsDiscrete: false, segments, CoincidentSpikes: 0);
    }

    public static double[] Intensity(SoftplusHawkesModel model, MarkedEvents events, int target, BinGrid grid)
    {
        double[] mean = new double[grid.BinCount];
        Array.Fill(mean, double.NaN);
        foreach (BinSegment segment in grid.Segments)
        {
            int s = events.Observed.IndexOf(segment.Start);
            if (s < 0) continue;
            TimeInterval interval = events.Observed[s];
            SoftplusDrive drive = new(model, target, interval.Start);
            int next = events.StretchStarts[s], end = events.StretchStarts[s + 1];
            AdvanceOverEvents(events, ref drive, ref next, end, segment.Start);
            for (int bin = 0; bin < segment.BinCount; bin++)
            {
                double edge = segment.Start + ((bin + 1) * grid.BinWidth);
                // The computed edge of the last bin may lie an ulp beyond the interval that it was cut from.
                if (edge > interval.End + (1e-9 * grid.BinWidth)) break;
                mean[segment.FirstBin + bin] = AdvanceOverEvents(events, ref drive, ref next, end, edge) / grid.BinWidth;
            }
        }

        return mean;
    }

    // Through one observed interval. Spikes at the same instant take effect only when time has moved on.
    private static (double LogRates, double Integral) Follow(SoftplusHawkesModel model, MarkedEvents events, int target, int stretch, List<double>? atEvents)
    {
        SoftplusDrive drive = new(model, target, events.Observed[stretch].Start);
        double logRates = 0, integral = 0;
        int end = events.StretchStarts[stretch + 1];
        for (int k = events.StretchStarts[stretch]; k < end;)
        {
            double time = events.Times[k];
            integral += drive.Advance(time);
            int last = k;
            for (; last < end && events.Times[last] == time; last++)
            {
                if (events.Marks[last] != target) continue;
                logRates += drive.LogRate;
                atEvents?.Add(integral);
            }

            for (; k < last; k++) drive.Excite(events.Marks[k]);
        }

        return (logRates, integral + drive.Advance(events.Observed[stretch].End));
    }

    private static double AdvanceOverEvents(MarkedEvents events, ref SoftplusDrive drive, ref int next, int end, double to)
    {
        double integral = 0;
        for (; next < end && events.Times[next] < to; next++)
        {
            integral += drive.Advance(events.Times[next]);
            drive.Excite(events.Marks[next]);
        }

        return integral + drive.Advance(to);
    }
}
