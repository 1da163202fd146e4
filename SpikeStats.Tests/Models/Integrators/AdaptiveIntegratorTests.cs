using SpikeStats.Models.Integrators;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Integrators;

/// <summary>Adaptive steps against closed solutions: order, interpolation, crossings, jumps and poles.</summary>
public sealed class AdaptiveIntegratorTests
{
    private static readonly double[] one = [1];

    // y'' = -y from (0, 1): the error after a quarter turn falls with the fifth power of the step.
    [Fact]
    public void Step_FixedLength_ConvergesWithFifthOrder()
    {
        (double coarse, double fine) = (Error(20), Error(40));
        Assert.InRange(Math.Log2(coarse / fine), 4.8, 5.3);

        static double Error(int steps)
        {
            DormandPrince stepper = new(Rotation, 2);
            stepper.Restart(0, [0, 1]);
            double h = Math.PI / 2 / steps;
            for (int i = 0; i < steps; i++)
            {
                stepper.Try(h);
                stepper.Accept((i + 1) * h);
            }

            return Math.Abs(stepper.State[0] - 1) + Math.Abs(stepper.State[1]);
        }
    }

    // The interpolant is of fourth order: its error within a step falls with the fifth power.
    [Fact]
    public void Interpolant_WithinAStep_ConvergesWithFifthPower()
    {
        double[] shares = [0, 0.1, 0.37, 0.5, 0.82, 1];
        Assert.InRange(Math.Log2(shares.Max(share => Error(0.4, share)) / shares.Max(share => Error(0.2, share))), 4.6, 5.6);
        Assert.All(shares[..1], share => Assert.Equal(0, Error(0.4, share)));

        static double Error(double h, double share)
        {
            DormandPrince stepper = new(Rotation, 2);
            stepper.Restart(0.3, [Math.Sin(0.3), Math.Cos(0.3)]);
            stepper.Try(h);
            return Math.Abs(stepper.Within(0, share) - Math.Sin(0.3 + (share * h)));
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    [InlineData(1e-12)]
    public void Tolerance_BoundsTheError(double tolerance)
    {
        AdaptiveIntegrator integrator = new(Rotation, [1, 1], tolerance);
        integrator.Restart(0, [0, 1]);
        while (integrator.Time < 20) integrator.Advance(20, double.NaN, stopsAtLevel: false);
        Assert.Equal(20, integrator.Time);
        StatisticalAssert.Close(Math.Sin(20), integrator.State[0], absolute: 200 * tolerance);
    }

    // Upward crossings of 1/2 by sin t: π/6 + 2πk. A loose tolerance leaves long steps, the crossing is exact within the solution.
    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-8)]
    [InlineData(1e-12)]
    public void Crossing_OfASine_IsAsExactAsTheSolution(double tolerance)
    {
        AdaptiveIntegrator integrator = new(Rotation, [1, 1], tolerance);
        integrator.Restart(0, [0, 1]);
        List<double> found = [];
        while (integrator.Time < 15)
        {
            if (integrator.Advance(15, 0.5, stopsAtLevel: false) is var crossing && !double.IsNaN(crossing)) found.Add(crossing);
        }

        StatisticalAssert.Close([Math.PI / 6, (Math.PI / 6) + (2 * Math.PI), (Math.PI / 6) + (4 * Math.PI)], found.ToArray(), absolute: 100 * tolerance);
    }

    // A summit of sin t just above the level: up and down within one long step.
    [Fact]
    public void Crossing_UpAndDownWithinOneStep_IsFound()
    {
        AdaptiveIntegrator integrator = new(Rotation, [1, 1], 1e-3);
        double level = 1 - 1e-3, expected = Math.Asin(level);
        integrator.Restart(1.2, [Math.Sin(1.2), Math.Cos(1.2)]);
        double crossing = double.NaN;
        while (integrator.Time < 2.2 && double.IsNaN(crossing)) crossing = integrator.Advance(2.2, level, stopsAtLevel: true);
        StatisticalAssert.Close(expected, crossing, absolute: 2e-4);
        StatisticalAssert.Close(level, integrator.State[0], absolute: 1e-12);
        Assert.Equal(crossing, integrator.Time);
    }

    // y' = y², y(0) = 1: y = 1/(1 - t) passes 10^k at 1 - 10^-k and has a pole at 1.
    [Fact]
    public void Pole_IsApproached_AndNotSteppedOver()
    {
        AdaptiveIntegrator integrator = new((_, y, slope) => slope[0] = y[0] * y[0], one, 1e-10);
        integrator.Restart(0, one);
        double crossing = double.NaN;
        while (double.IsNaN(crossing)) crossing = integrator.Advance(5, 1e9, stopsAtLevel: true);
        StatisticalAssert.Close(1 - 1e-9, crossing, absolute: 1e-10);

        integrator.Restart(0, one);
        StepUnderflowException error = Assert.Throws<StepUnderflowException>(() =>
        {
            while (integrator.Time < 5) integrator.Advance(5, double.NaN, stopsAtLevel: false);
        });
        StatisticalAssert.Close(1, error.Time, absolute: 1e-9);
    }

    // y' = -1000 (y - cos t): fast relaxation onto a slow course; the steps stay near the limit of stability and the solution near the course.
    [Fact]
    public void Relaxation_MuchFasterThanTheCourse_IsFollowed()
    {
        AdaptiveIntegrator integrator = new((time, y, slope) => slope[0] = -1000 * (y[0] - Math.Cos(time)), one, 1e-6);
        integrator.Restart(0, [0]);
        while (integrator.Time < 2) integrator.Advance(2, double.NaN, stopsAtLevel: false);

        // The exact course behind the transient: (10^6 cos t + 10^3 sin t)/(10^6 + 1).
        StatisticalAssert.Close(((1e6 * Math.Cos(2)) + (1e3 * Math.Sin(2))) / (1e6 + 1), integrator.State[0], absolute: 2e-6);
        Assert.InRange(integrator.Steps, 400, 4000);
    }

    private static void Rotation(double time, ReadOnlySpan<double> y, Span<double> slope) => (slope[0], slope[1]) = (y[1], -y[0]);
}
