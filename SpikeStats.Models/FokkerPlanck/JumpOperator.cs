using System.Numerics.Tensors;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>What the jumps of one kind do to the density in a given time: e^(λ(K - 1)) with λ jumps on average and K one jump.</summary>
/// <remarks>
/// The exponential is the sum over the number of jumps, in which every term is positive and keeps the mass. A jump leads from the centre of a cell to where the distribution of its size ends; what
/// passes the threshold fires, what would pass the lower boundary stays in the last cell. The cost is that of one sweep a jump, whatever its size.
/// </remarks>
internal sealed class JumpOperator
{
    private const double Negligible = 1e-18;

    private readonly VoltageGrid grid;
    private readonly bool isUp, isExponential;
    private readonly double decay, halfDecay, share;
    private readonly int shift;
    private readonly double[] weights, sum;
    private double[] current, next;

    public JumpOperator(VoltageGrid grid, JumpInput input, double duration)
    {
        this.grid = grid;
        isUp = input.Size > 0;
        isExponential = input.Sizes == JumpSizes.Exponential;
        double cells = Math.Abs(input.Size) / grid.Width;
        decay = Math.Exp(-1 / cells);
        halfDecay = Math.Exp(-0.5 / cells);
        shift = (int)Math.Min(Math.Floor(cells), grid.Cells);
        share = shift == grid.Cells ? 0 : cells - shift;
        weights = Poisson(input.Rate * duration);
        sum = new double[grid.Cells];
        current = new double[grid.Cells];
        next = new double[grid.Cells];
    }

    /// <summary>Changes the density and returns the mass that fires.</summary>
    public double Apply(double[] density)
    {
        density.CopyTo(current, 0);
        for (int i = 0; i < sum.Length; i++) sum[i] = weights[0] * density[i];

        // What has fired after k jumps has fired after more.
        double fired = 0, firedSoFar = 0;
        for (int k = 1; k < weights.Length; k++)
        {
            firedSoFar += isExponential ? Exponential() : Fixed();
            (current, next) = (next, current);
            fired += weights[k] * firedSoFar;
            for (int i = 0; i < sum.Length; i++) sum[i] += weights[k] * current[i];
        }

        // Rounding is the same in every step and would add up.
        TensorPrimitives.Multiply(sum, (TensorPrimitives.Sum<double>(density) - fired) / TensorPrimitives.Sum<double>(sum), density);
        return fired * grid.Width;
    }

    // Normalised, so that cutting off the small ones does not cost mass.
    private static double[] Poisson(double mean)
    {
        List<double> weights = [Math.Exp(-mean)];
        if (weights[0] == 0) throw new ArgumentException("There are hundreds of jumps in a time step; shorten it, or use the diffusion limit.");
        for (int k = 1; k < mean || weights[^1] > Negligible; k++) weights.Add(weights[^1] * mean / k);
        double total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }

    // From centre to centre of cells m apart a jump of between m - 1/2 and m + 1/2 cells leads.
    private double Exponential()
    {
        double flying = 0;
        int last = grid.Cells - 1;
        for (int k = 0; k <= last; k++)
        {
            int i = isUp ? k : last - k;
            next[i] = ((1 - decay) * flying) + ((1 - halfDecay) * current[i]);
            flying = (decay * flying) + (halfDecay * current[i]);
        }

        if (isUp) return flying;
        next[0] += flying;
        return 0;
    }

    private double Fixed()
    {
        Array.Clear(next);
        double fired = 0;
        int last = grid.Cells - 1;
        for (int i = 0; i <= last; i++)
        {
            int near = isUp ? i + shift : i - shift, far = isUp ? near + 1 : near - 1;
            fired += Land(near, (1 - share) * current[i]) + Land(far, share * current[i]);
        }

        return fired;
    }

    private double Land(int cell, double value)
    {
        if (cell >= grid.Cells) return value;
        next[Math.Max(cell, 0)] += value;
        return 0;
    }
}
