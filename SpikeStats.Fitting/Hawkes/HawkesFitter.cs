using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Runs the optimisation and puts the result together.</summary>
internal static class HawkesFitter
{
    public static HawkesFit Fit(
        HawkesSpecification specification, MarkedEvents events, HawkesFitOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (specification.Kernel.IsPowerLaw) return PowerLawFitter.Fit(specification, events, options, progress, cancellationToken);
        DecayProfile profile = new(specification.Baseline, specification.SpectralRadiusLimit, options, cancellationToken);
        ProfileAscentResult? ascent = null;
        ProfilePoint point;
        if (specification.Kernel.IsFree)
        {
            ascent = new DecaySearch(events, specification.Kernel.ExponentialCount, profile, options).Run(progress);
            point = ascent.Point;
        }
        else
        {
            int done = 0;
            point = profile.Evaluate(
                events, [.. specification.Kernel.Decays], withDerivatives: false, near: null, options.Tolerance,
                () => progress?.Report((double)Interlocked.Increment(ref done) / events.UnitCount));
        }

        HawkesModel model = ModelOf(specification, point, ascent is null ? 0 : point.Decays.Length);
        HawkesInference inference = new(point, ascent is { IsIdentified: true } ? HawkesInference.CovarianceOfDecays(point) : null);
        HawkesParameter[] parameters = [
            .. HawkesParameterList.OfTargets(specification.Units, point.Decays.Length, point.Targets, inference),
            .. ascent is null ? [] : HawkesParameterList.OfDecays(point.Decays, inference)];
        IEnumerable<string> remarks = [
            .. HawkesSentences.OfScarcity(specification.Units, events.Counts, point.Targets),
            .. HawkesSentences.OfRadius(model.SpectralRadius, "fit shorter stretches, or a baseline that varies")];
        FitCertificate certificate = new HawkesDiagnosis(parameters, point, ascent, (decay, limit) => WhatRanAway(parameters[^point.Decays.Length..][decay].Name, limit)).Certify(remarks);
        return new HawkesFit(specification, model, parameters, certificate, inference)
        {
            LogLikelihood = point.LogLikelihood,
            NullLogLikelihood = events.Counts.Sum(count => (count * Math.Log(count / events.Observed.Duration)) - count),
            SpikeCount = events.Count,
        };
    }

    private static HawkesModel ModelOf(HawkesSpecification specification, ProfilePoint point, int freeDecays)
    {
        int units = specification.Units.Count, decays = point.Decays.Length;
        double[,,] branching = new double[units, units, decays];
        double[,] levels = new double[units, specification.Baseline.PieceCount];
        for (int i = 0; i < units; i++)
        {
            double[] variables = point.Targets[i].Result.Point;
            for (int piece = 0; piece < levels.GetLength(1); piece++) levels[i, piece] = variables[(units * decays) + piece];
            for (int c = 0; c < units * decays; c++) branching[i, c % units, c / units] = variables[c];
        }

        return new HawkesModel(specification.Units, specification.Baseline, levels, point.Decays, branching) { ParameterCount = levels.Length + branching.Length + freeDecays };
    }

    private static string WhatRanAway(string decay, Limit limit) => limit == Limit.Low
        ? $"The decay {decay} runs to zero: the excitation outlasts the recording and cannot be told from a drifting baseline. Give the decay, fit shorter stretches, or a baseline that varies."
        : $"The decay {decay} runs to infinity: the excitation is over before the next spike. Give the decay, or look for spikes that were detected twice.";
}
