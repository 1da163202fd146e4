using System.Globalization;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>The steps of a fit: cut the intervals at the bins of the rate, start from the counts, iterate, and give the rate its scale.</summary>
internal static class InhomogeneousRenewalFitter
{
    private const double NormalQuantile = 1.959963984540054;

    // In units of the logarithm of the shape.
    private const double Step = 1e-3;

    public static InhomogeneousRenewalFit Fit(
        InhomogeneousRenewalSpecification specification, SpikeTrain train, RenewalFitOptions options, CancellationToken cancellationToken)
    {
        UnitScaleDensity density = UnitScaleDensity.Of(specification.Family);
        bool inEquilibrium = specification.Start == RenewalStart.Equilibrium;
        IntervalSample intervals = IntervalSample.Of(train, specification.Family, withOpen: true, inEquilibrium);
        BinGrid? grid = specification.GivenRate is null ? Grid(specification, train) : null;
        OperationalSample sample = grid is null ? OperationalSample.Of(train, specification.GivenRate!, inEquilibrium) : OperationalSample.Of(train, grid, inEquilibrium);
        if (grid is not null) RequireSpikes(sample, grid, train.Unit);
        InhomogeneousObjective objective = new(density, sample);
        NewtonSettings settings = new() { Tolerance = options.Tolerance, MaxIterations = options.MaxIterations };
        NewtonResult result = NewtonMethod.Minimize(objective, Start(density, sample), new bool[objective.VariableCount], settings, recessionNear: null, progress: null, cancellationToken);

        int levels = sample.LevelCount;
        double shape = density.HasShape ? Math.Exp(result.Point[levels]) : 1, mean = density.OfUnitScale(shape).Mean;
        double[,] covariance = WithScale(density, shape, levels, result);
        double[] scaled = [.. result.Point.Take(levels).Select(level => Math.Exp(level) / mean)];
        PoissonProcess rate = grid is null ? specification.GivenRate!.Times(scaled[0], 1) : new PoissonProcess(train.Unit, grid, scaled, levels);
        RenewalProcess model = new(rate, density.OfUnitMean(shape), specification.Start, objective.VariableCount);
        (double error, double lower, double upper)[] bounds = [.. scaled.Append(shape).Take(objective.VariableCount).Select((value, i) => Bounds(value, Math.Sqrt(covariance[i, i])))];
        return new InhomogeneousRenewalFit(specification, model, Certificate(result))
        {
            Shape = density.HasShape ? new ParameterEstimate(density.ShapeName, "1", shape, bounds[levels].error, bounds[levels].lower, bounds[levels].upper) : null,
            Gain = grid is null ? new ParameterEstimate("gain", "1", scaled[0], bounds[0].error, bounds[0].lower, bounds[0].upper) : null,
            Rates = grid is null ? [] : [.. scaled.Select((value, bin) => new RateLevel(BinInterval(grid, bin), value, bounds[bin].error, bounds[bin].lower, bounds[bin].upper))],
            LogCovariance = covariance,
            LogLikelihood = -result.Evaluation.Value,
            NullLogLikelihood = intervals.EventCount * (Math.Log(intervals.EventCount / intervals.Exposure) - 1),
            EventCount = intervals.EventCount,
        };
    }

    private static BinGrid Grid(InhomogeneousRenewalSpecification specification, SpikeTrain train)
    {
        BinGrid grid = new(train.Observed, specification.RateBinWidth);
        if (grid.Segments.Length == train.Observed.Count) return grid;
        TimeInterval shortest = train.Observed.MinBy(interval => interval.Duration);
        throw new InvalidRecordingException(
            FormattableString.Invariant($"the observed interval {shortest} is shorter than a bin of the rate, {specification.RateBinWidth} s"), "choose narrower bins", unit: train.Unit);
    }

    private static void RequireSpikes(OperationalSample sample, BinGrid grid, string unit)
    {
        int empty = Array.IndexOf(sample.EventsAtLevel, 0);
        if (empty < 0) return;
        throw new InvalidRecordingException(
            $"the bin {BinInterval(grid, empty)} of the rate holds no spike that counts, so that its level would run to zero", "choose wider bins, or restrict the recording", unit: unit);
    }

    private static TimeInterval BinInterval(BinGrid grid, int bin)
    {
        BinSegment segment = grid.SegmentOf(bin);
        double start = grid.StartOf(bin);
        return new TimeInterval(start, bin == segment.FirstBin + segment.BinCount - 1 ? grid.Observed[grid.Observed.IndexOf(segment.Start)].End : start + grid.BinWidth);
    }

    // Levels from counts over time; the shape from the intervals of the operational time of these levels.
    private static double[] Start(UnitScaleDensity density, OperationalSample sample)
    {
        double[] time = new double[sample.LevelCount];
        foreach (OperationalSample.Piece piece in sample.Pieces)
        {
            for (int i = 0; i < piece.Durations.Length; i++) time[piece.FirstLevel + i] += piece.Durations[i];
        }

        double[] rates = [.. sample.EventsAtLevel.Zip(time, (events, exposure) => events / exposure)];
        if (!density.HasShape) return Array.ConvertAll(rates, Math.Log);
        double shape = density.GuessShape([.. sample.Pieces.Where(piece => piece.Kind == OperationalSample.PieceKind.Complete)
            .Select(piece => piece.Durations.Select((duration, i) => rates[piece.FirstLevel + i] * duration).Sum())]);
        return [.. rates.Select(rate => Math.Log(rate * density.OfUnitScale(shape).Mean)), Math.Log(shape)];
    }

    // The covariance of the logarithms of levels and shape, when the levels are divided by the mean of the intervals of scale 1.
    private static double[,] WithScale(UnitScaleDensity density, double shape, int levels, NewtonResult result)
    {
        double[,] covariance = result.Factor.Inverse();
        int count = covariance.GetLength(0);
        double LogMean(double step) => Math.Log(density.OfUnitScale(shape * Math.Exp(step)).Mean);
        double slope = density.HasShape ? ((8 * (LogMean(Step) - LogMean(-Step))) - (LogMean(2 * Step) - LogMean(-2 * Step))) / (12 * Step) : 0;
        double[,] scaled = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double value = covariance[i, j];
                if (density.HasShape && i < levels) value -= slope * covariance[levels, j];
                if (density.HasShape && j < levels) value -= slope * (covariance[i, levels] - (i < levels ? slope * covariance[levels, levels] : 0));
                scaled[i, j] = result.Status == FitStatus.Converged ? value : double.NaN;
            }
        }

        return scaled;
    }

    private static (double Error, double Lower, double Upper) Bounds(double value, double logError)
    {
        double factor = Math.Exp(NormalQuantile * logError);
        return (value * logError, value / factor, value * factor);
    }

    private static FitCertificate Certificate(NewtonResult result)
    {
        string message = result.Status switch
        {
            FitStatus.Converged => string.Create(CultureInfo.InvariantCulture, $"The optimum was reached in {result.Iterations} iterations, to within {result.Decrement:E1} nats."),
            FitStatus.IterationLimit => string.Create(CultureInfo.InvariantCulture, $"The iteration limit was reached {result.Decrement:E1} nats from the optimum; the estimates are not the optimum. If the shape is very large or small, the likelihood may have no maximum."),
            _ => string.Create(CultureInfo.InvariantCulture, $"No step improved the likelihood although the optimum is {result.Decrement:E1} nats away; the estimates are not the optimum."),
        };
        return new FitCertificate(result.Status, message, result.Iterations, result.Decrement, result.Evaluation.Gradient.Max(Math.Abs), result.Factor.Rank, result.Point.Length);
    }
}
