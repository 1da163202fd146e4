using System.Numerics;
using System.Numerics.Tensors;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>One step in time of the density: trapezoidal rule and second backward difference (TR-BDF2), with the input held at its value in the middle of the step.</summary>
/// <remarks>
/// Both stages have the same matrix. A step that would make the density negative is repeated as four implicit Euler steps, which cannot; what rounding or a faint ripple far
/// away leaves below zero, no more than 10⁻¹³ of the neurons, is set to zero and taken from the others in proportion.
/// <para><b>Source:</b> Bank et al., IEEE Trans Electron Devices 32:1992 (1985); the form with one matrix is that of Hosea and Shampine, Appl Numer Math 20:21 (1996).</para>
/// </remarks>
internal sealed class DensityStep
{
    private const int EulerSteps = 4;
    private const double Faint = 1e-13;

    // γ = 2 - √2: the first stage ends at γ of the step, and both stages weigh the end by γ/2.
    private static readonly double half = 1 - (1 / Math.Sqrt(2)), fromStage = 0.5 * (1 + Math.Sqrt(2)), firstWeight = 0.25 * Math.Sqrt(2);

    private readonly VoltageGrid grid;
    private readonly TransportRates rates, eulerRates;
    private readonly ReturningTridiagonal matrix, eulerMatrix;
    private readonly double timeStep, returning;
    private readonly double[] stage, next;
    private readonly JumpOperator[] jumps;

    public DensityStep(VoltageGrid grid, double timeConstant, double timeStep, double returning, double[] density, IReadOnlyList<JumpInput> jumps)
    {
        // Half a step of jumps before and after the transport: second order.
        this.jumps = [.. jumps.Select(input => new JumpOperator(grid, input, 0.5 * timeStep))];
        this.grid = grid;
        this.timeStep = timeStep;
        this.returning = returning;
        rates = new TransportRates(grid, timeConstant);
        eulerRates = new TransportRates(grid, timeConstant);
        matrix = new ReturningTridiagonal(grid);
        eulerMatrix = new ReturningTridiagonal(grid);

        Density = density;
        stage = new double[grid.Cells];
        next = new double[grid.Cells];
    }

    /// <summary>The density in the cells, per volt.</summary>
    public double[] Density { get; }

    /// <summary>How many steps were repeated.</summary>
    public int RepeatedSteps { get; private set; }

    /// <summary>The mass that was set to zero, in all.</summary>
    public double ClippedMass { get; private set; }

    /// <summary>Advances by a step in which a given mass returns from earlier spikes; returns the mass that fires.</summary>
    public double Advance(WhiteNoiseInput input, double source) => jumps.Length == 0
        ? Transport(input, source)
        : Jump(jumps) + Transport(input, source) + Jump(jumps.Reverse());

    private double Jump(IEnumerable<JumpOperator> operators)
    {
        double fired = 0;
        foreach (JumpOperator jump in operators) fired += jump.Apply(Density);
        Return(Density, returning * fired / grid.Width);
        return fired;
    }

    private double Transport(WhiteNoiseInput input, double source)
    {
        int cells = grid.Cells, last = cells - 1;
        if (rates.Set(input.Mean, input.Sigma, half * timeStep)) matrix.Factor(rates.Up, rates.Down, returning);
        double density = source / grid.Width, firing = rates.Up[cells] / half * grid.Width;

        Explicit();
        Return(stage, (2 * half * density) + (returning * rates.Up[cells] * Density[last]));
        matrix.Solve(stage);
        double fired = firstWeight * (Density[last] + stage[last]);
        Combine();
        Return(next, half * density);
        matrix.Solve(next);
        fired = firing * (fired + (half * next[last]));

        double least = TensorPrimitives.Min<double>(next);
        if (least < 0 && !Clip()) return Repeat(input, source);
        next.CopyTo(Density, 0);
        return fired;
    }

    private double Repeat(WhiteNoiseInput input, double source)
    {
        RepeatedSteps++;
        if (eulerRates.Set(input.Mean, input.Sigma, timeStep / EulerSteps)) eulerMatrix.Factor(eulerRates.Up, eulerRates.Down, returning);
        double fired = 0;
        for (int k = 0; k < EulerSteps; k++)
        {
            Return(Density, source / grid.Width / EulerSteps);
            eulerMatrix.Solve(Density);
            fired += eulerRates.Up[grid.Cells] * Density[^1] * grid.Width;
        }

        return fired;
    }

    private void Return(double[] x, double density)
    {
        x[grid.ResetCell] += grid.ResetShare * density;
        x[grid.ResetCell + 1] += (1 - grid.ResetShare) * density;
    }

    // stage = (1 + A) p but for what returns.
    private void Explicit()
    {
        double[] p = Density, up = rates.Up, down = rates.Down;
        int last = grid.Cells - 1, i = 1;
        stage[0] = p[0] + ((down[1] * p[1]) - (up[1] * p[0]));
        for (; i + Vector<double>.Count <= last; i += Vector<double>.Count)
        {
            Vector<double> here = new(p, i), leaving = new Vector<double>(down, i) + new Vector<double>(up, i + 1);
            Vector<double> moved = (new Vector<double>(up, i) * new Vector<double>(p, i - 1)) + (new Vector<double>(down, i + 1) * new Vector<double>(p, i + 1));
            (here + (moved - (leaving * here))).CopyTo(stage, i);
        }

        for (; i < last; i++) stage[i] = p[i] + ((up[i] * p[i - 1]) + (down[i + 1] * p[i + 1]) - ((down[i] + up[i + 1]) * p[i]));
        stage[last] = p[last] + ((up[last] * p[last - 1]) - ((down[last] + up[last + 1]) * p[last]));
    }

    // next = p + (1 + √2)/2 (stage - p).
    private void Combine()
    {
        int i = 0;
        Vector<double> weight = new(fromStage);
        for (; i + Vector<double>.Count <= next.Length; i += Vector<double>.Count)
        {
            Vector<double> p = new(Density, i);
            (p + (weight * (new Vector<double>(stage, i) - p))).CopyTo(next, i);
        }

        for (; i < next.Length; i++) next[i] = Density[i] + (fromStage * (stage[i] - Density[i]));
    }

    // Sets a faint negative mass to zero; false if it is not faint.
    private bool Clip()
    {
        double negative = 0, positive = 0;
        foreach (double value in next)
        {
            if (value < 0) negative -= value;
            else positive += value;
        }

        if (negative * grid.Width > Faint || negative >= positive) return false;
        ClippedMass += negative * grid.Width;
        double scale = (positive - negative) / positive;
        for (int i = 0; i < next.Length; i++) next[i] = scale * Math.Max(next[i], 0);
        return true;
    }
}
