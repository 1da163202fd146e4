namespace SpikeStats.Models.Hawkes;

/// <summary>The drive of one unit followed through time: baseline plus one fading effect, of either sign, per exponential of the kernel.</summary>
internal ref struct SoftplusDrive
{
    // The rule on the whole and on its halves must agree to this; halves are then better by 2^16.
    private const double Tolerance = 1e-10;

    // Halving so often leaves a panel without length.
    private const int MaxDepth = 50;

    // e^-40 of an effect is nothing.
    private const double ForgottenExponent = 40;

    private readonly SoftplusHawkesModel model;
    private readonly SoftplusLink link;
    private readonly int target;
    private readonly double baseline;
    private readonly double[] effects, decays;
    private double time;

    /// <summary>Starts at the beginning of an observed interval.</summary>
    public SoftplusDrive(SoftplusHawkesModel model, int target, double start)
    {
        this.model = model;
        this.target = target;
        link = model.Link;
        baseline = model.Baselines[target];
        decays = [.. model.Decays];
        effects = new double[decays.Length];
        time = start;
    }

    /// <summary>log λ at the present instant.</summary>
    public readonly double LogRate => link.LogRate(After(0)).Value;

    /// <summary>Goes on to an instant up to which there is no spike.</summary>
    /// <returns>∫ λ since the last instant.</returns>
    public double Advance(double to)
    {
        double elapsed = to - time;
        if (!(elapsed > 0)) return 0;
        double integral = Integrate(elapsed);
        for (int u = 0; u < effects.Length; u++) effects[u] *= Math.Exp(-decays[u] * elapsed);
        time = to;
        return integral;
    }

    /// <summary>Adds the effect of a spike at the present instant.</summary>
    public readonly void Excite(int source)
    {
        for (int u = 0; u < effects.Length; u++) effects[u] += model.Branching(target, source, u) * decays[u];
    }

    // In panels that grow as the effects fade: a rule on the whole would overlook an effect that is over before its first point.
    private readonly double Integrate(double elapsed)
    {
        double forgotten = Array.TrueForAll(effects, effect => effect == 0) ? 0 : ForgottenExponent / decays.Min();
        double sum = 0, from = 0;
        for (double width = 1 / decays.Max(); from < elapsed && from < forgotten; width *= 2)
        {
            double to = Math.Min(from + width, elapsed);
            sum += Refine(from, to, Panel(from, to), MaxDepth);
            from = to;
        }

        return sum + (link.Rate(baseline) * (elapsed - from));
    }

    // Rates are positive, so that the relative error of the whole is no larger than that of the parts.
    private readonly double Refine(double from, double to, double whole, int depth)
    {
        double middle = 0.5 * (from + to), left = Panel(from, middle), right = Panel(middle, to);
        if (Math.Abs(left + right - whole) <= Tolerance * (left + right) || depth == 0) return left + right;
        return Refine(from, middle, left, depth - 1) + Refine(middle, to, right, depth - 1);
    }

    private readonly double Panel(double from, double to)
    {
        double sum = 0;
        for (int q = 0; q < GaussLegendre.Nodes.Length; q++) sum += GaussLegendre.Weights[q] * link.Rate(After(from + ((to - from) * GaussLegendre.Nodes[q])));
        return sum * (to - from);
    }

    private readonly double After(double elapsed)
    {
        double drive = baseline;
        for (int u = 0; u < effects.Length; u++) drive += effects[u] * Math.Exp(-decays[u] * elapsed);
        return drive;
    }
}
