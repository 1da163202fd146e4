using System.Numerics;

namespace SpikeStats.Models.MeanField;

/// <summary>Muller's iteration for a zero of an analytic function: it needs no derivative and leaves the real line by itself.</summary>
internal static class MullerIteration
{
    private const int Iterations = 40;
    private const double Precision = 1e-13;

    /// <summary>A zero near a start, or null if the iteration does not settle within a distance.</summary>
    public static Complex? Zero(Func<Complex, Complex> function, Complex start, double step, double farthest)
    {
        Complex a = start - step, b = start + step, c = start;
        Complex fa = function(a), fb = function(b), fc = function(c);
        for (int i = 0; i < Iterations; i++)
        {
            Complex ab = (fb - fa) / (b - a), bc = (fc - fb) / (c - b), curvature = (bc - ab) / (c - a), slope = bc + (curvature * (c - b));
            Complex root = Complex.Sqrt((slope * slope) - (4 * fc * curvature)), larger = Complex.Abs(slope + root) > Complex.Abs(slope - root) ? slope + root : slope - root;
            Complex next = c - (2 * fc / larger);
            if (!Complex.IsFinite(next) || Complex.Abs(next - start) > farthest) return null;
            if (Complex.Abs(next - c) <= Precision * Complex.Abs(next)) return next;
            Complex value = function(next);
            if (value == Complex.Zero) return next;
            if (!Complex.IsFinite(value)) return null;
            (a, b, c, fa, fb, fc) = (b, c, next, fb, fc, value);
            if (c == b || b == a || c == a) return c;
        }

        // Rounding may keep the last digits moving.
        return Complex.Abs(fc) < 1e-9 ? c : null;
    }
}
