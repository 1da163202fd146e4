using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The log-likelihood maximised over baselines and branching ratios, as a function of the time scale and the exponent of a power law.</summary>
/// <remarks>As <see cref="DecayProfile"/>, with the time scale c and the exponent θ in the place of the decays.</remarks>
internal sealed class PowerLawProfile(MarkedEvents events, DecayGrid grid, HawkesFitOptions options, CancellationToken cancellationToken)
{
    private const double LeastBaseline = 1e-3;

    /// <summary>Evaluates the profile.</summary>
    /// <param name="shape">c, in seconds, and θ.</param>
    /// <param name="withDerivatives">Whether derivatives by them are wanted.</param>
    /// <param name="near">A point nearby, from which the starts of the targets follow; null to start anew.</param>
    /// <param name="tolerance">How far from its optimum each target may stay, in nats; the derivatives are corrected for it.</param>
    public ProfilePoint Evaluate(double[] shape, bool withDerivatives, ProfilePoint? near, double tolerance)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PowerLawDesign design = new(events, new PowerLawWeights(grid, new PowerLawKernel(shape[0], shape[1]), withDerivatives), options.Threads);
        NewtonSettings settings = new() { Tolerance = tolerance, MaxIterations = options.MaxIterations };
        double[][]? starts = near?.Predict(shape);
        TargetEstimate[] targets = new TargetEstimate[events.UnitCount];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, targets.Length, parallel, target => targets[target] = Maximize(design, target, Start(target, starts?[target]), settings, withDerivatives));
        return new ProfilePoint(shape, targets, held: null);
    }

    // Half of the spikes from the baseline, the other half from all sources alike. A baseline of zero that was best elsewhere may leave a spike here without any
    // intensity, and the likelihood infinite.
    private double[] Start(int target, double[]? found)
    {
        double half = 0.5 * events.Counts[target];
        double[] start = found is null ? [.. Enumerable.Repeat(half / Math.Max(1, events.Count), events.UnitCount), half / events.Observed.Duration] : [.. found];
        start[^1] = Math.Max(start[^1], LeastBaseline * half / events.Observed.Duration);
        return start;
    }

    private TargetEstimate Maximize(PowerLawDesign design, int target, double[] start, NewtonSettings settings, bool withDerivatives)
    {
        using TargetDesign columns = new(design.Columns(PowerLawWeights.Value, target), events, target);
        using TargetLikelihood likelihood = new(columns, new Exposure(design.Exposure(PowerLawWeights.Value), [], [], [design.Duration]), threads: 1, withDecays: false);
        NonNegativeResult result = NonNegativeNewton.Minimize(likelihood, start, settings, cancellationToken);
        CholeskyFactor information = CholeskyFactor.Of(result.Evaluation.Hessian!, likelihood.VariableCount, settings.RankTolerance, result.AtBound);
        return new TargetEstimate(result, information, withDerivatives ? Differentiate(design, target, result.Point) : null);
    }

    /// <summary>Derivatives of the log-likelihood of a target that involve the time scale and the exponent.</summary>
    public static DecayDerivatives Differentiate(PowerLawDesign design, int target, double[] variables)
    {
        int sources = variables.Length - 1, rows = design.Columns(0, target)[0].Length;
        double[][] values = design.Columns(PowerLawWeights.Value, target);
        double[] first = new double[2], intensity = Combine(values), reciprocal = Array.ConvertAll(intensity, sum => 1 / (variables[sources] + sum));
        double[,] second = new double[2, 2], mixed = new double[sources + 1, 2];
        double[][] slopes = [Combine(design.Columns(PowerLawWeights.ByTimeScale, target)), Combine(design.Columns(PowerLawWeights.ByExponent, target))];
        for (int p = 0; p < 2; p++)
        {
            double[][] columns = design.Columns(PowerLawWeights.ByTimeScale + p, target);
            double[] exposure = design.Exposure(PowerLawWeights.ByTimeScale + p);
            for (int k = 0; k < rows; k++)
            {
                double relative = slopes[p][k] * reciprocal[k];
                first[p] += relative;
                mixed[sources, p] -= relative * reciprocal[k];
            }

            for (int j = 0; j < sources; j++)
            {
                first[p] -= variables[j] * exposure[j];
                mixed[j, p] -= exposure[j];
                for (int k = 0; k < rows; k++) mixed[j, p] += (columns[j][k] - (values[j][k] * slopes[p][k] * reciprocal[k])) * reciprocal[k];
            }

            for (int q = 0; q <= p; q++)
            {
                int order = PowerLawWeights.ByTimeScaleTwice + p + q;
                double[] curvature = Combine(design.Columns(order, target));
                double sum = 0;
                for (int k = 0; k < rows; k++) sum += (curvature[k] - (slopes[p][k] * slopes[q][k] * reciprocal[k])) * reciprocal[k];
                for (int j = 0; j < sources; j++) sum -= variables[j] * design.Exposure(order)[j];
                second[p, q] = second[q, p] = sum;
            }
        }

        return new DecayDerivatives(first, second, mixed);

        double[] Combine(double[][] columns)
        {
            double[] sum = new double[rows];
            for (int j = 0; j < sources; j++)
            {
                for (int k = 0; k < rows; k++) sum[k] += variables[j] * columns[j][k];
            }

            return sum;
        }
    }
}
