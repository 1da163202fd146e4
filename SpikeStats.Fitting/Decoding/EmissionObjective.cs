using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>The part of the M step that concerns the rate of one unit in some states: a Poisson regression weighted by the probabilities of the states.</summary>
/// <remarks>
/// With several states the variables are the weights of each state but those of the history, and then those of the history, which the states share.
/// </remarks>
internal sealed class EmissionObjective : IObjective
{
    private readonly int[] states;
    private readonly int unit;
    private readonly HiddenMarkovModel model;
    private readonly HiddenMarkovData data;
    private readonly Expectation expectation;
    private readonly int ownSize;

    public EmissionObjective(int[] states, int unit, HiddenMarkovModel model, HiddenMarkovData data, Expectation expectation)
    {
        this.states = states;
        this.unit = unit;
        this.model = model;
        this.data = data;
        this.expectation = expectation;

        // Weights that each state has for itself.
        ownSize = states.Length == 1 ? model.EmissionSize : 1 + model.EmissionInputs.Count;
        VariableCount = (states.Length * ownSize) + model.EmissionSize - ownSize;
    }

    public int VariableCount { get; }

    /// <summary>The variables of a model's weights.</summary>
    public double[] Pack(double[] weights)
    {
        double[] variables = new double[VariableCount];
        ForEach((variable, weight) => variables[variable] = weights[weight]);
        return variables;
    }

    /// <summary>Writes variables into a model's weights.</summary>
    public void Unpack(double[] variables, double[] weights) => ForEach((variable, weight) => weights[weight] = variables[variable]);

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int size = VariableCount, width = model.EmissionSize;
        double[] gradient = new double[size], row = new double[width], weights = new double[width];
        double[]? hessian = withCurvature ? new double[size * size] : null;
        double value = 0, offset = Math.Log(model.BinWidth);
        row[0] = 1;
        for (int place = 0; place < states.Length; place++)
        {
            int[] variableOf = [.. Enumerable.Range(0, width).Select(component => VariableOf(place, component))];
            for (int i = 0; i < width; i++) weights[i] = variables[variableOf[i]];
            for (int bin = 0; bin < data.Grid.BinCount; bin++)
            {
                double weight = expectation.Posterior[(bin * model.StateCount) + states[place]];
                if (weight == 0) continue;
                int count = data.Counts[unit][bin];
                data.EmissionInputsAt(unit, bin).CopyTo(row.AsSpan(1));
                double predictor = offset + HiddenMarkovModel.Predictor(weights, 0, row.AsSpan(1)), mean = Math.Exp(predictor);
                value -= weight * ((count == 0 ? 0 : count * predictor) - mean);
                for (int i = 0; i < width; i++)
                {
                    if (row[i] == 0) continue;
                    gradient[variableOf[i]] -= weight * (count - mean) * row[i];

                    // Variables ascend with components, so that this is the lower triangle.
                    for (int j = 0; hessian is not null && j <= i; j++) hessian[(variableOf[i] * size) + variableOf[j]] += weight * mean * row[i] * row[j];
                }
            }
        }

        return new Evaluation(value, gradient, hessian);
    }

    private int VariableOf(int place, int component) =>
        component < ownSize ? (place * ownSize) + component : (states.Length * ownSize) + component - ownSize;

    private void ForEach(Action<int, int> visit)
    {
        for (int place = 0; place < states.Length; place++)
        {
            for (int component = 0; component < model.EmissionSize; component++)
                visit(VariableOf(place, component), (((states[place] * model.Units.Count) + unit) * model.EmissionSize) + component);
        }
    }
}
