namespace SpikeStats.Models.Integrators;

/// <summary>One step of the Runge-Kutta pair of orders 5 and 4 of Dormand and Prince, and the solution within the step.</summary>
/// <remarks>
/// A step is tried; it is taken by <see cref="Accept"/> only, so that it can be tried again shorter. The last stage of a step is the first of the next. <b>Source:</b> Dormand and Prince,
/// J Comput Appl Math 6:19 (1980), table 2; the fourth-order interpolant of Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I (2nd edition), section II.6.
/// </remarks>
internal sealed class DormandPrince
{
    /// <summary>The order to which the global error falls with the step.</summary>
    public const int Order = 5;

    private readonly VectorField field;
    private readonly double[] y, next, stage, k1, k2, k3, k4, k5, k6, k7;

    /// <summary>Creates a stepper.</summary>
    /// <param name="field">The equation.</param>
    /// <param name="dimension">The number of variables.</param>
    public DormandPrince(VectorField field, int dimension)
    {
        this.field = field;
        (y, next, stage) = (new double[dimension], new double[dimension], new double[dimension]);
        (k1, k2, k3, k4) = (new double[dimension], new double[dimension], new double[dimension], new double[dimension]);
        (k5, k6, k7) = (new double[dimension], new double[dimension], new double[dimension]);
    }

    /// <summary>The instant up to which the solution is known.</summary>
    public double Time { get; private set; }

    /// <summary>The length of the step that was tried last.</summary>
    public double Step { get; private set; }

    /// <summary>The state at <see cref="Time"/>.</summary>
    public ReadOnlySpan<double> State => y;

    /// <summary>The derivative at <see cref="Time"/>.</summary>
    public ReadOnlySpan<double> Slope => k1;

    /// <summary>The state at the end of the step that was tried last.</summary>
    public ReadOnlySpan<double> Tried => next;

    /// <summary>The derivative at the end of the step that was tried last.</summary>
    public ReadOnlySpan<double> TriedSlope => k7;

    /// <summary>Starts anew, after a jump of the state or of the equation.</summary>
    public void Restart(double time, ReadOnlySpan<double> state)
    {
        Time = time;
        state.CopyTo(y);
        field(time, y, k1);
    }

    /// <summary>Tries a step.</summary>
    /// <param name="step">Its length.</param>
    public void Try(double step)
    {
        Step = step;
        int n = y.Length;
        for (int i = 0; i < n; i++) stage[i] = y[i] + (step * (1.0 / 5 * k1[i]));
        field(Time + (step / 5), stage, k2);
        for (int i = 0; i < n; i++) stage[i] = y[i] + (step * ((3.0 / 40 * k1[i]) + (9.0 / 40 * k2[i])));
        field(Time + (step * 3 / 10), stage, k3);
        for (int i = 0; i < n; i++) stage[i] = y[i] + (step * ((44.0 / 45 * k1[i]) - (56.0 / 15 * k2[i]) + (32.0 / 9 * k3[i])));
        field(Time + (step * 4 / 5), stage, k4);
        for (int i = 0; i < n; i++) stage[i] = y[i] + (step * ((19372.0 / 6561 * k1[i]) - (25360.0 / 2187 * k2[i]) + (64448.0 / 6561 * k3[i]) - (212.0 / 729 * k4[i])));
        field(Time + (step * 8 / 9), stage, k5);
        for (int i = 0; i < n; i++)
            stage[i] = y[i] + (step * ((9017.0 / 3168 * k1[i]) - (355.0 / 33 * k2[i]) + (46732.0 / 5247 * k3[i]) + (49.0 / 176 * k4[i]) - (5103.0 / 18656 * k5[i])));
        field(Time + step, stage, k6);
        for (int i = 0; i < n; i++)
            next[i] = y[i] + (step * ((35.0 / 384 * k1[i]) + (500.0 / 1113 * k3[i]) + (125.0 / 192 * k4[i]) - (2187.0 / 6784 * k5[i]) + (11.0 / 84 * k6[i])));
        field(Time + step, next, k7);
    }

    /// <summary>The error of the step that was tried last, as a ratio to what is allowed.</summary>
    /// <param name="tolerance">The relative error that is allowed in a step.</param>
    /// <param name="scales">The sizes below which the error of a variable is taken as absolute.</param>
    /// <returns>The largest ratio over the variables; not finite if the step ran into a pole.</returns>
    public double Error(double tolerance, ReadOnlySpan<double> scales)
    {
        double largest = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double error = Step * ((71.0 / 57600 * k1[i]) - (71.0 / 16695 * k3[i]) + (71.0 / 1920 * k4[i]) - (17253.0 / 339200 * k5[i]) + (22.0 / 525 * k6[i]) - (1.0 / 40 * k7[i]));
            double ratio = Math.Abs(error) / (tolerance * Math.Max(scales[i], Math.Max(Math.Abs(y[i]), Math.Abs(next[i]))));
            if (!double.IsFinite(ratio)) return double.PositiveInfinity;
            largest = Math.Max(largest, ratio);
        }

        return largest;
    }

    /// <summary>A variable within the step that was tried last; right to fourth order.</summary>
    /// <param name="variable">Position of the variable.</param>
    /// <param name="share">The part of the step, from 0 to 1.</param>
    public double Within(int variable, double share)
    {
        int i = variable;
        double difference = next[i] - y[i], bend = (Step * k1[i]) - difference;
        double fourth = Step * ((-12715105075.0 / 11282082432 * k1[i]) + (87487479700.0 / 32700410799 * k3[i]) - (10690763975.0 / 1880347072 * k4[i])
            + (701980252875.0 / 199316789632 * k5[i]) - (1453857185.0 / 822651844 * k6[i]) + (69997945.0 / 29380423 * k7[i]));
        double rest = 1 - share;
        return y[i] + (share * (difference + (rest * (bend + (share * (difference - (Step * k7[i]) - bend + (rest * fourth)))))));
    }

    /// <summary>Takes the step that was tried last.</summary>
    /// <param name="time">The instant at its end, which the caller may know better than the sum does.</param>
    public void Accept(double time)
    {
        Time = time;
        next.CopyTo(y, 0);
        k7.CopyTo(k1, 0);
    }
}
