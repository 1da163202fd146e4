using System.Numerics;

namespace SpikeStats.Models.MeanField;

/// <summary>The number of zeros of an analytic function in a rectangle of the right half-plane, from the turns of its argument along the edge.</summary>
internal static class ArgumentPrinciple
{
    private const int DeepestHalving = 40;
    private const double LargestTurn = Math.PI / 3;

    /// <summary>Zeros with 0 &lt; Re λ &lt; width and |Im λ| &lt; height of a function with f(λ*) = f(λ)*.</summary>
    public static int Zeros(Func<Complex, Complex> function, double width, double height, double step)
    {
        // The lower half of the edge turns as much as the upper.
        double turns = Edge(function, new Complex(width, 0), new Complex(width, height), step)
            + Edge(function, new Complex(width, height), new Complex(0, height), step)
            + Edge(function, new Complex(0, height), 0, step);
        return (int)Math.Round(turns / Math.PI);
    }

    private static double Edge(Func<Complex, Complex> function, Complex from, Complex to, double step)
    {
        int cells = Math.Max(2, (int)Math.Ceiling(Complex.Abs(to - from) / step));
        Complex a = from, atA = function(from);
        double turns = 0;
        for (int k = 1; k <= cells; k++)
        {
            Complex b = k == cells ? to : from + ((to - from) * k / cells), atB = function(b);
            turns += Turn(function, a, atA, b, atB, DeepestHalving);
            (a, atA) = (b, atB);
        }

        return turns;
    }

    private static double Turn(Func<Complex, Complex> function, Complex a, Complex atA, Complex b, Complex atB, int depth)
    {
        Complex middle = 0.5 * (a + b), atMiddle = function(middle);
        double first = (atMiddle / atA).Phase, second = (atB / atMiddle).Phase;
        if (depth == 0 || (Math.Abs(first) < LargestTurn && Math.Abs(second) < LargestTurn)) return first + second;
        return Turn(function, a, atA, middle, atMiddle, depth - 1) + Turn(function, middle, atMiddle, b, atB, depth - 1);
    }
}
