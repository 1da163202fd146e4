using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>The part of the M step that concerns the rate of one unit in one state: a Poisson regression weighted by the probability of the state.</summary>
internal sealed class EmissionObjective(int state, int unit, HiddenMarkovModel model, HiddenMarkovData data, Expectation expectation) : IObjective
{
    public int VariableCount => model.EmissionInputs.Count + 1;

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int size = VariableCount;
        double[] gradient = new double[size], row = new double[size];
        double[]? hessian = withCurvature ? new double[size * size] : null;
        double value = 0, offset = Math.Log(model.BinWidth);
        row[0] = 1;
        for (int bin = 0; bin < data.Grid.BinCount; bin++)
        {
            double weight = expectation.Posterior[(bin * model.StateCount) + state];
            if (weight == 0) continue;
            int count = data.Counts[unit][bin];
            data.EmissionInputsAt(bin).CopyTo(row.AsSpan(1));
            double predictor = offset + HiddenMarkovModel.Predictor(variables, 0, row.AsSpan(1)), mean = Math.Exp(predictor);
            value -= weight * ((count == 0 ? 0 : count * predictor) - mean);
            for (int i = 0; i < size; i++)
            {
                gradient[i] -= weight * (count - mean) * row[i];
                for (int j = 0; hessian is not null && j <= i; j++) hessian[(i * size) + j] += weight * mean * row[i] * row[j];
            }
        }

        return new Evaluation(value, gradient, hessian);
    }
}
