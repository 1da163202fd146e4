using System.Globalization;
using System.Numerics.Tensors;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>The steps of a fit: random starts, expectation-maximisation, order of the states, Newton steps, report.</summary>
internal static class HiddenMarkovFitter
{
    // A logit of this size means a probability of 5e-7: it has run away, and its curvature is gone.
    private const double Limit = 14.5;
    private const int MaxNewtonSteps = 8;
    private const double RankTolerance = 1e-8;

    public static HiddenMarkovFit Fit(
        HiddenMarkovSpecification specification, Recording recording, HiddenMarkovFitOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> units = specification.Units ?? recording.Units.Ids;
        int states = specification.StateCount;
        HiddenMarkovModel template = new(
            [.. units], specification.BinWidth, specification.TransitionInputs, specification.EmissionInputs, new double[states],
            new double[states * states * (specification.TransitionInputs.Count + 1)], [], specification.History, specification.IsHistoryShared);
        template = template.With(template.Initial.ToArray(), template.TransitionWeights, new double[states * units.Count * template.EmissionSize]);
        HiddenMarkovData data = HiddenMarkovData.Of(template, recording);
        if (data.Grid.BinCount < states)
            throw new InvalidRecordingException($"{data.Grid.BinCount} bins are too few for {states} states", "use narrower bins, fewer states, or a longer recording");
        if (data.Counts.All(counts => counts.All(count => count == 0)))
            throw new InvalidRecordingException("the units have no spike in the analysed bins, so that nothing can be estimated", "choose other units, or observed intervals in which they fire");

        HiddenMarkovStart[] starts = new HiddenMarkovStart[options.Starts];
        int done = 0;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, starts.Length, parallel, start =>
        {
            starts[start] = HiddenMarkovStart.Run(HiddenMarkovStart.Draw(template, data, options.Seed, start), data, options, cancellationToken);
            progress?.Report((double)Interlocked.Increment(ref done) / (starts.Length + 1));
        });
        HiddenMarkovStart best = starts.Aggregate((one, two) => two.LogLikelihood > one.LogLikelihood ? two : one);
        HiddenMarkovFit fit = Finish(specification, Ordered(best.Model, data), data, best, starts, options, cancellationToken);
        progress?.Report(1);
        return fit;
    }

    private static HiddenMarkovFit Finish(
        HiddenMarkovSpecification specification, HiddenMarkovModel model, HiddenMarkovData data, HiddenMarkovStart best, HiddenMarkovStart[] starts,
        HiddenMarkovFitOptions options, CancellationToken cancellationToken)
    {
        double[] point = HiddenMarkovScore.Pack(model);
        bool[] atLimit = AtLimit(model, point);
        (double logLikelihood, double[] gradient) = HiddenMarkovScore.Of(model, data, cancellationToken);
        CholeskyFactor factor = Information(model, point, atLimit, data, cancellationToken);
        int steps = 0;
        double decrement = Decrement(factor, gradient, out double[] direction);
        for (; steps < MaxNewtonSteps && decrement > options.NewtonTolerance; steps++)
        {
            // EM has come so close that one curvature serves all steps; a step that does not help ends them.
            double[] trial = [.. point.Zip(direction, (value, move) => value + move)];
            HiddenMarkovModel moved = HiddenMarkovScore.Unpack(model, trial);
            (double value, double[] slope) = HiddenMarkovScore.Of(moved, data, cancellationToken);
            double next = Decrement(factor, slope, out double[] nextDirection);
            if (!(value >= logLikelihood - (1e-12 * Math.Abs(logLikelihood)) && next < decrement)) break;
            (point, model, logLikelihood, gradient, decrement, direction) = (trial, moved, value, slope, next, nextDirection);
        }

        if (steps > 0) factor = Information(model, point, atLimit, data, cancellationToken);
        double[,] covariance = factor.Inverse();
        double[] errors = [.. Enumerable.Range(0, point.Length).Select(i => factor.IsAliased[i] ? double.NaN : Math.Sqrt(covariance[i, i]))];
        return new HiddenMarkovFit(
            specification, model, Certificate(HiddenMarkovScore.Names(model), best, starts, factor, atLimit, decrement, gradient, steps, options), best.Increments, [.. starts.Select(start => start.LogLikelihood)])
        {
            LogLikelihood = logLikelihood,
            ParameterNames = HiddenMarkovScore.Names(model),
            Parameters = point,
            StandardErrors = errors,
            BinCount = data.Grid.BinCount,
        };
    }

    private static FitCertificate Certificate(
        string[] names, HiddenMarkovStart best, HiddenMarkovStart[] starts, CholeskyFactor factor, bool[] atLimit, double decrement, double[] gradient, int steps,
        HiddenMarkovFitOptions options)
    {
        string Named(IEnumerable<int> parameters) => string.Join("; ", parameters.Select(parameter => names[parameter]));
        IEnumerable<int> all = Enumerable.Range(0, names.Length);
        int limits = atLimit.Count(limit => limit), free = gradient.Length - limits;
        bool isReached = decrement <= options.NewtonTolerance;
        FitStatus status = factor.Rank < free ? FitStatus.RankDeficient
            : isReached ? (limits == 0 ? FitStatus.Converged : FitStatus.Separated)
            : best.HasSettled ? FitStatus.StepFailed : FitStatus.IterationLimit;
        string distance = decrement.ToString("G2", CultureInfo.InvariantCulture), last = (best.Increments.Length == 0 ? 0 : best.Increments[^1]).ToString("G2", CultureInfo.InvariantCulture);
        int agreeing = starts.Count(start => start.LogLikelihood >= best.LogLikelihood - 0.01);
        string sentence = status switch
        {
            FitStatus.Converged => $"A local maximum, {distance} nats away.",
            FitStatus.Separated => $"A local maximum, {distance} nats away, with parameters at a limit, of a unit that is silent (in a state, or after its spikes) or a transition that does not happen: {Named(all.Where(i => atLimit[i]))}.",
            FitStatus.RankDeficient => $"The likelihood is flat, or has no maximum here; try fewer states. Not identified: {Named(all.Where(i => factor.IsAliased[i] && !atLimit[i]))}.",
            FitStatus.IterationLimit => $"The iterations ended {distance} nats from a maximum; allow more.",
            _ => $"The iterations settled {distance} nats from a maximum, and Newton steps did not improve on it.",
        };
        string message = $"{sentence} {agreeing} of {starts.Length} starts came within 0.01 nats of the best, which proves nothing about higher maxima. The last EM iteration gained {last} nats.";
        return new FitCertificate(status, message, best.Increments.Length + steps, decrement, gradient.Max(Math.Abs), factor.Rank, gradient.Length);
    }

    // Log rates of -∞, logits of transitions that do not happen, and functions of past spikes after which none follows. With inputs a weight may be large for good
    // reasons; there only infinities count.
    private static bool[] AtLimit(HiddenMarkovModel model, double[] point)
    {
        bool[] limits = Array.ConvertAll(point, value => !double.IsFinite(value));
        int[] places = HiddenMarkovScore.Places(model);
        for (int i = HiddenMarkovScore.EmissionCount(model); model.TransitionInputs.Count == 0 && i < point.Length; i++) limits[i] |= Math.Abs(point[i]) > Limit;
        for (int i = 0; i < places.Length; i++)
        {
            int component = i % model.EmissionSize;
            if (component > model.EmissionInputs.Count) limits[places[i]] |= point[places[i]] < -Limit;
            else if (component == 0 && model.EmissionInputs.Count == 0) limits[places[i]] |= point[places[i]] + Math.Log(model.BinWidth) < -Limit;
        }

        return limits;
    }

    // The observed information by central differences of the exact score. The error of the differences, relative 10^-8, is far below what a standard error needs.
    private static CholeskyFactor Information(HiddenMarkovModel model, double[] point, bool[] atLimit, HiddenMarkovData data, CancellationToken cancellationToken)
    {
        const double Step = 1e-4;
        int size = point.Length;
        double[] information = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            if (atLimit[i]) continue;
            double[] above = [.. point], below = [.. point];
            above[i] += Step;
            below[i] -= Step;
            double[] up = HiddenMarkovScore.Of(HiddenMarkovScore.Unpack(model, above), data, cancellationToken).Gradient;
            double[] down = HiddenMarkovScore.Of(HiddenMarkovScore.Unpack(model, below), data, cancellationToken).Gradient;
            for (int j = 0; j < size; j++)
            {
                double value = 0.5 * (down[j] - up[j]) / (2 * Step);
                information[(i * size) + j] += value;
                information[(j * size) + i] += value;
            }
        }

        return CholeskyFactor.Of(information, size, RankTolerance, atLimit);
    }

    private static double Decrement(CholeskyFactor factor, double[] gradient, out double[] direction)
    {
        direction = factor.Solve(gradient);
        return 0.5 * TensorPrimitives.Dot<double>(direction, gradient);
    }

    // States are exchangeable; the one of the lowest mean rate comes first, so that two fits can be compared.
    private static HiddenMarkovModel Ordered(HiddenMarkovModel model, HiddenMarkovData data)
    {
        int states = model.StateCount, emissionSize = model.Units.Count * model.EmissionSize, transitionSize = model.TransitionInputs.Count + 1;
        double[] means = new double[states];
        for (int state = 0; state < states; state++)
        {
            for (int unit = 0; unit < model.Units.Count; unit++)
            {
                for (int bin = 0; bin < (model.EmissionSize == 1 ? 1 : data.Grid.BinCount); bin++)
                    means[state] += Math.Exp(HiddenMarkovModel.Predictor(model.EmissionWeights, (state * model.Units.Count) + unit, data.EmissionInputsAt(unit, bin)));
            }
        }

        int[] order = [.. Enumerable.Range(0, states).OrderBy(state => means[state])];
        double[] transitions = new double[model.TransitionWeights.Length];
        for (int from = 0; from < states; from++)
        {
            for (int to = 0; to < states; to++)
            {
                model.TransitionWeights.AsSpan(((order[from] * states) + order[to]) * transitionSize, transitionSize)
                    .CopyTo(transitions.AsSpan(((from * states) + to) * transitionSize));
            }
        }

        return model.With(
            [.. order.Select(state => model.Initial[state])], transitions, [.. order.SelectMany(state => model.EmissionWeights.Skip(state * emissionSize).Take(emissionSize))]);
    }
}
