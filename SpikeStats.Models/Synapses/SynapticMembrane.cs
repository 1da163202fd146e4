using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Synapses;

/// <summary>A membrane with synapses of several time courses, between spikes: V' = -a (V - M) + Σ x_k, x_k' = -s_k x_k + y_k, y_k' = -f_k y_k.</summary>
/// <remarks>The time constants of all stages are the eigenvalues of this linear system, which is all that the search for crossings uses.</remarks>
internal sealed class SynapticMembrane
{
    private readonly double leak, rest;
    private readonly double[] slow, fast, current, rise;

    // Row i: the weights of V, x and y and the constant of the function whose zeros separate those of row i - 1.
    private readonly double[] rates, constants, voltageWeights;
    private readonly double[][] currentWeights, riseWeights;

    /// <summary>A membrane at rest.</summary>
    /// <param name="leak">a = 1/τ, in hertz.</param>
    /// <param name="rest">M, where it rests without synapses, in volts.</param>
    /// <param name="threshold">θ, in volts.</param>
    /// <param name="kernels">The different kernels.</param>
    public SynapticMembrane(double leak, double rest, double threshold, IReadOnlyList<SynapticKernel> kernels)
    {
        (this.leak, this.rest, Threshold, Voltage) = (leak, rest, threshold, rest);
        slow = [.. kernels.Select(kernel => kernel.SlowRate)];
        fast = [.. kernels.Select(kernel => kernel.FastRate)];
        current = new double[slow.Length];
        rise = new double[slow.Length];
        rates = [leak, .. slow, .. fast];
        int rows = rates.Length;
        constants = new double[rows + 1];
        voltageWeights = new double[rows + 1];
        currentWeights = new double[rows + 1][];
        riseWeights = new double[rows + 1][];
        (constants[0], voltageWeights[0], currentWeights[0], riseWeights[0]) = (rest - threshold, 1, new double[slow.Length], new double[slow.Length]);
        for (int i = 0; i < rows; i++) Differentiate(i);
    }

    public double Threshold { get; }

    public double Voltage { get; set; }

    public void Receive(int kernel, SynapticState jump, double weight)
    {
        Voltage += weight * jump.Voltage;
        current[kernel] += weight * leak * jump.Current;
        rise[kernel] += weight * leak * jump.Rise;
    }

    /// <summary>Goes on for a time; a held voltage stays where it is.</summary>
    public void Advance(double time, bool isHeld)
    {
        if (!isHeld) Voltage = rest + Deviation(time);
        for (int k = 0; k < slow.Length; k++)
        {
            current[k] = CurrentAt(k, time);
            rise[k] *= Math.Exp(-fast[k] * time);
        }
    }

    /// <summary>The first time at which the voltage reaches the threshold from below; infinite if it does not within a span.</summary>
    /// <remarks>
    /// With D the derivative, f₀ = V - θ and f_(i+1) = (D + r_i) f_i over the eigenvalues r_i, the last function is a constant; and e^(r_i t) f_i is monotone
    /// between zeros of f_(i+1). So every zero is bracketed, from the last function back to the first, and none can be missed.
    /// </remarks>
    public double FirstCrossing(double span)
    {
        if (Ceiling(span) < Threshold) return double.PositiveInfinity;
        List<double> nodes = [], zeros = [];
        for (int i = rates.Length - 1; i >= 0; i--)
        {
            zeros.Clear();
            double from = 0, before = ValueAt(i, 0);
            for (int n = 0; n <= nodes.Count; n++)
            {
                double to = n < nodes.Count ? nodes[n] : span, after = ValueAt(i, to);
                bool isRising = before < 0 && after >= 0;
                if (isRising || (i > 0 && before > 0 && after <= 0))
                {
                    double zero = Zero(i, from, to, isRising ? 1 : -1);
                    if (i == 0) return zero;
                    zeros.Add(zero);
                }

                (from, before) = (to, after);
            }

            (nodes, zeros) = (zeros, nodes);
        }

        return double.PositiveInfinity;
    }

    // No later voltage is above the larger of the present one and of where the largest current would hold it.
    private double Ceiling(double span)
    {
        double drive = 0;
        for (int k = 0; k < slow.Length; k++) drive += Math.Max(current[k], 0) + (Math.Max(rise[k], 0) * Math.Min(span, 1 / Math.Max(slow[k], fast[k])));
        return Math.Max(Voltage, rest + (drive / leak));
    }

    private double Zero(int row, double low, double high, int sign) => IncreasingRoot.Find(
        time =>
        {
            double value = ValueAt(row, time);
            return (sign * value, sign * (ValueAt(row + 1, time) - (rates[row] * value)));
        },
        low,
        high);

    private double ValueAt(int row, double time)
    {
        double value = constants[row];
        if (voltageWeights[row] != 0) value += voltageWeights[row] * Deviation(time);
        for (int k = 0; k < slow.Length; k++)
        {
            if (currentWeights[row][k] != 0) value += currentWeights[row][k] * CurrentAt(k, time);
            if (riseWeights[row][k] != 0) value += riseWeights[row][k] * rise[k] * Math.Exp(-fast[k] * time);
        }

        return value;
    }

    private double Deviation(double time)
    {
        double value = (Voltage - rest) * Math.Exp(-leak * time);
        for (int k = 0; k < slow.Length; k++)
        {
            if (current[k] != 0) value += current[k] * time * DividedExponentials.Of(-slow[k] * time, -leak * time);
            if (rise[k] != 0) value += rise[k] * time * time * DividedExponentials.Of(-fast[k] * time, -slow[k] * time, -leak * time);
        }

        return value;
    }

    private double CurrentAt(int kernel, double time) =>
        (current[kernel] * Math.Exp(-slow[kernel] * time))
        + (rise[kernel] == 0 ? 0 : rise[kernel] * time * DividedExponentials.Of(-slow[kernel] * time, -fast[kernel] * time));

    // The weights of (D + r) f from those of f.
    private void Differentiate(int row)
    {
        double rate = rates[row];
        constants[row + 1] = rate * constants[row];
        voltageWeights[row + 1] = voltageWeights[row] * (rate - leak);
        currentWeights[row + 1] = new double[slow.Length];
        riseWeights[row + 1] = new double[slow.Length];
        for (int k = 0; k < slow.Length; k++)
        {
            currentWeights[row + 1][k] = (currentWeights[row][k] * (rate - slow[k])) + voltageWeights[row];
            riseWeights[row + 1][k] = (riseWeights[row][k] * (rate - fast[k])) + currentWeights[row][k];
        }
    }
}
