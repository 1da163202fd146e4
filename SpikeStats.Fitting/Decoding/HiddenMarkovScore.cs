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

    /// <summary>Emission weights by state and unit, the weights of shared histories by unit, then weights of transitions relative to staying, by state that is left.</summary>
    public static double[] Pack(HiddenMarkovModel model)
    {
        int states = model.StateCount, inputs = model.TransitionInputs.Count + 1;
        int[] places = Places(model);
        List<double> parameters = [.. new double[EmissionCount(model)]];
        for (int i = 0; i < places.Length; i++) parameters[places[i]] = model.EmissionWeights[i];
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
        int states = model.StateCount, inputs = model.TransitionInputs.Count + 1, next = EmissionCount(model);
        double[] transitions = new double[model.TransitionWeights.Length];
        for (int from = 0; from < states; from++)
        {
            for (int to = 0; to < states; to++)
            {
                for (int input = 0; to != from && input < inputs; input++) transitions[(((from * states) + to) * inputs) + input] = parameters[next++];
            }
        }

        return model.With(model.Initial.ToArray(), transitions, Array.ConvertAll(Places(model), place => parameters[place]));
    }

    public static string[] Names(HiddenMarkovModel model)
    {
        int size = model.EmissionSize, inputs = model.EmissionInputs.Count;
        string[] emissions = new string[EmissionCount(model)];
        int[] places = Places(model);
        for (int i = 0; i < places.Length; i++)
        {
            int component = i % size, state = i / size / model.Units.Count;
            string unit = model.Units[i / size % model.Units.Count];
            emissions[places[i]] = component == 0 ? $"log rate: state {state}, unit {unit}"
                : component <= inputs ? $"log rate: state {state}, unit {unit}, {model.EmissionInputs[component - 1]}"
                : model.IsHistoryShared ? $"history: unit {unit}, function {component - inputs}" : $"history: state {state}, unit {unit}, function {component - inputs}";
        }

        List<string> names = [.. emissions];
        for (int from = 0; from < model.StateCount; from++)
        {
            for (int to = 0; to < model.StateCount; to++)
            {
                for (int input = 0; to != from && input <= model.TransitionInputs.Count; input++)
                    names.Add(input == 0 ? $"logit: state {from} to {to}" : $"logit: state {from} to {to}, {model.TransitionInputs[input - 1]}");
            }
        }

        return [.. names];
    }

    /// <summary>The number of parameters that concern rates.</summary>
    public static int EmissionCount(HiddenMarkovModel model) => Places(model).Max() + 1;

    /// <summary>The position among the parameters of each emission weight; weights of a shared history have the same one in all states.</summary>
    public static int[] Places(HiddenMarkovModel model)
    {
        int size = model.EmissionSize, own = model.IsHistoryShared ? 1 + model.EmissionInputs.Count : size, units = model.Units.Count;
        return [.. Enumerable.Range(0, model.EmissionWeights.Length).Select(i =>
            i % size < own ? (i / size * own) + (i % size) : (model.StateCount * units * own) + (i / size % units * (size - own)) + (i % size) - own)];
    }

    /// <summary>The log-likelihood and its gradient; components at -∞ are 0.</summary>
    public static (double LogLikelihood, double[] Gradient) Of(HiddenMarkovModel model, HiddenMarkovData data, CancellationToken cancellationToken)
    {
        Expectation expectation = BaumWelch.Expect(model, data, withPairs: true, cancellationToken);
        double[] parameters = Pack(model), gradient = new double[parameters.Length];
        int[] places = Places(model);
        int size = model.EmissionSize, next = EmissionCount(model);
        for (int position = 0; position < model.StateCount * model.Units.Count; position++)
        {
            if (double.IsNegativeInfinity(model.EmissionWeights[position * size])) continue;
            EmissionObjective objective = new([position / model.Units.Count], position % model.Units.Count, model, data, expectation);
            double[] slope = objective.Evaluate(objective.Pack(model.EmissionWeights), withCurvature: false, cancellationToken).Gradient;
            for (int i = 0; i < size; i++) gradient[places[(position * size) + i]] += slope[i];
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
