using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Hawkes;

/// <summary>The intensity of one unit followed through time: baseline plus one decaying excitation per exponential of the kernel.</summary>
internal ref struct ExcitedIntensity
{
    private readonly HawkesModel model;
    private readonly int target;
    private readonly double[] excitation;
    private BaselineCursor baseline;
    private double time;

    /// <summary>Starts at the beginning of an observed interval.</summary>
    public ExcitedIntensity(HawkesModel model, int target, double start)
    {
        this.model = model;
        this.target = target;
        time = start;
        baseline = new BaselineCursor(model.Baseline, start);
        excitation = new double[model.Decays.Count];
        for (int u = 0; u < excitation.Length; u++) excitation[u] = model.InitialExcitationOf(target, u);
    }

    /// <summary>Goes on to an instant up to which there is no spike.</summary>
    /// <returns>∫ λ since the last instant.</returns>
    public double Advance(double to)
    {
        double elapsed = to - time, integral = Baseline(to);
        for (int u = 0; u < excitation.Length; u++)
        {
            double decay = model.Decays[u], gone = Exponentials.OneMinusExp(decay * elapsed);
            integral += excitation[u] * gone / decay;
            excitation[u] -= excitation[u] * gone;
        }

        time = to;
        return integral;
    }

    /// <summary>Adds the excitation by a spike at the present instant.</summary>
    public readonly void Excite(int source)
    {
        for (int u = 0; u < excitation.Length; u++) excitation[u] += model.Branching(target, source, u) * model.Decays[u];
    }

    private double Baseline(double to)
    {
        double integral = 0, from = time;
        baseline.MoveTo(from);
        while (baseline.Until < to)
        {
            integral += model.Level(target, baseline.Piece) * (baseline.Until - from);
            from = baseline.Until;
            baseline.MoveTo(from);
        }

        return integral + (model.Level(target, baseline.Piece) * (to - from));
    }
}
