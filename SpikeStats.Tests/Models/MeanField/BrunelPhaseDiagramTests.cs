using SpikeStats.Models.MeanField;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.MeanField;

public sealed class BrunelPhaseDiagramTests
{
    [Theory]
    [InlineData(3, 2, NetworkRegime.SynchronousRegular)]
    [InlineData(6, 4, NetworkRegime.SynchronousIrregularFast)]
    [InlineData(5, 2, NetworkRegime.AsynchronousIrregular)]
    [InlineData(4.5, 0.9, NetworkRegime.SynchronousIrregularSlow)]
    public void StateOf_PlacesOfThePaper_HasTheirRegime(double inhibition, double drive, NetworkRegime regime) =>
        Assert.Equal(regime, BrunelPhaseDiagram.StateOf(new BrunelNetwork { RelativeInhibition = inhibition, RelativeDrive = drive }).Regime);

    [Fact]
    public void Of_Grid_HoldsTheStatesOfItsPlacesAndDrawsThem()
    {
        double[] inhibitions = [3, 5, 6], drives = [0.9, 2, 4];
        BrunelPhaseDiagram diagram = BrunelPhaseDiagram.Of(new BrunelNetwork(), inhibitions, drives);
        for (int i = 0; i < 9; i++)
            Assert.Equal(BrunelPhaseDiagram.StateOf(new BrunelNetwork { RelativeInhibition = inhibitions[i % 3], RelativeDrive = drives[i / 3] }), diagram.States[i]);
        StatisticalAssert.Close(190.2092171, diagram.States[8].Frequency, relative: 1e-8);
        Assert.Contains("Relative inhibition", diagram.ToFigure().ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_CancelledOrBadAxis_Throws()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => BrunelPhaseDiagram.Of(new BrunelNetwork(), [3, 5], [1, 2], cancellationToken: new CancellationToken(canceled: true)));
        Assert.Contains("ascend", Assert.Throws<ArgumentException>(() => BrunelPhaseDiagram.Of(new BrunelNetwork(), [5, 3], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("two values", Assert.Throws<ArgumentException>(() => BrunelPhaseDiagram.Of(new BrunelNetwork(), [5], [1, 2])).Message, StringComparison.Ordinal);
    }
}
