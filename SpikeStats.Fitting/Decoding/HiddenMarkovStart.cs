using SpikeStats.RandomStreams;

namespace SpikeStats.Fitting.Decoding;

/// <summary>One random start of expectation-maximisation, and where it led.</summary>
internal sealed record HiddenMarkovStart(HiddenMarkovModel Model, double LogLikelihood, double[] Increments, bool HasSettled)
{
    /// <summary>Iterates from random rates and transitions.</summary>
    public static HiddenMarkovStart Run(HiddenMarkovModel random, HiddenMarkovData data, HiddenMarkovFitOptions options, CancellationToken cancellationToken)
    {
        HiddenMarkovModel model = random;
        Expectation current = BaumWelch.Expect(model, data, withPairs: true, cancellationToken);
        List<double> increments = [];
        bool settled = false;
        while (!settled && increments.Count < options.MaxIterations)
        {
            HiddenMarkovModel next = BaumWelch.Maximize(model, data, current, cancellationToken);
            Expectation expectation = BaumWelch.Expect(next, data, withPairs: true, cancellationToken);
            double increment = expectation.LogLikelihood - current.LogLikelihood, rounding = 1e-13 * Math.Abs(current.LogLikelihood);
            (model, current) = (next, expectation);
            settled = increment <= rounding || (increments.Count > 0 && Remaining(increments[^1], increment) <= options.Tolerance);
            increments.Add(increment);
        }

        return new HiddenMarkovStart(model, current.LogLikelihood, [.. increments], settled);
    }

    /// <summary>Draws where to start: each state takes its rates from a random stretch of the recording, mixed with the mean rate; states last 20 bins.</summary>
    public static HiddenMarkovModel Draw(HiddenMarkovModel template, HiddenMarkovData data, ulong seed, int start)
    {
        const double Leaving = 0.05, MeanBins = 5;
        int states = template.StateCount, bins = data.Grid.BinCount, length = Math.Clamp(bins / (5 * states), 1, 50);
        RandomStream stream = new(seed, (uint)start);
        double[] emissions = new double[template.EmissionWeights.Length], transitions = new double[template.TransitionWeights.Length];
        int emissionSize = template.EmissionSize, transitionSize = template.TransitionInputs.Count + 1;
        for (int state = 0; state < states; state++)
        {
            int first = (int)(stream.NextDouble() * (bins - length + 1));
            for (int unit = 0; unit < template.Units.Count; unit++)
            {
                int[] counts = data.Counts[unit];
                double mean = (counts.Sum() + 0.5) / bins, spikes = MeanBins * mean;
                for (int bin = first; bin < first + length; bin++) spikes += counts[bin];
                emissions[((state * template.Units.Count) + unit) * emissionSize] = Math.Log(spikes / (MeanBins + length) / template.BinWidth);
            }

            for (int to = 0; to < states; to++)
                transitions[((state * states) + to) * transitionSize] = states == 1 ? 0 : Math.Log(to == state ? 1 - Leaving : Leaving / (states - 1));
        }

        return template.With([.. Enumerable.Repeat(1.0 / states, states)], transitions, emissions);
    }

    // The increments of EM shrink in a fixed ratio in the end; their sum is what is left.
    private static double Remaining(double before, double last) => last < before ? last * last / (before - last) : double.PositiveInfinity;
}
