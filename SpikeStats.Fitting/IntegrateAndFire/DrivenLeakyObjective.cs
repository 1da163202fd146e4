using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.FirstPassage;

namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>Minus the log-likelihood of waits under a drive, as a function of α = (θ - μ₀)/σ, β = -g/σ and γ = (θ - V_r)/σ.</summary>
/// <remarks>Where it is not convex, far from the optimum, the products of slopes stand in for the curvature.</remarks>
internal sealed class DrivenLeakyObjective(DrivenSolver solver, PassageWait[] waits) : IObjective
{
    private const double RankTolerance = 1e-10;

    // Where the curvature of two coefficients stands among the derivatives of a passage.
    private static readonly int[,] second = { { 4, 5, 7 }, { 5, 6, 8 }, { 7, 8, 9 } };

    public int VariableCount => 3;

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        double[] gradient = new double[3], hessian = new double[9], products = new double[9];
        if (!(variables[2] > 0) || !variables.All(double.IsFinite)) return new Evaluation(double.PositiveInfinity, gradient, hessian);
        DrivenCoefficients at = new(variables[0], variables[1], variables[2]);
        double[][] terms = new double[waits.Length][];
        Parallel.For(0, waits.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => terms[i] = Term(at, waits[i]));

        double value = 0;
        foreach (double[] term in terms)
        {
            value -= term[0];
            for (int i = 0; i < 3; i++)
            {
                gradient[i] -= term[1 + i];
                for (int j = 0; j <= i; j++)
                {
                    hessian[(i * 3) + j] -= term[second[i, j]];
                    products[(i * 3) + j] += term[1 + i] * term[1 + j];
                }
            }
        }

        if (!double.IsFinite(value)) return new Evaluation(double.PositiveInfinity, gradient, hessian);
        bool isConvex = CholeskyFactor.Of(hessian, 3, RankTolerance, [false, false, false]).Rank == 3;
        return new Evaluation(value, gradient, isConvex ? hessian : products);
    }

    /// <summary>Minus the log-likelihood, in a third of the time that its derivatives take.</summary>
    public double Value(double[] variables)
    {
        DrivenCoefficients at = new(variables[0], variables[1], variables[2]);
        double[] terms = new double[waits.Length];
        Parallel.For(0, waits.Length, i => terms[i] = solver.LogLikelihood(at, waits[i]));
        return -terms.Sum();
    }

    // The logarithm of the density or of the survivor, with its derivatives in the order of those of a passage.
    private double[] Term(DrivenCoefficients at, PassageWait wait)
    {
        double[] term = new double[DrivenKernel.Orders];
        if (wait.Duration <= 0) return term;
        DrivenPassage passage = solver.Solve(at, wait, withDerivatives: true);
        double value = wait.IsOpen ? 1 - passage.Fired() : passage.Density();
        term[0] = wait.IsOpen ? -passage.Hazard : Math.Log(value / solver.TimeConstant);
        if (!(value > 0))
        {
            term[0] = double.NegativeInfinity;
            return term;
        }

        for (int k = 1; k < term.Length; k++) term[k] = (wait.IsOpen ? -passage.Fired(k) : passage.Density(k)) / value;
        for (int i = 2; i >= 0; i--)
        {
            for (int j = i; j >= 0; j--) term[second[i, j]] -= term[1 + i] * term[1 + j];
        }

        return term;
    }
}
