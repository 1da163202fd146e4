using System.Numerics;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FirstPassage;

/// <summary>Inverts the Laplace transform ρ(L) of the passage time of a leaky integrator along its path of steepest descent.</summary>
/// <remarks>
/// f(s) = (1/2πi) ∫ e^(Ls) ρ(L) dL. The path crosses the real axis where e^(Ls) ρ(L) is smallest, between the first pole -λ₁ and infinity, and bends to the left
/// as the third derivative of the exponent asks: L = c + (ix - βx²)/w. There nearly all terms add up, so that the digits are relative ones however far out in a
/// tail; and the trapezoidal rule converges geometrically. Derivatives by y_θ and y_r multiply the integrand by -u'/u(y_θ) and u'/u(y_r), those by time by L.
/// <para><b>Source:</b> the saddle point: Daniels, Ann Math Stat 25:631 (1954); the path bent to third order is ours, see docs/theory/first-passage.md.</para>
/// </remarks>
/// <param name="reset">y_r = (V_r - μ)/σ.</param>
/// <param name="threshold">y_θ = (θ - μ)/σ.</param>
/// <param name="mean">The mean passage time in time constants; may be infinite.</param>
internal sealed class PassageInversion(double reset, double threshold, double mean)
{
    // The derivative along the imaginary direction is exact to rounding for any step that does not underflow.
    private const double ComplexStep = 1e-20;
    private const int MaxSearch = 400;

    // How far from the lowest point the path may cross, in squared standard deviations of the tilted passage time: costs half of it in the exponent.
    private const double Slack = 0.01;

    // A bracket this narrow has run against the first pole.
    private const double Resolution = 1e-14;

    /// <summary>The logarithm of the density per time constant.</summary>
    /// <param name="time">s, in time constants; positive.</param>
    /// <param name="path">The path that served the last time, or null; replaced if it does not serve this one.</param>
    public PassageLogarithm LogDensity(double time, ref PassagePath? path)
    {
        (double logarithm, double[] relative) = Invert(time, PassageTail.None, ref path);
        return new PassageLogarithm(logarithm, relative);
    }

    /// <summary>The logarithm of the survivor.</summary>
    /// <param name="time">s, in time constants; positive.</param>
    /// <param name="path">The path that served the last time, or null; replaced if it does not serve this one.</param>
    public PassageLogarithm LogSurvivor(double time, ref PassagePath? path)
    {
        if (time > mean)
        {
            (double survivor, double[] remaining) = Invert(time, PassageTail.Late, ref path);
            return new PassageLogarithm(survivor, remaining);
        }

        (double logarithm, double[] relative) = Invert(time, PassageTail.Early, ref path);
        double died = Math.Exp(logarithm), odds = died / (1 - died);
        for (int i = 1; i < relative.Length; i++) relative[i] *= -odds;
        return new PassageLogarithm(Exponentials.LogOnePlus(-died), relative);
    }

    private (double Logarithm, double[] Relative) Invert(double time, PassageTail tail, ref PassagePath? path)
    {
        if (path is not null && path.Reaches(time, tail) && path.TrySum(time, out double[] shared, out double logarithm)) return (logarithm, Relative(shared));
        path = new PassagePath(reset, threshold, Search(time, tail), time, tail);
        if (path.TrySum(time, out double[] sums, out logarithm)) return (logarithm, Relative(sums));

        // So far out in the tail of a neuron almost without noise that the first pole cannot be told from the saddle point only the leading exponent remains.
        logarithm = path.LeadingTerm(out sums);
        path = null;
        return (logarithm, Relative(sums));
    }

    private static double[] Relative(double[] sums) => [.. sums.Select(sum => sum / sums[0])];

    // The exponent on the real axis is convex; its slope s + Λ'(c) - [1/c] is driven to zero by secants of the inverse square, which is a straight line for a
    // perfect integrator, within a bracket.
    private PassageSaddle Search(double time, PassageTail tail)
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity;
        if (tail == PassageTail.Early || (tail == PassageTail.None && time <= mean)) low = 0;
        else high = 0;
        double point = low == 0 ? 1 / time : -1 / time, lastPoint = double.NaN, lastSlope = double.NaN, lastWait = double.NaN, lastValue = double.NaN;
        for (int n = 0; n < MaxSearch; n++)
        {
            (double value, double slope, bool isValid) = Exponent(point, tail);
            double wait = -slope, curvature = (slope - lastSlope) / (point - lastPoint);
            if (isValid && (time - wait) * (time - wait) <= Slack * curvature)
            {
                // A secant across a steep stretch overrates the curvature; the one at the point decides.
                PassageSaddle saddle = At(point, value, slope, curvature, time, tail);
                if ((time - wait) * (time - wait) <= Slack * saddle.Width * saddle.Width) return saddle;
            }

            if (!isValid || wait > time) low = point;
            else high = point;
            if (high - low <= Resolution * Math.Abs(point)) return At(lastPoint, lastValue, lastSlope, 1 / (lastPoint * lastPoint), time, tail);

            double next = double.NaN;
            if (isValid && wait > 0 && lastWait > 0)
            {
                double inverse = 1 / (wait * wait), lastInverse = 1 / (lastWait * lastWait);
                next = point + ((point - lastPoint) * ((1 / (time * time)) - inverse) / (inverse - lastInverse));
            }

            if (isValid) (lastPoint, lastValue, lastSlope, lastWait) = (point, value, slope, wait);
            if (!(next > low && next < high) || n % 4 == 3) next = Between(low, high, point);
            point = next;
        }

        throw new InvalidOperationException(FormattableString.Invariant($"No saddle point was found for y_r = {reset}, y_θ = {threshold}, s = {time}."));
    }

    private static double Between(double low, double high, double point)
    {
        if (double.IsPositiveInfinity(high)) return 4 * point;
        if (double.IsNegativeInfinity(low)) return 4 * point;
        return 0.5 * (low + high);
    }

    private PassageSaddle At(double point, double value, double slope, double curvature, double time, PassageTail tail)
    {
        // The second and third derivatives from one step into the complex plane, small against the width of the saddle.
        double step = 0.3 / Math.Sqrt(curvature);
        Complex beside = new PassageTransform(reset, threshold, new Complex(point, step)).Logarithm;
        double pole = tail == PassageTail.None ? 0 : 1 / point, bare = tail == PassageTail.None ? value : value + Math.Log(Math.Abs(point));
        double second = (2 * (bare - beside.Real) / (step * step)) + (pole * pole), third = 6 * ((step * (slope + pole)) - beside.Imaginary) / (step * step * step);
        double width = Math.Sqrt(second > 0 ? second : curvature), bend = -third / (6 * width * width * width);

        // The path does not bend with the pole at zero, round which it leads anyway: where the transform is like a Gaussian it would come back up.
        return new PassageSaddle(point, value + (point * time), width, bend > 0 ? bend : 0);
    }

    private (double Value, double Slope, bool IsValid) Exponent(double point, PassageTail tail)
    {
        if (HasPoleAbove(point)) return (double.NaN, double.NaN, false);
        double step = ComplexStep * Math.Abs(point);
        Complex logarithm = new PassageTransform(reset, threshold, new Complex(point, step)).Logarithm;
        if (!double.IsFinite(logarithm.Real)) return (double.NaN, double.NaN, false);
        double slope = logarithm.Imaginary / step;
        return tail == PassageTail.None ? (logarithm.Real, slope, true) : (logarithm.Real - Math.Log(Math.Abs(point)), slope - (1 / point), true);
    }

    // Whether u has a zero below the threshold. Far below the march does not pass it; the fraction for -u'/u, followed down from where its terms are positive, then
    // changes sign.
    private bool HasPoleAbove(double point)
    {
        if (point >= 0) return false;
        double y = Math.Min(threshold, -PassageTransform.Far), rate = point + Math.Floor(-point) + 1;
        double slope = new PassageTransform(y, y, rate).SlopeAtReset.Real;
        for (rate--; rate >= point - 0.5; rate--)
        {
            double denominator = (-2 * y) + slope;
            if (denominator <= 0) return true;
            slope = 2 * rate / denominator;
        }

        if ((-2 * y) + slope <= 0) return true;

        // Zeros that the march passes turn the phase by half a circle each.
        Complex march = y < threshold ? new PassageTransform(y, threshold, new Complex(point, -ComplexStep * point)).Logarithm : 0;
        return !(Math.Abs(march.Imaginary) < 1);
    }
}
