using System.Globalization;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Stability;

/// <summary>Fits one specification under ever stronger constraints on its history, each fit starting from the one before.</summary>
internal sealed class ConstrainedFitter
{
    private readonly GlmLayout layout;
    private readonly double[,] penalty;
    private readonly bool[] separated;
    private readonly GlmObjective objective;
    private readonly HistoryExcess excess;
    private readonly GlmFitOptions options;
    private readonly GlmFit original;
    private double[] start;

    public ConstrainedFitter(GlmFit original, Recording recording, GlmFitOptions options)
    {
        this.original = original;
        this.options = options;
        layout = GlmLayout.Of(original.Specification with { Observation = original.Model.Observation }, recording);
        penalty = layout.Penalty();
        separated = layout.SeparatedColumns();
        objective = new GlmObjective(layout.Design, penalty, [.. Enumerable.Range(0, separated.Length).Where(column => separated[column])], options.Threads);
        excess = new HistoryExcess(layout, separated);
        start = [.. original.Coefficients.Select(value => double.IsFinite(value) ? value : 0)];
    }

    /// <summary>Whether there is a history filter to constrain.</summary>
    public bool HasHistory => !excess.IsEmpty;

    /// <summary>The fit for a multiplier, in nats per second, and its integral of e^h - 1, in seconds.</summary>
    public (GlmFit Fit, double Excess) Fit(double multiplier, CancellationToken cancellationToken)
    {
        NewtonResult result = NewtonMethod.Minimize(
            new StabilityLagrangian(objective, excess, multiplier), start, separated,
            new NewtonSettings { Tolerance = options.Tolerance, MaxIterations = options.MaxIterations }, cancellationToken: cancellationToken);
        start = result.Point;
        (double value, double[] slope, double[] curvature) = excess.At(result.Point);
        double plain = objective.Evaluate(result.Point, withCurvature: false, cancellationToken).Value;
        NewtonResult reported = result with { Evaluation = result.Evaluation with { Value = plain } };
        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"The history filter is held stable: the bound of {value:G4} s on the integral of e^h - 1 is active, with a multiplier of {multiplier:G3} nats per second. Standard errors are conditional on it.");
        return (GlmInference.ReportConstrained(layout, penalty, separated, reported, slope, Array.ConvertAll(curvature, entry => multiplier * entry), note), value);
    }
}
