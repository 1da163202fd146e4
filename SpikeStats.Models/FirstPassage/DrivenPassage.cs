using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.FirstPassage;

/// <summary>The first passage of a driven neuron from its reset on, step by step: density, survivor and, if asked, their derivatives.</summary>
/// <remarks>
/// p(t) = g(t) + ∫₀ᵗ K(t, s) p(s) ds in time constants, by the trapezoidal rule with end corrections. What lies further back than the memory of the kernel acts through its sum alone, so
/// that the work grows linearly with the time.
/// </remarks>
internal sealed class DrivenPassage
{
    private readonly DrivenCoefficients at;
    private readonly DrivenKernel kernel;
    private readonly LinearDrive signal;
    private readonly double start, timeConstant, distance;
    private readonly int orders;
    private readonly double[][] past;
    private readonly double[] forgotten = new double[DrivenKernel.Orders], totals = new double[DrivenKernel.Orders];
    private double[] drive, filtered;
    private int sample;

    /// <summary>Begins a passage.</summary>
    /// <param name="at">α, β and γ.</param>
    /// <param name="kernel">The tables for the step.</param>
    /// <param name="signal">The drive.</param>
    /// <param name="start">When the voltage leaves the reset, in seconds.</param>
    /// <param name="timeConstant">τ, in seconds.</param>
    /// <param name="distance">From reset to threshold, in volts.</param>
    /// <param name="withDerivatives">Whether slopes and curvatures are wanted too.</param>
    /// <param name="capacity">The number of steps to make room for; more are possible.</param>
    public DrivenPassage(in DrivenCoefficients at, DrivenKernel kernel, LinearDrive signal, double start, double timeConstant, double distance, bool withDerivatives, int capacity)
    {
        (this.at, this.kernel, this.signal, this.start, this.timeConstant, this.distance) = (at, kernel, signal, start, timeConstant, distance);
        orders = withDerivatives ? DrivenKernel.Orders : 1;
        past = new double[orders][];
        for (int k = 0; k < orders; k++) past[k] = new double[Padded(capacity)];
        (drive, filtered) = (new double[Padded(capacity)], new double[Padded(capacity)]);
        sample = signal.SampleAt(start);
        drive[0] = signal.At(start, sample);
    }

    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>The density at the last node per time constant (0), its slopes by α, β, γ (1 to 3), its curvatures αα, αβ, ββ, αγ, βγ, γγ.</summary>
    public double Density(int order = 0) => past[order][Steps];

    /// <summary>The probability of having fired by the last node, or its derivatives in the same order: the trapezoidal rule with the end corrections of Gregory.</summary>
    public double Fired(int order = 0)
    {
        double[] p = past[order];
        double P(int back) => Steps >= back ? p[Steps - back] : 0;
        double first = P(0) - P(1), second = first - (P(1) - P(2)), third = second - (P(1) - (2 * P(2)) + P(3));
        return kernel.Step * (totals[order] - (0.5 * P(0)) - (first / 12) - (second / 24) - (third * 19 / 720));
    }

    /// <summary>Minus the logarithm of the survivor at the last node: the hazard integrated. Infinite where rounding leaves no survivor.</summary>
    public double Hazard => Fired() is var fired && fired < 1 ? -Exponentials.LogOnePlus(-fired) : double.PositiveInfinity;

    /// <summary>Takes a step.</summary>
    public void Advance()
    {
        int n = ++Steps;
        if (Padded(n) > drive.Length) Grow();
        double step = kernel.Step, time = n * step;
        (drive[n], filtered[n]) = signal.Step(filtered[n - 1], start + ((n - 1) * step * timeConstant), start + (time * timeConstant), timeConstant, ref sample);
        Span<double> sums = stackalloc double[DrivenKernel.Orders];
        sums.Clear();
        AddSource(time, n, sums);
        if (n > kernel.Lags) AddForgotten(n, sums);
        if (orders == 1) sums[0] += kernel.Sum(at, n, drive[n], filtered, past[0]);
        else kernel.Sum(at, n, drive[n], filtered, past, sums);

        // The integrand ends with a density that is still to be found.
        double slope = n == 1 ? (drive[1] - drive[0]) / step : ((3 * drive[n]) - (4 * drive[n - 1]) + drive[n - 2]) / (2 * step);
        double byAlpha = kernel.EndWeight, byBeta = kernel.EndWeight * (drive[n] - slope), divisor = 1 - (at.Alpha * byAlpha) - (at.Beta * byBeta);
        sums[0] /= divisor;
        if (orders > 1)
        {
            sums[1] = (sums[1] + (byAlpha * sums[0])) / divisor;
            sums[2] = (sums[2] + (byBeta * sums[0])) / divisor;
            sums[3] /= divisor;
            sums[4] = (sums[4] + (2 * byAlpha * sums[1])) / divisor;
            sums[5] = (sums[5] + (byAlpha * sums[2]) + (byBeta * sums[1])) / divisor;
            sums[6] = (sums[6] + (2 * byBeta * sums[2])) / divisor;
            sums[7] = (sums[7] + (byAlpha * sums[3])) / divisor;
            sums[8] = (sums[8] + (byBeta * sums[3])) / divisor;
            sums[9] /= divisor;
        }

        for (int k = 0; k < orders; k++)
        {
            past[k][n] = sums[k];
            totals[k] += sums[k];
        }
    }

    private static int Padded(int steps) => steps + 1 + System.Runtime.Intrinsics.Vector512<double>.Count;

    private void Grow()
    {
        int length = 2 * drive.Length;
        Array.Resize(ref drive, length);
        Array.Resize(ref filtered, length);
        for (int k = 0; k < orders; k++) Array.Resize(ref past[k], length);
    }

    private void AddSource(double time, int n, Span<double> sums)
    {
        DrivenTerm term = new(
            at, Exponentials.OneMinusExp(2 * time), [Exponentials.OneMinusExp(time), filtered[n], distance * Math.Exp(-time)], [1, drive[n], 0]);
        sums[0] -= term.Value;
        if (orders == 1) return;
        for (int i = 0; i < 3; i++) sums[1 + i] -= term.Slope(i);
        sums[4] -= term.Curvature(0, 0);
        sums[5] -= term.Curvature(0, 1);
        sums[6] -= term.Curvature(1, 1);
        sums[7] -= term.Curvature(0, 2);
        sums[8] -= term.Curvature(1, 2);
        sums[9] -= term.Curvature(2, 2);
    }

    // At long lags the kernel is the same whatever the lag.
    private void AddForgotten(int n, Span<double> sums)
    {
        for (int k = 0; k < orders; k++) forgotten[k] += kernel.Step * past[k][n - kernel.Lags - 1];
        DrivenTerm term = new(at, 1, [1, filtered[n], 0], [1, drive[n], 0]);
        double value = term.Value;
        for (int k = 0; k < orders; k++) sums[k] += value * forgotten[k];
        if (orders == 1) return;
        double alpha = term.Slope(0), beta = term.Slope(1);
        sums[1] += alpha * forgotten[0];
        sums[2] += beta * forgotten[0];
        sums[4] += (term.Curvature(0, 0) * forgotten[0]) + (2 * alpha * forgotten[1]);
        sums[5] += (term.Curvature(0, 1) * forgotten[0]) + (alpha * forgotten[2]) + (beta * forgotten[1]);
        sums[6] += (term.Curvature(1, 1) * forgotten[0]) + (2 * beta * forgotten[2]);
        sums[7] += alpha * forgotten[3];
        sums[8] += beta * forgotten[3];
    }
}
