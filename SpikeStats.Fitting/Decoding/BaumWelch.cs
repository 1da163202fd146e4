using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>The two steps of Baum and Welch for a <see cref="HiddenMarkovModel"/>.</summary>
/// <remarks>
/// Without inputs the M step has a closed form. With inputs it takes a few Newton iterations, none of which decreases its objective, so that the likelihood never
/// falls (generalised EM).
/// <para><b>Source:</b> Baum, Petrie, Soules and Weiss 1970; Dempster, Laird and Rubin 1977.</para>
/// </remarks>
internal static class BaumWelch
{
    private static readonly NewtonSettings innerSettings = new() { Tolerance = 1e-12, MaxIterations = 10 };

    public static Expectation Expect(HiddenMarkovModel model, HiddenMarkovData data, bool withPairs, CancellationToken cancellationToken)
    {
        int states = model.StateCount;
        double[] emissions = LogEmissions(model, data), posterior = new double[emissions.Length];
        double[] pairs = withPairs ? new double[(long)emissions.Length * states] : [];
        double[] logInitial = Array.ConvertAll(model.Initial.ToArray(), Math.Log);
        double logLikelihood = data.Constant;
        foreach (BinSegment segment in data.Grid.Segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ForwardBackward chain = ForwardBackward.Run(
                logInitial, Transitions(model, data, segment), emissions.AsSpan(segment.FirstBin * states, segment.BinCount * states), withPairs);
            logLikelihood += chain.LogLikelihood;
            chain.Posterior.CopyTo(posterior, segment.FirstBin * states);
            if (withPairs) chain.Pairs.CopyTo(pairs, (long)segment.FirstBin * states * states);
        }

        return new Expectation(logLikelihood, posterior, pairs);
    }

    public static (int[] Path, double LogProbability) MostProbablePath(HiddenMarkovModel model, HiddenMarkovData data)
    {
        int states = model.StateCount;
        double[] emissions = LogEmissions(model, data), logInitial = Array.ConvertAll(model.Initial.ToArray(), Math.Log);
        int[] path = new int[data.Grid.BinCount];
        double logProbability = data.Constant;
        foreach (BinSegment segment in data.Grid.Segments)
        {
            (int[] own, double part) = ForwardBackward.MostProbablePath(
                logInitial, Transitions(model, data, segment), emissions.AsSpan(segment.FirstBin * states, segment.BinCount * states));
            own.CopyTo(path, segment.FirstBin);
            logProbability += part;
        }

        return (path, logProbability);
    }

    /// <summary>The M step.</summary>
    public static HiddenMarkovModel Maximize(HiddenMarkovModel model, HiddenMarkovData data, Expectation expectation, CancellationToken cancellationToken)
    {
        int states = model.StateCount;
        double[] initial = new double[states];
        foreach (BinSegment segment in data.Grid.Segments)
        {
            for (int state = 0; state < states; state++) initial[state] += expectation.Posterior[(segment.FirstBin * states) + state] / data.Grid.Segments.Length;
        }

        double[] transitions = model.TransitionInputs.Count == 0 ? Transitions(model, expectation) : DrivenTransitions(model, data, expectation, cancellationToken);
        double[] emissions = model.EmissionSize == 1 ? Rates(model, data, expectation) : DrivenRates(model, data, expectation, cancellationToken);
        return model.With(initial, transitions, emissions);
    }

    /// <summary>The transitions into the bins of a run, counted from its first bin.</summary>
    public static Func<int, TransitionMatrix> Transitions(HiddenMarkovModel model, HiddenMarkovData data, BinSegment segment)
    {
        if (model.TransitionInputs.Count > 0) return step => model.TransitionOf(data.TransitionInputsAt(segment.FirstBin + step));
        TransitionMatrix constant = model.TransitionOf([]);
        return _ => constant;
    }

    /// <summary>Log probabilities of the counts of each bin in each state, without -log y!.</summary>
    public static double[] LogEmissions(HiddenMarkovModel model, HiddenMarkovData data)
    {
        int states = model.StateCount, bins = data.Grid.BinCount;
        double[] emissions = new double[(long)bins * states];
        double offset = Math.Log(model.BinWidth);
        for (int unit = 0; unit < model.Units.Count; unit++)
        {
            int[] counts = data.Counts[unit];
            for (int state = 0; state < states; state++)
            {
                int position = (state * model.Units.Count) + unit;
                double predictor = offset + HiddenMarkovModel.Predictor(model.EmissionWeights, position, new double[model.EmissionSize - 1]), mean = Math.Exp(predictor);
                for (int bin = 0; bin < bins; bin++)
                {
                    if (model.EmissionSize > 1)
                    {
                        predictor = offset + HiddenMarkovModel.Predictor(model.EmissionWeights, position, data.EmissionInputsAt(unit, bin));
                        mean = Math.Exp(predictor);
                    }

                    // 0 · (-∞) = 0: a state in which the unit is silent costs nothing when it is.
                    emissions[(bin * states) + state] += (counts[bin] == 0 ? 0 : counts[bin] * predictor) - mean;
                }
            }
        }

        return emissions;
    }

    private static double[] Transitions(HiddenMarkovModel model, Expectation expectation)
    {
        int states = model.StateCount, size = states * states;
        double[] sums = new double[size];
        for (int i = 0; i < expectation.Pairs.Length; i++) sums[i % size] += expectation.Pairs[i];
        double[] weights = new double[size];
        for (int from = 0; from < states; from++)
        {
            double total = 0;
            for (int to = 0; to < states; to++) total += sums[(from * states) + to];
            for (int to = 0; to < states; to++)
                weights[(from * states) + to] = total > 0 ? Math.Log(sums[(from * states) + to] / total) : model.TransitionWeights[(from * states) + to];
        }

        return weights;
    }

    private static double[] Rates(HiddenMarkovModel model, HiddenMarkovData data, Expectation expectation)
    {
        int states = model.StateCount;
        double[] weights = (double[])model.EmissionWeights.Clone();
        for (int state = 0; state < states; state++)
        {
            double time = 0;
            for (int bin = 0; bin < data.Grid.BinCount; bin++) time += expectation.Posterior[(bin * states) + state] * model.BinWidth;
            for (int unit = 0; unit < model.Units.Count && time > 0; unit++)
            {
                int[] counts = data.Counts[unit];
                double spikes = 0;
                for (int bin = 0; bin < counts.Length; bin++)
                {
                    if (counts[bin] != 0) spikes += expectation.Posterior[(bin * states) + state] * counts[bin];
                }

                weights[(state * model.Units.Count) + unit] = Math.Log(spikes / time);
            }
        }

        return weights;
    }

    private static double[] DrivenTransitions(HiddenMarkovModel model, HiddenMarkovData data, Expectation expectation, CancellationToken cancellationToken)
    {
        double[] weights = (double[])model.TransitionWeights.Clone();
        for (int from = 0; from < model.StateCount; from++)
        {
            TransitionObjective objective = new(from, model, data, expectation);
            double[] point = NewtonMethod.Minimize(
                objective, objective.Pack(weights), new bool[objective.VariableCount], innerSettings, cancellationToken: cancellationToken).Point;
            objective.Unpack(point, weights);
        }

        return weights;
    }

    private static double[] DrivenRates(HiddenMarkovModel model, HiddenMarkovData data, Expectation expectation, CancellationToken cancellationToken)
    {
        double[] weights = (double[])model.EmissionWeights.Clone();
        int[] states = [.. Enumerable.Range(0, model.StateCount)];
        bool isJoint = model.History is not null && model.IsHistoryShared;
        for (int unit = 0; unit < model.Units.Count; unit++)
        {
            // A filter that all states share makes one regression of those of the states.
            foreach (int[] group in isJoint ? [states] : states.Select(state => new[] { state }))
            {
                EmissionObjective objective = new(group, unit, model, data, expectation);
                double[] point = NewtonMethod.Minimize(
                    objective, objective.Pack(weights), new bool[objective.VariableCount], innerSettings, cancellationToken: cancellationToken).Point;
                objective.Unpack(point, weights);
            }
        }

        return weights;
    }
}
