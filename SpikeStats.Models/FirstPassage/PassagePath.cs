using System.Numerics;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FirstPassage;

/// <summary>A path of steepest descent for one time, with the transform at its nodes, which serves the times around it too.</summary>
/// <remarks>
/// The transform is dear and does not depend on time. At r standard deviations of the tilted passage time from the time of its saddle point a path costs
/// a factor of e^(r²/2) in cancellation: two of them are one digit.
/// </remarks>
internal sealed class PassagePath
{
    // Halving the step squares the error: agreement to 10⁻⁶ with twice the step leaves 10⁻¹².
    private const double StepTolerance = 1e-6;
    private const double FirstStep = 0.5, Negligible = 1e-17;
    private const int MaxHalvings = 8;

    // How far a path serves, in standard deviations; and as the product with the bend, beyond which the bell opens.
    private const double Reach = 2, OpeningReach = 0.25;

    private readonly double reset, threshold, centre, reach;
    private readonly PassageSaddle saddle;
    private readonly PassageTail tail;

    // One list of nodes per halving of the step, each as long as a time has needed it.
    private readonly List<Node>[] nodes = new List<Node>[MaxHalvings + 1];

    /// <summary>Lays a path.</summary>
    /// <param name="reset">y_r.</param>
    /// <param name="threshold">y_θ.</param>
    /// <param name="saddle">Its saddle point.</param>
    /// <param name="time">The time of the saddle point, in time constants.</param>
    /// <param name="tail">What is inverted.</param>
    public PassagePath(double reset, double threshold, PassageSaddle saddle, double time, PassageTail tail)
    {
        (this.reset, this.threshold, this.saddle, this.tail, centre) = (reset, threshold, saddle, tail, time);
        reach = saddle.Width * Math.Min(Reach, OpeningReach / Math.Max(saddle.Bend, double.Epsilon));
        for (int k = 0; k < nodes.Length; k++) nodes[k] = [];
    }

    /// <summary>Whether the path serves a time.</summary>
    public bool Reaches(double time, PassageTail asked) => asked == tail && Math.Abs(time - centre) <= reach;

    /// <summary>Integrates along the path.</summary>
    /// <param name="time">The time, in time constants.</param>
    /// <param name="sums">The integral and its derivatives, to a common factor.</param>
    /// <param name="logarithm">The logarithm of the integral.</param>
    /// <returns>False if the sum is not positive: the path does not serve.</returns>
    public bool TrySum(double time, out double[] sums, out double logarithm)
    {
        sums = new double[PassageLogarithm.Size];
        double step = FirstStep;
        Add(0, 0, step, time, sums);
        for (int halving = 1; halving <= MaxHalvings; halving++)
        {
            double previous = sums[0];
            Add(halving, 0.5 * step, step, time, sums);
            step *= 0.5;
            if (Math.Abs(sums[0] - (2 * previous)) <= StepTolerance * Math.Abs(sums[0])) break;
        }

        logarithm = saddle.Exponent + ((time - centre) * saddle.Crossing) + Math.Log(sums[0] * step / (Math.PI * saddle.Width));
        return sums[0] > 0 && double.IsFinite(sums[0]);
    }

    /// <summary>The exponent at the saddle point alone, where nothing else can be had.</summary>
    public double LeadingTerm(out double[] sums)
    {
        sums = new double[PassageLogarithm.Size];
        AddTerm(At(0), centre, sums);
        return saddle.Exponent + Math.Log(sums[0] / (Math.PI * saddle.Width));
    }

    private void Add(int halving, double from, double step, double time, double[] sums)
    {
        double largest = 0;
        List<Node> list = nodes[halving];
        for (int k = 0; ; k++)
        {
            double x = from + (k * step);
            if (k == list.Count) list.Add(At(x));
            double size = AddTerm(list[k], time, sums);
            if (!double.IsFinite(size)) return;
            largest = Math.Max(largest, size);
            if (size < Negligible * largest) return;
        }
    }

    private Node At(double x)
    {
        Complex rate = saddle.Crossing + (new Complex(-saddle.Bend * x * x, x) / saddle.Width);
        if (rate == 0) rate = double.Epsilon;
        Complex factor = new(1, 2 * saddle.Bend * x);
        if (tail != PassageTail.None) factor *= Math.Sign(saddle.Crossing) / rate;
        return new Node(rate, x == 0 ? 0.5 * factor : factor, new PassageTransform(reset, threshold, rate));
    }

    // The exponent at the crossing is taken out, so that no term overflows.
    private double AddTerm(in Node node, double time, double[] sums)
    {
        PassageTransform transform = node.Transform;
        Complex term = Complex.Exp((node.Rate * centre) + ((node.Rate - saddle.Crossing) * (time - centre)) + transform.Logarithm - saddle.Exponent) * node.Factor;
        double size = Complex.Abs(term);
        if (!double.IsFinite(size)) return size;
        Complex top = transform.SlopeAtThreshold, low = transform.SlopeAtReset, byTop = term * top, byLow = term * low, byTime = term * node.Rate;
        sums[0] += term.Real;
        sums[1] -= byTop.Real;
        sums[2] += byLow.Real;
        sums[3] += byTime.Real;
        sums[4] += ((2 * byTop * top) - (term * transform.CurvatureAtThreshold)).Real;
        sums[5] -= (byTop * low).Real;
        sums[6] -= (byTop * node.Rate).Real;
        sums[7] += (term * transform.CurvatureAtReset).Real;
        sums[8] += (byLow * node.Rate).Real;
        sums[9] += (byTime * node.Rate).Real;
        return size;
    }

    private readonly record struct Node(Complex Rate, Complex Factor, PassageTransform Transform);
}
