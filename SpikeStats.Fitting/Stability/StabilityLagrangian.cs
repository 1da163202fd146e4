using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Stability;

/// <summary>-ℓ(w) + ½ wᵀPw + μ K(w): the objective of a fit with a bound on <see cref="HistoryExcess"/>, for a given multiplier.</summary>
internal sealed class StabilityLagrangian(GlmObjective objective, HistoryExcess excess, double multiplier) : IObjective
{
    public int VariableCount => objective.VariableCount;

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        Evaluation fit = objective.Evaluate(variables, withCurvature, cancellationToken);
        (double value, double[] gradient, double[] hessian) = excess.At(variables);
        double[] slope = [.. fit.Gradient.Zip(gradient, (own, bound) => own + (multiplier * bound))];
        double[]? curvature = fit.Hessian is null ? null : [.. fit.Hessian.Zip(hessian, (own, bound) => own + (multiplier * bound))];
        return new Evaluation(fit.Value + (multiplier * value), slope, curvature);
    }
}
