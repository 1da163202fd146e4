using System.Numerics.Tensors;

namespace SpikeStats.Fitting.Decoding;

/// <summary>Inference in a hidden Markov chain over one uninterrupted run of steps, in the logarithmic domain.</summary>
/// <remarks>
/// Sums over states are taken of exponentials relative to the largest term; where such a sum underflows although its logarithm is an ordinary
/// number, it is taken again term by term in the logarithm. Emissions may therefore differ by thousands of nats between states.
/// <para><b>Source:</b> Rabiner, Proceedings of the IEEE 77 (1989) 257-286. <b>Cost:</b> O(steps × states²).</para>
/// </remarks>
internal sealed class ForwardBackward
{
    private const double Underflow = 1e-250;

    private ForwardBackward(double logLikelihood, double[] filtered, double[] posterior, double[] pairs)
    {
        LogLikelihood = logLikelihood;
        Filtered = filtered;
        Posterior = posterior;
        Pairs = pairs;
    }

    public double LogLikelihood { get; }

    /// <summary>P(state of step t | observations up to t), step after step.</summary>
    public double[] Filtered { get; }

    /// <summary>P(state of step t | all observations), step after step.</summary>
    public double[] Posterior { get; }

    /// <summary>P(states of steps t - 1 and t | all observations), a matrix per step, the first one zero; empty if not asked for.</summary>
    public double[] Pairs { get; }

    /// <summary>Runs both passes.</summary>
    /// <param name="logInitial">Log probability of each state at the first step.</param>
    /// <param name="into">The transition from step t - 1 into step t.</param>
    /// <param name="logEmissions">Log probability of each step's observation given each state, step after step.</param>
    /// <param name="withPairs">Whether to keep the probabilities of pairs of states.</param>
    public static ForwardBackward Run(ReadOnlySpan<double> logInitial, Func<int, TransitionMatrix> into, ReadOnlySpan<double> logEmissions, bool withPairs = false)
    {
        int states = logInitial.Length, steps = logEmissions.Length / states;
        double[] filtered = new double[logEmissions.Length], posterior = new double[filtered.Length];
        double[] pairs = withPairs ? new double[filtered.Length * states] : [];
        double[] scratch = new double[2 * states];
        double logLikelihood = 0;
        for (int step = 0; step < steps; step++)
        {
            Span<double> current = filtered.AsSpan(step * states, states);
            if (step == 0) logInitial.CopyTo(current);
            else Forward(filtered.AsSpan((step - 1) * states, states), into(step), current, scratch);
            TensorPrimitives.Add(current, logEmissions.Slice(step * states, states), current);
            double evidence = LogSum(current);
            if (double.IsNegativeInfinity(evidence)) return Impossible(filtered, posterior, pairs);
            logLikelihood += evidence;
            TensorPrimitives.Subtract(current, evidence, current);
        }

        // The message from the future to the state of the present step, in logarithms, up to a constant.
        double[] message = new double[states], joint = new double[states];
        for (int step = steps - 1; step >= 0; step--)
        {
            Span<double> own = posterior.AsSpan(step * states, states);
            ReadOnlySpan<double> past = filtered.AsSpan(step * states, states);
            TensorPrimitives.Add<double>(past, message, own);
            TensorPrimitives.Subtract(own, LogSum(own), own);
            if (step == 0) break;
            TransitionMatrix transition = into(step);
            TensorPrimitives.Add(logEmissions.Slice(step * states, states), message, joint);
            if (withPairs) Pair(filtered.AsSpan((step - 1) * states, states), transition, joint, pairs.AsSpan(step * states * states, states * states));
            Backward(joint, transition, message, scratch);
            double largest = TensorPrimitives.Max<double>(message);
            TensorPrimitives.Subtract(message, largest, message);
        }

        TensorPrimitives.Exp(filtered, filtered);
        TensorPrimitives.Exp(posterior, posterior);
        return new ForwardBackward(logLikelihood, filtered, posterior, pairs);
    }

    /// <summary>The most probable path of states (Viterbi 1967) and its log probability together with the observations.</summary>
    public static (int[] Path, double LogProbability) MostProbablePath(
        ReadOnlySpan<double> logInitial, Func<int, TransitionMatrix> into, ReadOnlySpan<double> logEmissions)
    {
        int states = logInitial.Length, steps = logEmissions.Length / states;
        if (steps == 0) return ([], 0);
        int[] origin = new int[logEmissions.Length];
        double[] best = logInitial.ToArray(), next = new double[states];
        TensorPrimitives.Add(best, logEmissions[..states], best);
        for (int step = 1; step < steps; step++)
        {
            double[] transition = into(step).Logarithms;
            for (int to = 0; to < states; to++)
            {
                int from = 0;
                for (int candidate = 1; candidate < states; candidate++)
                {
                    if (best[candidate] + transition[(candidate * states) + to] > best[from] + transition[(from * states) + to]) from = candidate;
                }

                origin[(step * states) + to] = from;
                next[to] = best[from] + transition[(from * states) + to] + logEmissions[(step * states) + to];
            }

            (best, next) = (next, best);
        }

        int[] path = new int[steps];
        path[^1] = TensorPrimitives.IndexOfMax<double>(best);
        for (int step = steps - 1; step > 0; step--) path[step - 1] = origin[(step * states) + path[step]];
        return (path, best[path[^1]]);
    }

    /// <summary>log Σ exp(x); negative infinity if all are.</summary>
    public static double LogSum(ReadOnlySpan<double> logarithms)
    {
        double largest = TensorPrimitives.Max(logarithms);
        if (!double.IsFinite(largest)) return largest;
        double sum = 0;
        foreach (double value in logarithms) sum += Math.Exp(value - largest);
        return largest + Math.Log(sum);
    }

    // No path of states explains the observations, so that nothing can be said about the states.
    private static ForwardBackward Impossible(double[] filtered, double[] posterior, double[] pairs)
    {
        foreach (double[] values in (double[][])[filtered, posterior, pairs]) Array.Fill(values, double.NaN);
        return new ForwardBackward(double.NegativeInfinity, filtered, posterior, pairs);
    }

    private static void Forward(ReadOnlySpan<double> from, TransitionMatrix transition, Span<double> to, double[] scratch)
    {
        int states = from.Length;
        Span<double> weights = scratch.AsSpan(0, states);
        double largest = Exponentiate(from, weights);
        to.Clear();
        for (int i = 0; i < states; i++) TensorPrimitives.MultiplyAdd(transition.Probabilities.AsSpan(i * states, states), weights[i], to, to);
        Span<double> terms = scratch.AsSpan(states, states);
        for (int j = 0; j < states; j++)
        {
            if (to[j] > Underflow)
            {
                to[j] = largest + Math.Log(to[j]);
                continue;
            }

            for (int i = 0; i < states; i++) terms[i] = from[i] + transition.Logarithms[(i * states) + j];
            to[j] = LogSum(terms);
        }
    }

    private static void Backward(ReadOnlySpan<double> from, TransitionMatrix transition, Span<double> to, double[] scratch)
    {
        int states = from.Length;
        Span<double> weights = scratch.AsSpan(0, states);
        double largest = Exponentiate(from, weights);
        Span<double> terms = scratch.AsSpan(states, states);
        for (int i = 0; i < states; i++)
        {
            double sum = TensorPrimitives.Dot<double>(transition.Probabilities.AsSpan(i * states, states), weights);
            if (sum > Underflow)
            {
                to[i] = largest + Math.Log(sum);
                continue;
            }

            TensorPrimitives.Add(from, transition.Logarithms.AsSpan(i * states, states), terms);
            to[i] = LogSum(terms);
        }
    }

    private static double Exponentiate(ReadOnlySpan<double> logarithms, Span<double> weights)
    {
        double largest = TensorPrimitives.Max(logarithms);
        TensorPrimitives.Subtract(logarithms, largest, weights);
        TensorPrimitives.Exp(weights, weights);
        return largest;
    }

    private static void Pair(ReadOnlySpan<double> past, TransitionMatrix transition, ReadOnlySpan<double> future, Span<double> pair)
    {
        int states = past.Length;
        for (int i = 0; i < states; i++)
        {
            for (int j = 0; j < states; j++) pair[(i * states) + j] = past[i] + transition.Logarithms[(i * states) + j] + future[j];
        }

        TensorPrimitives.Subtract(pair, LogSum(pair), pair);
        TensorPrimitives.Exp(pair, pair);
    }
}
