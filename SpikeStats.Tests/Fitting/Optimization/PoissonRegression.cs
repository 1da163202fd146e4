using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Tests.Fitting.Optimization;

/// <summary>A Poisson regression with a dense design, written as the definition says.</summary>
internal sealed class PoissonRegression(double[][] columns, int[] counts) : IObjective
{
    public int VariableCount => columns.Length;

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        int size = columns.Length;
        double value = 0;
        double[] gradient = new double[size], hessian = new double[size * size];
        for (int row = 0; row < counts.Length; row++)
        {
            double predictor = 0;
            for (int i = 0; i < size; i++) predictor += columns[i][row] * variables[i];
            double mean = Math.Exp(predictor);
            value += mean - (counts[row] * predictor);
            for (int i = 0; i < size; i++)
            {
                gradient[i] += (mean - counts[row]) * columns[i][row];
                for (int j = 0; j <= i; j++) hessian[(i * size) + j] += mean * columns[i][row] * columns[j][row];
            }
        }

        return new Evaluation(value, gradient, hessian);
    }
}
