using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>Minus the log-likelihood of intervals, as a function of the variables of the family, for most the logarithms of positive parameters.</summary>
/// <remarks>
/// Derivatives are closed forms for complete intervals, and for open ones wherever the survivor has them. What is left, the survivor of gamma
/// and inverse Gaussian intervals and the first waits in equilibrium, is one or two terms per observed interval and is differentiated by
/// central differences of order six: 10^-11 relative.
/// </remarks>
internal sealed class RenewalObjective(IntervalFamily family, IntervalSample sample) : IObjective
{
    // In units of the logarithm of a parameter. Truncation of order six and rounding are both near 10^-13 there.
    private const double Step = 0.01;

    public int VariableCount => family.ParameterCount;

    public double[] ToVariables(double[] parameters) => family.ToVariables(parameters, sample.Mean);

    public double[] ToParameters(double[] variables) => family.ToParameters(variables, sample.Mean);

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double[] parameters = ToParameters(variables);
        double value = Value(parameters, out IntervalDistribution? distribution);
        int count = VariableCount;
        double[] gradient = new double[count], hessian = new double[count * count];
        if (distribution is null || !double.IsFinite(value)) return new Evaluation(double.PositiveInfinity, gradient, hessian);

        ParameterDerivatives sum = new(count);
        foreach (double time in sample.Complete) family.AddDensity(distribution, parameters, time, sum);
        List<double> implicitWaits = [];
        foreach (double time in sample.Open.Concat(sample.FirstWaits))
        {
            // A spike on the edge of an observed interval leaves a wait of zero, which every distribution survives.
            if (time > 0 && !family.TryAddSurvivor(distribution, parameters, time, sum)) implicitWaits.Add(time);
        }

        VariableChange change = ChangeAt(variables);
        for (int i = 0; i < count; i++)
        {
            gradient[i] = -change.Slope(sum, i);
            for (int j = 0; j <= i; j++) hessian[(i * count) + j] = -change.Curvature(sum, i, j);
        }

        if (implicitWaits.Count + sample.FirstWaits.Length + sample.Silences.Length > 0) AddDifferences(variables, Implicit, gradient, hessian);
        return new Evaluation(value, gradient, Convex(hessian));

        double Implicit(double[] at)
        {
            IntervalDistribution moved = family.Create(ToParameters(at));
            double total = implicitWaits.Sum(moved.LogSurvivor) + sample.Silences.Sum(moved.LogEquilibriumSurvivor);
            return sample.FirstWaits.Length == 0 ? total : total - (sample.FirstWaits.Length * Math.Log(moved.Mean));
        }
    }

    /// <summary>Minus the log-likelihood; infinite where the parameters are impossible.</summary>
    public double Value(double[] variables) => Value(ToParameters(variables), out _);

    /// <summary>How the parameters change with the variables.</summary>
    public VariableChange ChangeAt(double[] variables) => family.ChangeAt(variables, sample.Mean);

    private double Value(double[] parameters, out IntervalDistribution? distribution)
    {
        distribution = null;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (!double.IsFinite(parameters[i]) || (family.IsPositive(i) && parameters[i] <= 0)) return double.PositiveInfinity;
        }

        if (!family.IsPossible(parameters, sample)) return double.PositiveInfinity;
        distribution = family.Create(parameters);
        double sum = sample.Complete.Sum(distribution.LogDensity) + sample.Open.Sum(distribution.LogSurvivor);
        if (sample.FirstWaits.Length + sample.Silences.Length > 0)
        {
            if (!double.IsFinite(distribution.Mean)) return double.PositiveInfinity;
            sum += sample.FirstWaits.Sum(distribution.LogSurvivor) - (sample.FirstWaits.Length * Math.Log(distribution.Mean));
            sum += sample.Silences.Sum(distribution.LogEquilibriumSurvivor);
        }

        return double.IsNaN(sum) ? double.PositiveInfinity : -sum;
    }

    private static void AddDifferences(double[] at, Func<double[], double> function, double[] gradient, double[] hessian)
    {
        int count = at.Length;
        for (int i = 0; i < count; i++)
        {
            double[] direction = new double[count];
            direction[i] = Step;
            (double first, double second) = Along(at, direction, function);
            gradient[i] -= first;
            hessian[(i * count) + i] -= second;
            for (int j = 0; j < i; j++)
            {
                // The mixed derivative by polarisation: a quarter of the difference of the curvatures along both diagonals.
                double[] diagonal = (double[])direction.Clone();
                diagonal[j] = Step;
                double rising = Along(at, diagonal, function).Second;
                diagonal[j] = -Step;
                hessian[(i * count) + j] -= 0.25 * (rising - Along(at, diagonal, function).Second);
            }
        }
    }

    private static (double First, double Second) Along(double[] at, double[] direction, Func<double[], double> function)
    {
        double[] values = new double[7];
        for (int k = -3; k <= 3; k++) values[k + 3] = function([.. at.Select((value, i) => value + (k * direction[i]))]);
        double first = (values[6] - values[0]) - (9 * (values[5] - values[1])) + (45 * (values[4] - values[2]));
        double second = (2 * (values[6] + values[0])) - (27 * (values[5] + values[1])) + (270 * (values[4] + values[2])) - (490 * values[3]);
        return (first / (60 * Step), second / (180 * Step * Step));
    }

    // Where the likelihood is not concave, far from the optimum, the curvature is replaced by its absolute value √(H²), which for two
    // parameters is a closed form: the step then still goes uphill and is no longer than the curvature warrants.
    private static double[] Convex(double[] hessian)
    {
        if (hessian.Length == 1) return [Math.Abs(hessian[0])];
        if (hessian.Length > 4) return ConvexOfMany(hessian);
        (double a, double b, double c) = (hessian[0], hessian[2], hessian[3]);
        double determinant = (a * c) - (b * b);
        if (determinant > 0 && a > 0) return hessian;
        double root = Math.Sqrt((a * a) + (2 * b * b) + (c * c) + (2 * Math.Abs(determinant)));
        return [((a * a) + (b * b) + Math.Abs(determinant)) / root, 0, b * (a + c) / root, ((c * c) + (b * b) + Math.Abs(determinant)) / root];
    }

    private static double[] ConvexOfMany(double[] hessian)
    {
        int count = (int)Math.Sqrt(hessian.Length);
        DenseMatrix matrix = DenseMatrix.Create(count, count, (i, j) => hessian[(Math.Max(i, j) * count) + Math.Min(i, j)]);
        Evd<double> spectrum = matrix.Evd(Symmetricity.Symmetric);
        if (spectrum.EigenValues.All(value => value.Real > 0)) return hessian;
        Matrix<double> absolute = spectrum.EigenVectors * DenseMatrix.CreateDiagonal(count, count, i => Math.Abs(spectrum.EigenValues[i].Real)) * spectrum.EigenVectors.Transpose();
        return absolute.ToRowMajorArray();
    }
}
