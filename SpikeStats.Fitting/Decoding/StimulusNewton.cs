using System.Globalization;
using System.Numerics.Tensors;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>Newton's method with a banded Hessian and backtracking on the true objective.</summary>
internal static class StimulusNewton
{
    private const int MaxHalvings = 40;
    private const double Armijo = 1e-4;

    public static StimulusPosterior Maximize(
        StimulusObjective objective, StimulusReconstruction reconstruction, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int size = objective.Frames.FrameCount;
        double[] frames = new double[size], trial = new double[size], gradient = new double[size], trialGradient = new double[size];
        double[] band = new double[(long)size * (objective.Bandwidth + 1)];
        Array.Fill(frames, reconstruction.Prior.Mean);
        double value = objective.Evaluate(frames, gradient, band, cancellationToken);
        if (!double.IsFinite(value))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"At the prior mean of {reconstruction.Prior.Mean} of '{reconstruction.Signal}' the rate of unit {objective.Overflowing(frames)} is beyond all numbers, so that there is nowhere to start. Is the prior in the unit of the signal that the models were fitted with?"), nameof(reconstruction));
        }

        for (int iteration = 0; ; iteration++)
        {
            progress?.Report(iteration / (iteration + 2.0));
            BandedCholesky factor = BandedCholesky.Of(band, size, objective.Bandwidth);
            double[] step = factor.Solve(gradient);
            double decrement = 0.5 * TensorPrimitives.Dot<double>(step, gradient);
            FitStatus? ended = decrement <= reconstruction.Tolerance ? FitStatus.Converged : iteration >= reconstruction.MaxIterations ? FitStatus.IterationLimit : null;
            double scale = 1;
            for (int halving = 0; ended is null; halving++, scale /= 2)
            {
                for (int i = 0; i < size; i++) trial[i] = frames[i] - (scale * step[i]);
                double next = objective.Evaluate(trial, trialGradient, [], cancellationToken);

                // Differences below the rounding error of the value say nothing.
                if (next <= value - (Armijo * scale * 2 * decrement) + (1e-12 * Math.Abs(value))) break;
                if (halving == MaxHalvings) ended = FitStatus.StepFailed;
            }

            if (ended is not null)
            {
                progress?.Report(1);
                return new StimulusPosterior(reconstruction, objective.Frames, frames, factor, Certificate(ended.Value, iteration, decrement, gradient));
            }

            (frames, trial) = (trial, frames);
            value = objective.Evaluate(frames, gradient, band, cancellationToken);
        }
    }

    private static FitCertificate Certificate(FitStatus status, int iterations, double decrement, double[] gradient)
    {
        string distance = decrement.ToString("G2", CultureInfo.InvariantCulture);
        string message = status switch
        {
            FitStatus.Converged => $"The log posterior is strictly concave, and its only maximum is {distance} nats away to second order.",
            FitStatus.IterationLimit => $"The iteration limit was reached about {distance} nats from the maximum; allow more iterations.",
            _ => $"No step improved the log posterior although it is about {distance} nats from its maximum.",
        };
        return new FitCertificate(status, message, iterations, decrement, gradient.Length == 0 ? 0 : gradient.Max(Math.Abs), gradient.Length, gradient.Length);
    }
}
