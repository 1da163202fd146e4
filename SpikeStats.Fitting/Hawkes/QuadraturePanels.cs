using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The points at which an intensity is evaluated to integrate it between spikes, and their weights.</summary>
/// <remarks>
/// After each spike panels of length 1/β, 2/β, 4/β, ... with a Gauss-Legendre rule on each, so that an exponential is resolved as long as it lasts; each panel is cut
/// into equal parts where the rate bends more sharply than the exponentials.
/// </remarks>
internal sealed class QuadraturePanels
{
    private QuadraturePanels(double[] elapsed, double[] weights, int[] gapStarts)
    {
        Elapsed = elapsed;
        Weights = weights;
        GapStarts = gapStarts;
    }

    /// <summary>Time of each point since the start of its gap, in seconds.</summary>
    public double[] Elapsed { get; }

    /// <summary>In seconds; they sum to the time of observation.</summary>
    public double[] Weights { get; }

    /// <summary>The first point of each gap, and the number of points: an observed interval has a gap before each instant with spikes and one after the last.</summary>
    public int[] GapStarts { get; }

    /// <summary>Lays out the points.</summary>
    /// <param name="events">The spikes.</param>
    /// <param name="decay">The fastest decay that must be resolved, in reciprocal seconds.</param>
    /// <param name="parts">Equal parts of each panel.</param>
    public static QuadraturePanels Of(MarkedEvents events, double decay, int parts)
    {
        List<double> elapsed = [], weights = [];
        List<int> gapStarts = [0];
        for (int s = 0; s + 1 < events.StretchStarts.Length; s++)
        {
            double last = events.Observed[s].Start;
            for (int k = events.StretchStarts[s]; k < events.StretchStarts[s + 1]; k++)
            {
                if (k > events.StretchStarts[s] && events.Times[k] == last) continue;
                AddGap(events.Times[k] - last);
                last = events.Times[k];
            }

            AddGap(events.Observed[s].End - last);
        }

        return new QuadraturePanels([.. elapsed], [.. weights], [.. gapStarts]);

        void AddGap(double duration)
        {
            double from = 0;
            for (double width = 1 / decay; from < duration; width *= 2)
            {
                double length = Math.Min(width, duration - from) / parts;
                for (int part = 0; part < parts; part++)
                {
                    for (int q = 0; q < GaussLegendre.Nodes.Length; q++)
                    {
                        elapsed.Add(from + ((part + GaussLegendre.Nodes[q]) * length));
                        weights.Add(GaussLegendre.Weights[q] * length);
                    }
                }

                from += width;
            }

            gapStarts.Add(elapsed.Count);
        }
    }
}
