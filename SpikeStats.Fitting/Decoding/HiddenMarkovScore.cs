namespace SpikeStats.Fitting.Decoding;

/// <summary>The free parameters of a hidden Markov model as one vector, and the gradient of the log-likelihood in them.</summary>
/// <remarks>
/// Fisher's identity: the gradient of the log-likelihood is that of the M step's objective at the same point, so that one E step gives it exactly. Weights of
/// staying are the zero of the logits; parameters at -∞ stay there.
/// </remarks>
internal static class HiddenMarkovScore
{
    // A state that is always left at once has a log probability of staying of -∞, which cannot be the zero of a scale.
    private const double Never = -700;

    /// <summary>Emission weights, then weights of transitions relative to staying, by state that is left.</summary>
    public static double[] Pack(HiddenMarkovModel model)
    {
        int states = model.StateCount, inputs = model.TransitionInputs.Count + 1;
        List<double> parameters = [.. model.EmissionWeights];
        for (int from = 0; from < states; from++)
        {
            for (int to = 0; to < states; to++)
            {
                for (int input = 0; to != from && input < inputs; input++)
                    parameters.Add(model.TransitionWeights[(((from * states) + to) * inputs) + input] - Math.Max(Never, model.TransitionWeights[(((from * states) + from) * inputs) + input]));
            }
        }

        return [.. parameters];
    }

    public static HiddenMarkovModel Unpack(HiddenMarkovModel model, double[] parameters)
    {
        int states = model.StateCount, inputs = model.TransitionInputs.Count + 1, next = model.EmissionWeights.Length;
        double[] transitions = new double[model.TransitionWeights.Length];
        for (int from = 0; from < states; from++)
        {
            for (int to = 0; to < states; to++)
            {
                for (int input = 0; to != from && input < inputs; input++) transitions[(((from * states) + to) * inputs) + input] = parameters[next++];
            }
        }

        return new HiddenMarkovModel(
            model.Units, model.BinWidth, model.TransitionInputs, model.EmissionInputs, model.Initial.ToArray(), transitions, parameters[..model.EmissionWeights.Length]);
    }

    public static string[] Names(HiddenMarkovModel model)
    {
        string Suffix(IReadOnlyList<string> inputs, int input) => input == 0 ? "" : $", {inputs[input - 1]}";
        List<string> names = [];
        for (int state = 0; state < model.StateCount; state++)
        {
            foreach (string unit in model.Units)
            {
                for (int input = 0; input <= model.EmissionInputs.Count; input++) names.Add($"log rate: state {state}, unit {unit}{Suffix(model.EmissionInputs, input)}");
            }
        }

        for (int from = 0; from < model.StateCount; from++)
        {
            for (int to = 0; to < model.StateCount; to++)
            {
                for (int input = 0; to != from && input <= model.TransitionInputs.Count; input++) names.Add($"logit: state {from} to {to}{Suffix(model.TransitionInputs, input)}");
            }
        }

        return [.. names];
    }

    /// <summary>The log-likelihood and its gradient; components at -∞ are 0.</summary>
    public static (double LogLikelihood, double[] Gradient) Of(HiddenMarkovModel model, HiddenMarkovData data, CancellationToken cancellationToken)
    {
        Expectation expectation = BaumWelch.Expect(model, data, withPairs: true, cancellationToken);
        double[] parameters = Pack(model), gradient = new double[parameters.Length];
        int next = 0, size = model.EmissionInputs.Count + 1;
        for (int position = 0; position < model.StateCount * model.Units.Count; position++, next += size)
        {
            if (double.IsNegativeInfinity(parameters[next])) continue;
            EmissionObjective objective = new(position / model.Units.Count, position % model.Units.Count, model, data, expectation);
            objective.Evaluate(parameters[next..(next + size)], withCurvature: false, cancellationToken).Gradient.CopyTo(gradient, next);
        }

        for (int from = 0; from < model.StateCount; from++)
        {
            TransitionObjective objective = new(from, model, data, expectation);
            double[] own = parameters[next..(next + objective.VariableCount)];
            objective.Evaluate(own, withCurvature: false, cancellationToken).Gradient.CopyTo(gradient, next);
            next += objective.VariableCount;
        }

        for (int i = 0; i < gradient.Length; i++) gradient[i] = double.IsFinite(parameters[i]) ? -gradient[i] : 0;
        return (expectation.LogLikelihood, gradient);
    }
}
