using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Tests.Fitting.Hawkes;

/// <summary>The objective of a target at any parameters, for tests of its derivatives.</summary>
internal sealed class HawkesEvaluation(Recording recording, double[] decays, HawkesBaseline? baseline = null)
{
    public Evaluation Of(int target, double[] variables) => With(target, likelihood => likelihood.Evaluate(variables, withCurvature: true, default));

    public DecayDerivatives ByDecays(int target, double[] variables) => With(target, likelihood =>
    {
        likelihood.Evaluate(variables, withCurvature: false, default);
        return likelihood.DifferentiateByDecays(variables);
    });

    private T With<T>(int target, Func<TargetLikelihood, T> use)
    {
        MarkedEvents events = MarkedEvents.Of(recording, recording.Units.Ids);
        DecayScan[] scans = Array.ConvertAll(decays, decay => new DecayScan(events, decay));
        using TargetDesign design = new(events, baseline ?? HawkesBaseline.Constant, scans, target, withDerivatives: true, threads: 2);
        using TargetLikelihood likelihood = new(design, Exposure.Of(events, baseline ?? HawkesBaseline.Constant, scans), threads: 2, withDecays: true);
        return use(likelihood);
    }
}
