using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>The part of the M step that concerns the transitions out of one state: a multinomial logistic regression weighted by the probabilities of pairs.</summary>
/// <remarks>Only differences of weights matter; those of staying are held at 0, and the variables are the weights of leaving, state after state.</remarks>
internal sealed class TransitionObjective(int from, HiddenMarkovModel model, HiddenMarkovData data, Expectation expectation) : IObjective
{
    private readonly int states = model.StateCount;
    private readonly int inputs = model.TransitionInputs.Count + 1;

    public int VariableCount => (states - 1) * inputs;

    /// <summary>The variables of a model's weights.</summary>
    public double[] Pack(double[] weights)
    {
        double[] variables = new double[VariableCount];
        for (int i = 0; i < variables.Length; i++)
            variables[i] = weights[Position(Target(i / inputs), i % inputs)] - weights[Position(from, i % inputs)];
        return variables;
    }

    /// <summary>Writes variables into a model's weights.</summary>
    public void Unpack(double[] variables, double[] weights)
    {
        for (int input = 0; input < inputs; input++) weights[Position(from, input)] = 0;
        for (int i = 0; i < variables.Length; i++) weights[Position(Target(i / inputs), i % inputs)] = variables[i];
    }

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int size = VariableCount;
        double[] gradient = new double[size], logits = new double[states], row = new double[inputs];
        double[]? hessian = withCurvature ? new double[size * size] : null;
        double value = 0;
        row[0] = 1;
        foreach (BinSegment segment in data.Grid.Segments)
        {
            for (int bin = segment.FirstBin + 1; bin < segment.FirstBin + segment.BinCount; bin++)
            {
                ReadOnlySpan<double> pairs = expectation.Pairs.AsSpan(((bin * states) + from) * states, states);
                double weight = 0;
                foreach (double pair in pairs) weight += pair;
                if (weight == 0) continue;
                data.TransitionInputsAt(bin).CopyTo(row.AsSpan(1));
                logits[from] = 0;
                for (int k = 0; k < states - 1; k++) logits[Target(k)] = HiddenMarkovModel.Predictor(variables, k, row.AsSpan(1));
                double sum = ForwardBackward.LogSum(logits);
                for (int to = 0; to < states; to++)
                {
                    if (pairs[to] > 0) value -= pairs[to] * (logits[to] - sum);
                }

                for (int i = 0; i < size; i++)
                {
                    int to = Target(i / inputs);
                    double probability = Math.Exp(logits[to] - sum);
                    gradient[i] -= (pairs[to] - (weight * probability)) * row[i % inputs];
                    for (int j = 0; hessian is not null && j <= i; j++)
                    {
                        double other = Math.Exp(logits[Target(j / inputs)] - sum);
                        double curvature = (i / inputs == j / inputs ? probability : 0) - (probability * other);
                        hessian[(i * size) + j] += weight * curvature * row[i % inputs] * row[j % inputs];
                    }
                }
            }
        }

        return new Evaluation(value, gradient, hessian);
    }

    // The states other than the one that is left, in order.
    private int Target(int position) => position < from ? position : position + 1;

    private int Position(int to, int input) => (((from * states) + to) * inputs) + input;
}
