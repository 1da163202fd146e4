using System.Numerics;

namespace SpikeStats.Models.MeanField;

/// <summary>Where the asynchronous state of Brunel's network changes on the way from one place of its phase diagram to another.</summary>
internal sealed class PhaseBoundary
{
    private const int NewtonSteps = 12;
    private const double Difference = 1e-6, Tolerance = 1e-10;

    // The half-width of the bracket in which a point is known to lie, as a share of the way.
    private const double Bracket = 1e-8;

    private readonly BrunelNetwork start, end;
    private readonly DelayStabilityOptions options;
    private readonly CancellationToken cancellationToken;

    private PhaseBoundary(BrunelNetwork start, BrunelNetwork end, DelayStabilityOptions options, CancellationToken cancellationToken)
    {
        (this.start, this.end) = (start, end);
        this.options = options;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>The points on the straight way between two places: at most one of each kind.</summary>
    public static IEnumerable<PhaseBoundaryPoint> Between(BrunelNetwork start, BrunelNetwork end, DelayStabilityOptions options, CancellationToken cancellationToken)
    {
        PhaseBoundary boundary = new(start, end, options, cancellationToken);
        int before = boundary.PointCount(0), after = boundary.PointCount(1);
        double fold = double.NaN;
        if (before != after)
        {
            fold = Bisect(share => boundary.PointCount(share) == before);
            double richer = fold + (before > after ? -Bracket : Bracket);
            yield return boundary.At(fold, PhaseBoundaryKind.SaddleNode, boundary.MeetingRate(richer), 0);
        }

        if (boundary.IsStable(0) == boundary.IsStable(1)) yield break;
        if (boundary.Oscillation() is { } point) yield return point;
    }

    private PhaseBoundaryPoint At(double share, PhaseBoundaryKind kind, double rate, double frequency)
    {
        BrunelNetwork network = Network(share);
        return new PhaseBoundaryPoint(network.RelativeInhibition, network.RelativeDrive, kind, rate, frequency);
    }

    private BrunelNetwork Network(double share) => start with
    {
        RelativeInhibition = start.RelativeInhibition + (share * (end.RelativeInhibition - start.RelativeInhibition)),
        RelativeDrive = start.RelativeDrive + (share * (end.RelativeDrive - start.RelativeDrive)),
    };

    private (RateNetwork Rates, FixedPoint Point) Followed(double share)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RateNetwork rates = Network(share).ToNetwork();
        return (rates, BrunelPhaseDiagram.Followed(rates.FixedPoints(cancellationToken: cancellationToken)));
    }

    private int PointCount(double share) => Network(share).ToNetwork().FixedPoints(cancellationToken: cancellationToken).Points.Count;

    // Of the fixed points next to a fold, the two nearest to each other are those that meet.
    private double MeetingRate(double share)
    {
        IReadOnlyList<FixedPoint> points = Network(share).ToNetwork().FixedPoints(cancellationToken: cancellationToken).Points;
        int nearest = Enumerable.Range(1, points.Count - 1).MinBy(i => points[i].Rates[0] / points[i - 1].Rates[0]);
        return Math.Sqrt(points[nearest].Rates[0] * points[nearest - 1].Rates[0]);
    }

    private bool IsStable(double share)
    {
        (RateNetwork rates, FixedPoint point) = Followed(share);
        return DelayStability.UnstableCount(rates, point, options) == 0;
    }

    private static double Bisect(Func<double, bool> isBefore)
    {
        double low = 0, high = 1;
        while (high - low > 0.1 * Bracket)
        {
            double middle = 0.5 * (low + high);
            if (isBefore(middle)) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }

    // Newton's iteration for the place and the frequency; where it fails, bisection of the stability.
    private PhaseBoundaryPoint? Oscillation()
    {
        bool isStable = IsStable(0);
        double low = 0, high = 1;
        while (high - low > Bracket)
        {
            (RateNetwork rates, FixedPoint point) = Followed(isStable ? high : low);
            DelayEigenvalue leading = DelayStability.Unstable(rates, point, options, cancellationToken).Eigenvalues.FirstOrDefault(new DelayEigenvalue(double.NaN, double.NaN));
            if (Newton(0.5 * (low + high), 2 * Math.PI * leading.Frequency, low, high) is { } found
                && IsStable(Math.Max(0, found.Share - Bracket)) == isStable && IsStable(Math.Min(1, found.Share + Bracket)) != isStable)
                return At(found.Share, PhaseBoundaryKind.Oscillation, Followed(found.Share).Point.Rates[0], found.Angular / (2 * Math.PI));
            double middle = 0.5 * (low + high);
            if (IsStable(middle) == isStable) low = middle;
            else high = middle;
        }

        // The state that is followed ends at a fold, and the other one has another stability: no line of its own.
        return null;
    }

    private (double Share, double Angular)? Newton(double share, double angular, double low, double high)
    {
        if (!(angular > 0)) return null;
        for (int i = 0; i < NewtonSteps; i++)
        {
            double step = share + Difference > high ? -Difference : Difference;
            LinearisedNetwork here = Linear(share), beside = Linear(share + step);
            Complex value = here.Characteristic(new Complex(0, angular));
            Complex alongShare = (beside.Characteristic(new Complex(0, angular)) - value) / step;
            Complex alongAngular = (here.Characteristic(new Complex(0, angular * (1 + Difference))) - here.Characteristic(new Complex(0, angular * (1 - Difference)))) / (2 * Difference * angular);
            double determinant = (alongShare.Real * alongAngular.Imaginary) - (alongShare.Imaginary * alongAngular.Real);
            double byShare = ((value.Real * alongAngular.Imaginary) - (value.Imaginary * alongAngular.Real)) / determinant;
            double byAngular = ((alongShare.Real * value.Imaginary) - (alongShare.Imaginary * value.Real)) / determinant;
            share -= byShare;
            angular -= byAngular;
            if (!(share >= low && share <= high && angular > 0 && angular < 2 * Math.PI * options.HighestFrequency)) return null;
            if (Math.Abs(byShare) < Tolerance && Math.Abs(byAngular) < Tolerance * angular) return (share, angular);
        }

        return null;
    }

    private LinearisedNetwork Linear(double share)
    {
        (RateNetwork rates, FixedPoint point) = Followed(share);
        return new LinearisedNetwork(rates, point);
    }
}
