using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;

namespace SpikeStats.Tests.Models.FokkerPlanck;

public sealed class ReturningTridiagonalTests
{
    [Theory]
    [InlineData(20, 10, 1e-2, 1)]
    [InlineData(20, 16.3, 1, 0.7)]
    [InlineData(21, -9, 10, 1)]
    [InlineData(40, 10, 1e3, 0)]
    [InlineData(400, 10, 0.2, 1)]
    [InlineData(400, 3, 50, 0.5)]
    public void Solve_RandomRates_IsThatOfTheDenseMatrix(int cells, double reset, double size, double returning)
    {
        LeakyIntegrateAndFire neuron = new() { Threshold = 20, Reset = reset };
        VoltageGrid grid = new(neuron, cells, -10.1);
        Random random = new(1);
        double[] up = [.. Enumerable.Range(0, cells + 1).Select(_ => size * random.NextDouble())], down = [.. Enumerable.Range(0, cells + 1).Select(_ => size * random.NextDouble())];
        up[0] = down[0] = down[cells] = 0;
        double[] right = [.. Enumerable.Range(0, cells).Select(_ => random.NextDouble())];
        Matrix<double> dense = Matrix<double>.Build.DenseIdentity(cells);
        for (int i = 0; i < cells; i++)
        {
            dense[i, i] += down[i] + up[i + 1];
            if (i > 0) dense[i, i - 1] -= up[i];
            if (i < cells - 1) dense[i, i + 1] -= down[i + 1];
        }

        dense[grid.ResetCell, cells - 1] -= returning * up[cells] * grid.ResetShare;
        dense[grid.ResetCell + 1, cells - 1] -= returning * up[cells] * (1 - grid.ResetShare);
        Vector<double> expected = dense.Solve(Vector<double>.Build.DenseOfArray(right));

        ReturningTridiagonal matrix = new(grid);
        matrix.Factor(up, down, returning);
        matrix.Solve(right);

        Assert.Equal(0, (Vector<double>.Build.DenseOfArray(right) - expected).InfinityNorm() / expected.InfinityNorm(), 1e-12);
    }
}
