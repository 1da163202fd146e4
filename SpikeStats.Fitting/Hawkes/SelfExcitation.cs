using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The excitation of a unit by itself alone, made while it is read: nothing as long as the recording is stored.</summary>
/// <remarks>
/// With q_n = Σ (t - s)ⁿ e^(-β(t-s)), Δ the interval before a spike and e = e^(-βΔ): q₀ ← e q₀ + e, q₁ ← e q₁ + Δ q₀, q₂ ← e q₂ + Δ (2 q₁ - Δ q₀), each with
/// the new ones on the right; r = β q₀, r' = q₀ - β q₁, r'' = β q₂ - 2 q₁. Parts of the spikes start from exact states: what each leaves behind is summed
/// first, and the states follow one from another.
/// <para><b>Cost:</b> one vectorised exponential and three fused multiplications in a chain per spike and decay. <b>Source:</b> Ozaki, Ann Inst Stat Math 31:145 (1979).</para>
/// </remarks>
internal sealed class SelfExcitation : ITargetDesign
{
    private readonly MarkedEvents events;
    private readonly double[] decays;
    private readonly bool withDerivatives;

    // By decay and part, at the last spike before the part.
    private readonly Moments[][] states;

    public SelfExcitation(MarkedEvents events, HawkesBaseline baseline, double[] decays, bool withDerivatives, int threads)
    {
        this.events = events;
        this.decays = decays;
        this.withDerivatives = withDerivatives;
        Baseline = new BaselineRuns(events, baseline, target: 0);
        states = Array.ConvertAll(decays, decay => States(decay, threads));
    }

    public int Rows => events.Count;

    public int Sources => 1;

    public int Columns => decays.Length;

    public BaselineRuns Baseline { get; }

    public bool IsStreamed => true;

    public IDesignReader ReadFrom(int row) => new Reader(this, row);

    public void Dispose()
    {
        // Nothing is rented.
    }

    private Moments[] States(double decay, int threads)
    {
        Moments[] states = new Moments[OrderedSum.PartsOf(Rows)];
        if (states.Length == 1) return states;
        Moments[] left = new Moments[states.Length - 1];
        Parallel.For(0, left.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, part => left[part] = LeftBehind(decay, part));
        for (int part = 0; part < left.Length; part++)
        {
            int from = part * OrderedSum.PartLength, last = from + OrderedSum.PartLength - 1;
            bool isCarried = from > 0 && events.StretchStarts[events.StretchOf(last)] < from;
            states[part + 1] = isCarried ? left[part].Plus(states[part].WithSpike().After(events.Times[last] - events.Times[from - 1], decay)) : left[part];
        }

        return states;
    }

    // The moments at the last spike of a part, of the spikes of the part before it.
    private Moments LeftBehind(double decay, int part)
    {
        int from = part * OrderedSum.PartLength, last = from + OrderedSum.PartLength - 1;
        from = Math.Max(from, events.StretchStarts[events.StretchOf(last)]);
        Moments sum = default;
        for (int k = last - 1; k >= from; k--)
        {
            double lag = events.Times[last] - events.Times[k];
            if (decay * lag > DecayScan.ForgottenExponent) break;
            sum = sum.Plus(default(Moments).WithSpike().After(lag, decay));
        }

        return sum;
    }

    /// <summary>Σ (t - s)ⁿ e^(-β(t-s)) over past spikes s, for n = 0, 1, 2.</summary>
    private readonly record struct Moments(double Zeroth, double First, double Second)
    {
        public Moments WithSpike() => this with { Zeroth = Zeroth + 1 };

        public Moments Plus(Moments other) => new(Zeroth + other.Zeroth, First + other.First, Second + other.Second);

        public Moments After(double lag, double decay)
        {
            double remaining = Math.Exp(-decay * lag);
            return new Moments(remaining * Zeroth, remaining * (First + (lag * Zeroth)), remaining * (Second + (lag * ((2 * First) + (lag * Zeroth)))));
        }
    }

    private sealed class Reader : IDesignReader
    {
        private readonly SelfExcitation source;
        private readonly Moments[] moments;
        private readonly double[] gaps = new double[IDesignReader.LargestBlock], remaining = new double[IDesignReader.LargestBlock], values, first = [], second = [];
        private int next, length;

        public Reader(SelfExcitation source, int row)
        {
            this.source = source;
            moments = Array.ConvertAll(source.states, states => states[row / OrderedSum.PartLength]);
            values = new double[source.Columns * IDesignReader.LargestBlock];
            next = row;
            if (!source.withDerivatives) return;
            first = new double[values.Length];
            second = new double[values.Length];
        }

        public ReadOnlySpan<double> Value(int column) => values.AsSpan(column * IDesignReader.LargestBlock, length);

        public ReadOnlySpan<double> First(int column) => first.AsSpan(column * IDesignReader.LargestBlock, length);

        public ReadOnlySpan<double> Second(int column) => second.AsSpan(column * IDesignReader.LargestBlock, length);

        public void Advance(int length)
        {
            this.length = length;
            ReadOnlySpan<double> times = source.events.Times;
            gaps[0] = next == 0 ? 0 : times[next] - times[next - 1];
            TensorPrimitives.Subtract(times.Slice(next + 1, length - 1), times.Slice(next, length - 1), gaps.AsSpan(1));
            ForgetPast(gaps);
            for (int u = 0; u < moments.Length; u++)
            {
                double decay = source.decays[u];
                Span<double> left = remaining.AsSpan(0, length);
                TensorPrimitives.Multiply(gaps.AsSpan(0, length), -decay, left);
                TensorPrimitives.Exp(left, left);
                ForgetPast(remaining);
                Span<double> value = values.AsSpan(u * IDesignReader.LargestBlock, length);
                if (source.withDerivatives)
                {
                    Range block = (u * IDesignReader.LargestBlock)..((u * IDesignReader.LargestBlock) + length);
                    moments[u] = Run(moments[u], decay, gaps.AsSpan(0, length), left, value, first.AsSpan(block), second.AsSpan(block));
                }
                else
                {
                    moments[u] = Run(moments[u], decay, left, value);
                }
            }

            next += length;
        }

        // The first spike of an observed interval has no past.
        private void ForgetPast(double[] block)
        {
            int[] starts = source.events.StretchStarts;
            for (int s = source.events.StretchOf(next); s + 1 < starts.Length && starts[s] < next + length; s++)
            {
                if (starts[s] >= next) block[starts[s] - next] = 0;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static Moments Run(Moments past, double decay, ReadOnlySpan<double> left, Span<double> value)
        {
            double q0 = past.Zeroth;
            for (int i = 0; i < value.Length; i++)
            {
                q0 = double.MultiplyAddEstimate(left[i], q0, left[i]);
                value[i] = decay * q0;
            }

            return new Moments(q0, 0, 0);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static Moments Run(
            Moments past, double decay, ReadOnlySpan<double> gaps, ReadOnlySpan<double> left, Span<double> value, Span<double> first, Span<double> second)
        {
            (double q0, double q1, double q2) = past;
            for (int i = 0; i < value.Length; i++)
            {
                double gap = gaps[i], factor = left[i];
                q0 = double.MultiplyAddEstimate(factor, q0, factor);
                double moment = gap * q0;
                q1 = double.MultiplyAddEstimate(factor, q1, moment);
                q2 = double.MultiplyAddEstimate(factor, q2, gap * ((2 * q1) - moment));
                value[i] = decay * q0;
                first[i] = q0 - (decay * q1);
                second[i] = (decay * q2) - (2 * q1);
            }

            return new Moments(q0, q1, q2);
        }
    }
}
