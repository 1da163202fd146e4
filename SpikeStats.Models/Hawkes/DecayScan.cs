using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace SpikeStats.Models.Hawkes;

/// <summary>The exponentials of one decay over all events, from which the excitation by past events follows by additions alone.</summary>
/// <remarks>
/// e^(-β(t-s)) = e^(-β(t-r)) e^(β(s-r)) with a reference time r that moves on before the exponents grow large. A state Σ e^(β(s-r)) per
/// source then only needs an addition per event; it is decayed, all sources at once, when r moves (<see cref="Rebase"/>).
/// <para><b>Accuracy:</b> exponents stay below 16, so that a relative 10^-14 is kept. <b>Cost:</b> one vectorised exponential per event.</para>
/// </remarks>
internal sealed class DecayScan
{
    // Large enough that moving the reference is rare, small enough that polynomials in β(s-r) lose no more than two digits.
    private const double LargestExponent = 16;

    // e^-40 is below the rounding error of a sum that holds a 1.
    public const double ForgottenExponent = 40;

    private readonly MarkedEvents events;
    private readonly double decay;
    private readonly double[]? storage;
    private readonly Lazy<(double[] Growth, Rebase[] Rebases)> moves;

    /// <summary>Prepares a scan; the exponentials are taken when they are first asked for.</summary>
    public DecayScan(MarkedEvents events, double decay, double[]? storage = null)
    {
        this.events = events;
        this.decay = decay;
        this.storage = storage;
        moves = new Lazy<(double[], Rebase[])>(MoveReference);
    }

    public MarkedEvents Events => events;

    public double Decay => decay;

    /// <summary>e^(β(t-r)) of each event, r being the reference time that holds at it.</summary>
    public double[] Growth => moves.Value.Growth;

    /// <summary>The events at which the reference time moves; the first of each observed interval is one.</summary>
    public Rebase[] Rebases => moves.Value.Rebases;

    /// <summary>The last move of the reference from which a scan may start without a state and still be exact at an event.</summary>
    /// <returns>Position in <see cref="Rebases"/>.</returns>
    public int WarmStart(int eventIndex)
    {
        int stretch = events.StretchOf(eventIndex);
        double from = events.Times[eventIndex] - (ForgottenExponent / decay);
        Rebase[] rebases = Rebases;
        int low = 0, high = rebases.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            if (rebases[middle].Event <= eventIndex && events.Times[rebases[middle].Event] <= from) low = middle;
            else high = middle - 1;
        }

        while (rebases[low].Event < events.StretchStarts[stretch] && low + 1 < rebases.Length && rebases[low + 1].Event <= eventIndex) low++;
        return low;
    }

    /// <summary>For each source, Σ over its events of (1 - e^(-β r)), r e^(-β r) and r² e^(-β r), r being the time left to the end of the observed interval.</summary>
    public void AddExposure(Span<double> integral, Span<double> first, Span<double> second)
    {
        // Nearly all spikes have spent their excitation when observation ends; only the last ones are looked at.
        for (int mark = 0; mark < events.UnitCount; mark++) integral[mark] += events.Counts[mark];
        for (int s = 0; s + 1 < events.StretchStarts.Length; s++)
        {
            double end = events.Observed[s].End;
            for (int k = events.StretchStarts[s + 1] - 1; k >= events.StretchStarts[s]; k--)
            {
                double left = end - events.Times[k], exponent = decay * left;
                if (exponent > ForgottenExponent) break;
                int mark = events.Marks[k];
                double remaining = Math.Exp(-exponent);
                integral[mark] -= remaining;
                if (first.IsEmpty) continue;
                first[mark] += left * remaining;
                second[mark] += left * left * remaining;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double[] Growth, Rebase[] Rebases) MoveReference()
    {
        double[] times = events.Times, growth = storage ?? new double[events.Count];
        List<Rebase> rebases = [];
        for (int s = 0; s + 1 < events.StretchStarts.Length; s++)
        {
            int start = events.StretchStarts[s], end = events.StretchStarts[s + 1];
            if (start == end) continue;
            double reference = times[start];
            rebases.Add(new Rebase(start, 0, reference, IsStart: true));
            for (int k = start; k < end; k++)
            {
                double exponent = decay * (times[k] - reference);
                if (exponent > LargestExponent)
                {
                    rebases.Add(new Rebase(k, Math.Exp(-exponent), times[k], IsStart: false));
                    reference = times[k];
                    exponent = 0;
                }

                growth[k] = exponent;
            }
        }

        TensorPrimitives.Exp(growth.AsSpan(0, events.Count), growth.AsSpan(0, events.Count));
        return (growth, [.. rebases]);
    }

    /// <summary>A move of the reference time.</summary>
    /// <param name="Event">The event at which it moves.</param>
    /// <param name="Factor">What becomes of a state: e^(-β (new - old)); 0 at the start of an observed interval.</param>
    /// <param name="Reference">The new reference time.</param>
    /// <param name="IsStart">Whether an observed interval starts here.</param>
    public readonly record struct Rebase(int Event, double Factor, double Reference, bool IsStart);
}
