namespace SpikeStats.Models.Integrators;

/// <summary>Follows the solution of an ordinary differential equation with steps that suit it, and finds where its first variable rises through a level.</summary>
/// <remarks>
/// Steps of <see cref="DormandPrince"/>, whose estimated error relative to the state stays below a tolerance. A crossing within a step is found on the interpolant and then improved by steps
/// of the method itself that end there, so that it is as exact as the solution; a maximum within a step is looked at too, so that two crossings in one step are not missed. A step into a
/// pole has no finite error and is tried again shorter.
/// </remarks>
internal sealed class AdaptiveIntegrator
{
    // The usual cautious controller: aim a little below the tolerance, change the step by no more than a factor of five.
    private const double Safety = 0.9, LargestGrowth = 5, LargestCut = 0.2;

    // Steps of fewer units in the last place of the time are no steps.
    private const double SmallestSteps = 8;

    private const double Rounding = 1e-15, SummitWidth = 1e-6;

    private const int Halvings = 60, Improvements = 6;

    private readonly DormandPrince stepper;
    private readonly double[] scales;
    private readonly double tolerance;
    private double step;

    /// <summary>Creates an integrator.</summary>
    /// <param name="field">The equation.</param>
    /// <param name="scales">The sizes below which the error of a variable is taken as absolute; one per variable.</param>
    /// <param name="tolerance">The error allowed in a step, relative to the state.</param>
    public AdaptiveIntegrator(VectorField field, ReadOnlySpan<double> scales, double tolerance)
    {
        this.scales = scales.ToArray();
        this.tolerance = tolerance;
        stepper = new DormandPrince(field, scales.Length);
    }

    /// <summary>The instant up to which the solution is known.</summary>
    public double Time => stepper.Time;

    /// <summary>The state at <see cref="Time"/>.</summary>
    public ReadOnlySpan<double> State => stepper.State;

    /// <summary>The derivative at <see cref="Time"/>.</summary>
    public ReadOnlySpan<double> Slope => stepper.Slope;

    /// <summary>The number of steps that were taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Starts, or starts anew after a jump of the state or of the equation.</summary>
    public void Restart(double time, ReadOnlySpan<double> state)
    {
        stepper.Restart(time, state);
        step = FirstStep();
    }

    /// <summary>Takes one step, at most up to an instant.</summary>
    /// <param name="end">The instant.</param>
    /// <param name="level">The level whose upward crossing by the first variable is sought; NaN for none.</param>
    /// <param name="stopsAtLevel">Whether a step that meets the level ends there.</param>
    /// <param name="watch">Sees the step before it is taken, to read the solution within it.</param>
    /// <returns>Where the level was crossed upwards; NaN if it was not.</returns>
    /// <exception cref="StepUnderflowException">No step is short enough: the solution has a pole there.</exception>
    public double Advance(double end, double level, bool stopsAtLevel, Action<DormandPrince>? watch = null)
    {
        double left = end - stepper.Time, resolution = SmallestSteps * (Math.BitIncrement(Math.Abs(stepper.Time)) - Math.Abs(stepper.Time));
        bool wasCut = false;
        while (true)
        {
            // A last step that would leave a sliver takes it along.
            double length = step > left - resolution ? left : Math.Max(step, resolution);
            stepper.Try(length);
            double error = stepper.Error(tolerance, scales);
            if (error <= 1)
            {
                double growth = error == 0 ? LargestGrowth : Math.Min(LargestGrowth, Safety * Math.Pow(error, -1.0 / DormandPrince.Order));
                double grown = length * (wasCut ? Math.Min(1, growth) : growth);

                // A step that was short for want of time says nothing against a longer one.
                step = length < step ? Math.Max(step, grown) : grown;
                break;
            }

            if (length <= resolution) throw new StepUnderflowException(stepper.Time);
            wasCut = true;
            step = length * (double.IsFinite(error) ? Math.Max(LargestCut, Safety * Math.Pow(error, -1.0 / DormandPrince.Order)) : LargestCut);
        }

        double whole = stepper.Step, crossing = double.IsNaN(level) ? double.NaN : Crossing(level);
        if (!double.IsNaN(crossing) && !stopsAtLevel) stepper.Try(whole);
        watch?.Invoke(stepper);
        double start = stepper.Time;
        stepper.Accept(stepper.Step == left ? end : start + stepper.Step);
        Steps++;
        return start + crossing;
    }

    // The length of the step from its start to the crossing; the stepper is left with the step that ends there.
    private double Crossing(double level)
    {
        if (stepper.State[0] >= level) return double.NaN;
        double whole = stepper.Step, high = stepper.Tried[0] >= level ? 1 : Summit();
        if (stepper.Within(0, high) < level) return double.NaN;
        double low = 0;
        for (int halving = 0; halving < Halvings && high - low > Rounding; halving++)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) break;
            if (stepper.Within(0, middle) < level) low = middle;
            else high = middle;
        }

        double length = high * whole;
        stepper.Try(length);
        for (int improvement = 0; improvement < Improvements; improvement++)
        {
            double better = length - ((stepper.Tried[0] - level) / stepper.TriedSlope[0]);
            if (!(better > 0 && better <= whole) || Math.Abs(better - length) <= Rounding * whole) break;
            length = better;
            stepper.Try(length);
        }

        return length;
    }

    // Where in the step the first variable is highest, if it rises at the start and falls at the end; else the end.
    private double Summit()
    {
        if (!(stepper.Slope[0] > 0 && stepper.TriedSlope[0] < 0)) return 1;
        double ratio = (Math.Sqrt(5) - 1) / 2, low = 0, high = 1;
        while (high - low > SummitWidth)
        {
            double left = high - (ratio * (high - low)), right = low + (ratio * (high - low));
            if (stepper.Within(0, left) < stepper.Within(0, right)) low = left;
            else high = right;
        }

        return 0.5 * (low + high);
    }

    // A step over which the state changes by a hundredth of its size at most; the controller does the rest.
    private double FirstStep()
    {
        double fastest = 0;
        for (int i = 0; i < scales.Length; i++) fastest = Math.Max(fastest, Math.Abs(stepper.Slope[i]) / Math.Max(scales[i], Math.Abs(stepper.State[i])));
        return fastest > 0 && double.IsFinite(fastest) ? 0.01 / fastest : double.MaxValue;
    }
}
