using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Tests.Fitting.Hawkes;

/// <summary>A recording, fits of it, and their objective at any parameters from the likelihood of the model: none of the fit's derivatives.</summary>
internal static class BasisHawkesFits
{
    public static WindowBasis Windows { get; } = new(0, 0.02, 0.06, 0.15);

    public static BasisHawkesModel Truth { get; } = new(["a", "b"], [2, 1], Windows, new[, ,] { { { 8, 4, 2 }, { 3, 2, 1 } }, { { 4, 3, 1.0 }, { 5, 2, 1 } } });
    public static Recording Drawn { get; } = Truth.Simulate(Trials(20, 20), seed: 8);
    public static BasisHawkesSpecification Specification { get; } = new() { Units = ["a", "b"], Basis = Windows };
    public static Lazy<BasisHawkesFit> Plain { get; } = new(() => Specification.Fit(Drawn));

    /// <summary>Another basis, with a penalty.</summary>
    public static BasisHawkesSpecification Smooth { get; } = new()
    {
        Units = ["a", "b"],
        Basis = new RaisedCosineLogBasis(5, 0.25),
        Penalty = new Penalty { Smoothness = 0.2, Ridge = 0.05 },
    };

    public static Lazy<BasisHawkesFit> Penalised { get; } = new(() => Smooth.Fit(Drawn));

    public static Recording Trials(int count, double duration)
    {
        TimeIntervals observed = TimeIntervals.FromSorted([.. Enumerable.Range(0, count).Select(i => new TimeInterval(i * (duration + 5), (i * (duration + 5)) + duration))]);
        return Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed)]);
    }

    // Target by target: the baseline, then the weights by source and function.
    public static double[] Variables(BasisHawkesFit fit) => Variables(fit.Model);

    public static double[] Variables(BasisHawkesModel model) =>
    [
        .. Enumerable.Range(0, model.Units.Count).SelectMany(i => Enumerable.Range(0, model.Units.Count * model.Basis.ColumnCount)
            .Select(c => model.Weight(i, c / model.Basis.ColumnCount, c % model.Basis.ColumnCount)).Prepend(model.Baselines[i])),
    ];

    public static double[] Errors(BasisHawkesFit fit) =>
    [
        .. Enumerable.Range(0, fit.Model.Units.Count).SelectMany(i => fit.Kernels.Where(kernel => kernel.Target == fit.Model.Units[i])
            .SelectMany(kernel => kernel.StandardErrors).Prepend(fit.BaselineStandardErrors[i])),
    ];

    // Place within its kernel; the number of functions for a baseline.
    public static int Place(int variable, int functions)
    {
        int own = variable % (1 + (2 * functions));
        return own == 0 ? functions : (own - 1) % functions;
    }

    public static int KernelOf(int variable, int functions)
    {
        (int target, int own) = Math.DivRem(variable, 1 + (2 * functions));
        return (2 * target) + ((own - 1) / functions);
    }

    public static bool IsOfOneKernel(int p, int q, int functions) =>
        Place(p, functions) < functions && Place(q, functions) < functions && KernelOf(p, functions) == KernelOf(q, functions);

    public static double LogLikelihood(BasisHawkesFit fit, double[] at, params (int Variable, double Step)[] moves)
    {
        double[] moved = (double[])at.Clone();
        foreach ((int variable, double step) in moves) moved[variable] += step;
        int units = fit.Model.Units.Count, functions = fit.Model.Basis.ColumnCount, perTarget = 1 + (units * functions);
        double[,,] weights = new double[units, units, functions];
        for (int i = 0; i < units; i++)
        {
            for (int c = 0; c < units * functions; c++) weights[i, c / functions, c % functions] = moved[(i * perTarget) + 1 + c];
        }

        return new BasisHawkesModel(fit.Model.Units, [.. Enumerable.Range(0, units).Select(i => moved[i * perTarget])], fit.Model.Basis, weights).LogLikelihood(Drawn);
    }

    // The log-likelihood minus the penalty.
    public static double Objective(BasisHawkesFit fit, double[] at, (int Variable, double Step) move)
    {
        double[] moved = (double[])at.Clone();
        moved[move.Variable] += move.Step;
        int functions = fit.Model.Basis.ColumnCount;
        double[,] precision = fit.Specification.Penalty.Matrix(functions);
        double penalty = 0;
        for (int p = 0; p < moved.Length; p++)
        {
            for (int q = 0; q < moved.Length; q++)
            {
                if (IsOfOneKernel(p, q, functions)) penalty += 0.5 * moved[p] * precision[Place(p, functions), Place(q, functions)] * moved[q];
            }
        }

        return LogLikelihood(fit, at, move) - penalty;
    }
}
