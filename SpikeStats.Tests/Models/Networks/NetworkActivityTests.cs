using SpikeStats.Models.MeanField;
using SpikeStats.Models.Networks;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Networks;

/// <summary>Brunel's network of 12,500 neurons at the four places of his figure 8, and what is read from its spikes.</summary>
public sealed class NetworkActivityTests
{
    private const double Step = 0.1e-3;

    [Theory]
    [InlineData(3, 2, 0.5, NetworkRegime.SynchronousRegular)]
    [InlineData(6, 4, 0.5, NetworkRegime.SynchronousIrregularFast)]
    [InlineData(5, 2, 0.5, NetworkRegime.AsynchronousIrregular)]
    [InlineData(4.5, 0.9, 1.5, NetworkRegime.SynchronousIrregularSlow)]
    public void BrunelNetwork_AtThePlacesOfFigure8_FiresInTheStateOfThePaper(double inhibition, double drive, double duration, NetworkRegime regime)
    {
        SpikingNetwork network = new BrunelNetwork { RelativeInhibition = inhibition, RelativeDrive = drive }.ToSpikingNetwork(10_000);
        Recording recording = new NetworkSimulation(network, new NetworkSimulationOptions { WarmUp = 0.2 }).Simulate(duration, seed: 1);
        NetworkActivity activity = NetworkActivity.Of(recording);
        Assert.Fail(activity.ToString() + regime);
    }
}
