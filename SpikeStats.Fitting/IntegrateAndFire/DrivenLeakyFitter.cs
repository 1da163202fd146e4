using System.Globalization;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.FirstPassage;

namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>The steps of a fit: fit a constant input, iterate with steps that resolve the passages, and report.</summary>
internal static class DrivenLeakyFitter
{
    private const double NormalQuantile = 1.959963984540054;

    // A guess must not have more noise than this many distances from reset to threshold, and gets more of it as long as it forbids an interval.
    private const double MostGuessedNoise = 5, MoreNoise = 1.5;
    private const int MostGuesses = 12;

    // A step that is this much too long at the optimum is shortened, a few times at most.
    private const double StepSlack = 1.2;
    private const int MostSteps = 4;
    private const double LargeCorrelation = 0.99;

    public static DrivenLeakyFit Fit(DrivenLeakySpecification specification, Recording recording, RenewalFitOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        SpikeTrain train = recording[specification.Target];
        SampledSignal signal = recording.Signal(specification.Signal);
        LinearDrive.Require(signal, train.Observed.Span);
        (double least, double most) = LinearDrive.Range(signal);
        if (!(most > least))
            throw new InvalidRecordingException($"signal {signal.Name} does not vary, so that its gain cannot be told from the mean input", "give a signal that varies, or fit a constant input");
        RenewalFit constant = new RenewalSpecification { Target = specification.Target, Family = new LeakyPassageFamily { Neuron = specification.Neuron } }
            .Fit(recording, options, null, cancellationToken);
        progress?.Report(0.1);

        // The drive in units of its own spread keeps the variables of one size.
        double offset = 0.5 * (least + most), scale = 0.5 * (most - least), distance = specification.Neuron.Threshold - specification.Neuron.Reset;
        PassageWait[] waits = PassageWait.Of(train, specification.Neuron.RefractoryPeriod);
        DrivenSolver solver = new(new LinearDrive(signal, offset, scale), specification.Neuron.TimeConstant, 1, 0);
        double StepFor(double[] at) => specification.Step / specification.Neuron.TimeConstant ?? DrivenSolver.StepFor(new DrivenCoefficients(at[0], at[1], at[2]), 1, -1, 1);

        double[] point = Guess(specification, constant);
        double step = StepFor(point);
        for (int i = 0; i < MostGuesses && !double.IsFinite(new DrivenLeakyObjective(solver with { Step = step }, waits).Value(point)); i++)
        {
            point = [point[0] / MoreNoise, 0, point[2] / MoreNoise];
            step = Math.Min(step, StepFor(point));
        }

        NewtonResult result;
        int iterations = 0;
        for (int round = 1; ; round++)
        {
            NewtonSettings settings = new() { Tolerance = options.Tolerance, MaxIterations = Math.Max(0, options.MaxIterations - iterations) };
            result = NewtonMethod.Minimize(new DrivenLeakyObjective(solver with { Step = step }, waits), point, new bool[3], settings, null, null, cancellationToken);
            iterations += result.Iterations;
            point = result.Point;
            progress?.Report(0.1 + (0.8 * round / MostSteps));
            double needed = StepFor(point);
            if (result.Status == FitStatus.IterationLimit || !(needed * StepSlack < step) || round == MostSteps) break;
            step = needed;
        }

        if (result.Status == FitStatus.Converged && result.Factor.Rank < 3) result = result with { Status = FitStatus.RankDeficient };
        double halved = new DrivenLeakyObjective(solver with { Step = step / 2 }, waits).Value(point);
        progress?.Report(1);
        return Report(specification, result with { Iterations = iterations }, constant, offset, scale, distance, Math.Abs(halved - result.Evaluation.Value));
    }

    private static double[] Guess(DrivenLeakySpecification specification, RenewalFit constant)
    {
        double mean = constant.Parameters[0].Value, sigma = constant.Parameters[1].Value, distance = specification.Neuron.Threshold - specification.Neuron.Reset;
        double factor = Math.Max(1, sigma / (MostGuessedNoise * distance));
        return [(specification.Neuron.Threshold - mean) / sigma, 0, factor * distance / sigma];
    }

    private static DrivenLeakyFit Report(
        DrivenLeakySpecification specification, NewtonResult result, RenewalFit constant, double offset, double scale, double distance, double stepError)
    {
        (double alpha, double beta, double gamma) = (result.Point[0], result.Point[1], result.Point[2]);
        double sigma = distance / gamma, gain = -beta * sigma / scale, mean = specification.Neuron.Threshold - (alpha * sigma) - (gain * offset);
        double[,] covariance = new double[3, 3];
        bool isOptimum = result.Status == FitStatus.Converged;
        if (isOptimum)
        {
            // Slopes of mean, gain and sigma by α, β and γ; σ falls with γ as -σ/γ.
            double[,] slopes =
            {
                { -sigma, sigma * offset / scale, ((alpha * sigma) + (gain * offset)) / gamma },
                { 0, -sigma / scale, -gain / gamma },
                { 0, 0, -sigma / gamma },
            };
            double[,] inner = result.Factor.Inverse();
            for (int i = 0; i < 9; i++)
            {
                for (int j = 0; j < 9; j++) covariance[i / 3, j / 3] += slopes[i / 3, i % 3] * inner[i % 3, j % 3] * slopes[j / 3, j % 3];
            }
        }
        else
        {
            for (int i = 0; i < 9; i++) covariance[i / 3, i % 3] = double.NaN;
        }

        double meanError = Math.Sqrt(covariance[0, 0]), gainError = Math.Sqrt(covariance[1, 1]), sigmaError = Math.Sqrt(covariance[2, 2]), factor = Math.Exp(NormalQuantile * sigmaError / sigma);
        ParameterEstimate Plain(string name, string unit, double value, double error) => new(name, unit, value, error, value - (NormalQuantile * error), value + (NormalQuantile * error));
        ParameterEstimate[] estimates =
        [
            Plain("mean", "V", mean, meanError), Plain("gain", "V per unit of the signal", gain, gainError), new("sigma", "V", sigma, sigmaError, sigma / factor, sigma * factor),
        ];
        return new DrivenLeakyFit(specification, specification.Create(mean, gain, sigma, 3), estimates, Certificate(result, covariance))
        {
            Covariance = covariance,
            LogLikelihood = -result.Evaluation.Value,
            NullLogLikelihood = constant.NullLogLikelihood,
            ConstantInputLogLikelihood = constant.Certificate.IsConverged ? constant.LogLikelihood : double.NaN,
            StepError = stepError,
            IntervalCount = constant.IntervalCount,
            OpenIntervalCount = constant.OpenIntervalCount,
        };
    }

    private static FitCertificate Certificate(NewtonResult result, double[,] covariance)
    {
        string message = result.Status switch
        {
            FitStatus.Converged => string.Create(CultureInfo.InvariantCulture, $"The optimum was reached in {result.Iterations} iterations, to within {result.Decrement:E1} nats."),
            FitStatus.RankDeficient => "The intervals cannot tell mean, gain and noise apart: the drive does not vary while they last. The values shown are not estimates.",
            FitStatus.IterationLimit => string.Create(CultureInfo.InvariantCulture, $"The iteration limit was reached {result.Decrement:E1} nats from the optimum; the estimates are not the optimum."),
            _ => string.Create(CultureInfo.InvariantCulture, $"No step improved the likelihood although the optimum is {result.Decrement:E1} nats away; the estimates are not the optimum."),
        };
        string[] names = ["mean", "gain", "sigma"];
        foreach ((int i, int j) in ((int, int)[])[(0, 1), (0, 2), (1, 2)])
        {
            if (Math.Abs(covariance[i, j]) > LargeCorrelation * Math.Sqrt(covariance[i, i] * covariance[j, j]))
                message += $" {names[i]} and {names[j]} are tied together: these intervals tell a combination of them far better than each alone.";
        }

        return new FitCertificate(result.Status, message, result.Iterations, result.Decrement, result.Evaluation.Gradient.Max(Math.Abs), result.Factor.Rank, 3);
    }
}
