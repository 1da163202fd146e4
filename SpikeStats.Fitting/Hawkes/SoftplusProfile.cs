using MathNet.Numerics;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The log-likelihood of a softplus process maximised over baselines and couplings, as a function of the decays.</summary>
/// <param name="events">The spikes.</param>
/// <param name="panels">Where the rate is evaluated to integrate it.</param>
/// <param name="link">The softplus.</param>
/// <param name="options">Tolerances and threads.</param>
/// <param name="cancellationToken">Cancels the maximisation.</param>
internal sealed class SoftplusProfile(
    MarkedEvents events, QuadraturePanels panels, SoftplusLink link, HawkesFitOptions options, CancellationToken cancellationToken)
{
    // In units of softness and mean rate: so far below zero the rate after a spike is nothing, and what is deeper looks the same.
    private const double CompleteSilence = 1e4;

    /// <summary>Evaluates the profile.</summary>
    /// <param name="decays">The decays.</param>
    /// <param name="withDerivatives">Whether derivatives by them are wanted.</param>
    /// <param name="near">A point nearby, at which the targets start; null to start without couplings.</param>
    /// <param name="tolerance">How far from its optimum each target may stay, in nats; the derivatives are corrected for it.</param>
    public ProfilePoint Evaluate(double[] decays, bool withDerivatives, ProfilePoint? near, double tolerance)
    {
        NewtonSettings settings = new() { Tolerance = tolerance, MaxIterations = options.MaxIterations };
        cancellationToken.ThrowIfCancellationRequested();
        SoftplusDesign design = new(events, decays, panels, withDerivatives);
        TargetEstimate[] targets = new TargetEstimate[events.UnitCount];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        int inner = targets.Length > 1 ? 1 : options.Threads;
        Parallel.For(0, targets.Length, parallel, target =>
        {
            SoftplusLikelihood likelihood = new(design, target, link, inner);
            double[] start = near?.Variables[target] ?? Uncoupled(target, likelihood.VariableCount);
            NewtonResult result = NewtonMethod.Minimize(likelihood, start, new bool[start.Length], settings, cancellationToken: cancellationToken);
            NonNegativeResult optimum = new(Silences(result.Point, target, decays) ? FitStatus.Separated : result.Status, result.Point, result.Evaluation, new bool[start.Length], result.Iterations, result.Decrement);
            targets[target] = new TargetEstimate(optimum, result.Factor, withDerivatives ? likelihood.DifferentiateByDecays(result.Point) : null);
        });
        return new ProfilePoint(decays, targets, held: null);
    }

    private bool Silences(double[] point, int target, double[] decays)
    {
        double deepest = -CompleteSilence * (link.Softness + (events.Counts[target] / events.Observed.Duration));
        return Enumerable.Range(0, point.Length - 1).Any(c => point[c] * decays[c / events.UnitCount] < deepest);
    }

    // Without couplings the best baseline is the drive of the mean rate: x = r + s log(1 - e^(-r/s)). A part of the recording may hold no spike of a unit.
    private double[] Uncoupled(int target, int variables)
    {
        double[] start = new double[variables];
        double rate = Math.Max(events.Counts[target], 0.5) / events.Observed.Duration;
        start[^1] = rate + (link.Softness * Math.Log(-Exponentials.MinusOne(-rate / link.Softness)));
        return start;
    }
}
