using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Models.Hawkes;

/// <summary>Integrals of the intensity of one unit of a <see cref="BasisHawkesModel"/>.</summary>
internal static class BasisHawkesCompensator
{
    public static Compensator Of(BasisHawkesModel model, MarkedEvents events, int target)
    {
        CompensatorSegment[] segments = new CompensatorSegment[events.Observed.Count];
        for (int s = 0; s < segments.Length; s++)
        {
            PrecededSpikes spikes = PrecededSpikes.Of(model, events, s);
            LaggedIntensity intensity = new(model, spikes, target);
            List<double> atEvents = [];
            double sum = 0;
            for (int k = spikes.InitialCount; k < spikes.Times.Length; k++)
            {
                if (spikes.Marks[k] != target) continue;
                sum += intensity.Advance(spikes.Times[k]);
                atEvents.Add(sum);
            }

            sum += intensity.Advance(spikes.Interval.End);
            segments[s] = new CompensatorSegment(spikes.Interval, atEvents.ToArray(), sum, default, default, sum);
        }

        return new Compensator(model.Units[target], IsDiscrete: false, segments, CoincidentSpikes: 0);
    }

    public static double[] Intensity(BasisHawkesModel model, MarkedEvents events, int target, BinGrid grid)
    {
        double[] mean = new double[grid.BinCount];
        Array.Fill(mean, double.NaN);
        foreach (BinSegment segment in grid.Segments)
        {
            int s = events.Observed.IndexOf(segment.Start);
            if (s < 0) continue;
            PrecededSpikes spikes = PrecededSpikes.Of(model, events, s);
            LaggedIntensity intensity = new(model, spikes, target);
            intensity.Advance(segment.Start);
            for (int bin = 0; bin < segment.BinCount; bin++)
            {
                double edge = segment.Start + ((bin + 1) * grid.BinWidth);
                // The computed edge of the last bin may lie an ulp beyond the interval that it was cut from.
                if (edge > spikes.Interval.End + (1e-9 * grid.BinWidth)) break;
                mean[segment.FirstBin + bin] = intensity.Advance(edge) / grid.BinWidth;
            }
        }

        return mean;
    }
}
