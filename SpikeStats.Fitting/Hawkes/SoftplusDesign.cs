using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>What the past looks like at each spike and at each point of quadrature: the drive by each source through each exponential, for α = 1.</summary>
/// <remarks>
/// Column u·D + j holds r = Σ_(s of j, s &lt; t) β_u e^(-β_u (t - s)); if asked for, also dr/dβ and d²r/dβ². With q_n = Σ (t - s)ⁿ e^(-β(t - s)): r = β q₀, r' = q₀ - β q₁,
/// r'' = β q₂ - 2 q₁. All targets share the points of quadrature. <b>Cost:</b> time and memory O((spikes + points) × units × decays).
/// </remarks>
internal sealed class SoftplusDesign
{
    private readonly MarkedEvents events;
    private readonly double[] decays, q0, q1, q2;
    private readonly bool withDerivatives;

    public SoftplusDesign(MarkedEvents events, double[] decays, QuadraturePanels panels, bool withDerivatives)
    {
        this.events = events;
        this.decays = decays;
        this.withDerivatives = withDerivatives;
        Columns = decays.Length * events.UnitCount;
        q0 = new double[Columns];
        q1 = new double[Columns];
        q2 = new double[Columns];
        Points = new SoftplusColumns(Columns, panels.Elapsed.Length, withDerivatives, panels.Weights);
        Spikes = Array.ConvertAll(events.Counts, count => new SoftplusColumns(Columns, count, withDerivatives, weights: null));
        Fill(panels);
    }

    public int Sources => events.UnitCount;

    public int Columns { get; }

    /// <summary>At the points of quadrature.</summary>
    public SoftplusColumns Points { get; }

    /// <summary>At the spikes of each target.</summary>
    public SoftplusColumns[] Spikes { get; }

    private void Fill(QuadraturePanels panels)
    {
        int[] rows = new int[events.UnitCount];
        int gap = 0;
        for (int s = 0; s + 1 < events.StretchStarts.Length; s++)
        {
            Array.Clear(q0);
            Array.Clear(q1);
            Array.Clear(q2);
            double last = events.Observed[s].Start;
            int end = events.StretchStarts[s + 1];
            for (int k = events.StretchStarts[s]; k < end;)
            {
                FillGap(panels, gap++);
                double time = events.Times[k], elapsed = time - last;
                Move(elapsed);
                int first = k;
                for (; k < end && events.Times[k] == time; k++) Write(Spikes[events.Marks[k]], rows[events.Marks[k]]++, elapsed: 0);
                // Spikes at the same instant do not drive each other: they join the state when all of them are written.
                for (int spike = first; spike < k; spike++)
                {
                    for (int c = events.Marks[spike]; c < Columns; c += Sources) q0[c]++;
                }

                last = time;
            }

            FillGap(panels, gap++);
        }
    }

    private void FillGap(QuadraturePanels panels, int gap)
    {
        for (int p = panels.GapStarts[gap]; p < panels.GapStarts[gap + 1]; p++) Write(Points, p, panels.Elapsed[p]);
    }

    private void Write(SoftplusColumns to, int row, double elapsed)
    {
        for (int u = 0; u < decays.Length; u++)
        {
            double decay = decays[u], left = Math.Exp(-decay * elapsed);
            for (int c = u * Sources; c < (u + 1) * Sources; c++)
            {
                to.Value[c][row] = decay * left * q0[c];
                if (!withDerivatives) continue;
                double moment = left * (q1[c] + (elapsed * q0[c])), second = left * (q2[c] + (elapsed * ((2 * q1[c]) + (elapsed * q0[c]))));
                to.First[c][row] = (left * q0[c]) - (decay * moment);
                to.Second[c][row] = (decay * second) - (2 * moment);
            }
        }
    }

    private void Move(double elapsed)
    {
        for (int u = 0; u < decays.Length; u++)
        {
            double left = Math.Exp(-decays[u] * elapsed);
            for (int c = u * Sources; c < (u + 1) * Sources; c++)
            {
                q2[c] = left * (q2[c] + (elapsed * ((2 * q1[c]) + (elapsed * q0[c]))));
                q1[c] = left * (q1[c] + (elapsed * q0[c]));
                q0[c] *= left;
            }
        }
    }
}
