using SpikeStats.Models.MeanField;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.MeanField;

public sealed class PhaseBoundaryTests
{
    private static readonly BrunelPhaseDiagram diagram = BrunelPhaseDiagram.Of(new BrunelNetwork(), [3, 4.2, 5, 6, 7], [0.5, 0.7, 0.95, 1.5, 2.5, 4]);
    private static readonly IReadOnlyList<PhaseBoundaryPoint> points = diagram.Boundaries();

    [Fact]
    public void Boundaries_Oscillation_ALittleToEitherSideChangesStability()
    {
        PhaseBoundaryPoint[] oscillations = [.. points.Where(point => point.Kind == PhaseBoundaryKind.Oscillation)];
        Assert.NotEmpty(oscillations);
        foreach (PhaseBoundaryPoint point in oscillations)
        {
            // On the line the leading mode neither grows nor decays.
            DelayEigenvalue mode = Leading(point, 0, 0);
            StatisticalAssert.Close(0, mode.GrowthRate, absolute: 1e-3);
            StatisticalAssert.Close(point.Frequency, mode.Frequency, relative: 1e-6);

            // Across it, along the way on which it was found.
            (double g, double drive) = diagram.RelativeInhibitions.Contains(point.RelativeInhibition) ? (0.0, 1e-5) : (1e-5, 0.0);
            Assert.True(Leading(point, g, drive).GrowthRate * Leading(point, -g, -drive).GrowthRate < 0);
        }
    }

    [Fact]
    public void Boundaries_SaddleNode_ALittleToEitherSideChangesTheNumberOfFixedPoints()
    {
        PhaseBoundaryPoint[] folds = [.. points.Where(point => point.Kind == PhaseBoundaryKind.SaddleNode)];
        Assert.NotEmpty(folds);
        foreach (PhaseBoundaryPoint point in folds)
        {
            Assert.Equal(0, point.Frequency);
            (double g, double drive) = diagram.RelativeInhibitions.Contains(point.RelativeInhibition) ? (0.0, 1e-7) : (1e-7, 0.0);
            Assert.NotEqual(Count(point, g, drive), Count(point, -g, -drive));

            // Where two fixed points meet, the gain is 1.
            (double inward, double inwardDrive) = Count(point, g, drive) > Count(point, -g, -drive) ? (g, drive) : (-g, -drive);
            FixedPoint[] beside = [.. Network(point, inward, inwardDrive).FixedPoints().Points];
            Assert.Contains(beside, at => Math.Abs(at.LeadingGain - 1) < 0.01 && Math.Abs(Math.Log(at.Rates[0] / point.Rate)) < 0.1);
        }
    }

    [Fact]
    public void Boundaries_EveryChangeOfTheDiagram_HasItsPoint()
    {
        for (int i = 0; i < diagram.States.Count; i++)
        {
            int column = i % 5, row = i / 5;
            if (column < 4) Check(i, i + 1, point => point.RelativeDrive == diagram.RelativeDrives[row] && point.RelativeInhibition > diagram.RelativeInhibitions[column] && point.RelativeInhibition < diagram.RelativeInhibitions[column + 1]);
            if (row < 5) Check(i, i + 5, point => point.RelativeInhibition == diagram.RelativeInhibitions[column] && point.RelativeDrive > diagram.RelativeDrives[row] && point.RelativeDrive < diagram.RelativeDrives[row + 1]);
        }

        static void Check(int from, int to, Func<PhaseBoundaryPoint, bool> isBetween)
        {
            NetworkState a = diagram.States[from], b = diagram.States[to];
            Assert.Equal(a.FixedPointCount != b.FixedPointCount || a.IsSynchronous != b.IsSynchronous, points.Any(isBetween));
        }
    }

    [Fact]
    public void Boundaries_OfAUniformDiagram_AreEmptyAndCancellable()
    {
        Assert.Empty(BrunelPhaseDiagram.Of(new BrunelNetwork(), [5, 5.1], [2, 2.1]).Boundaries());
        Assert.ThrowsAny<OperationCanceledException>(() => diagram.Boundaries(cancellationToken: new CancellationToken(canceled: true)));
    }

    private static DelayEigenvalue Leading(PhaseBoundaryPoint at, double g, double drive)
    {
        RateNetwork network = Network(at, g, drive);
        return DelayStability.Of(network, network.FixedPoints().Points.Last(point => point.IsStaticallyStable)).Eigenvalues[0];
    }

    private static int Count(PhaseBoundaryPoint at, double g, double drive) => Network(at, g, drive).FixedPoints().Points.Count;

    private static RateNetwork Network(PhaseBoundaryPoint at, double g, double drive) =>
        new BrunelNetwork { RelativeInhibition = at.RelativeInhibition + g, RelativeDrive = at.RelativeDrive + drive }.ToNetwork();
}
