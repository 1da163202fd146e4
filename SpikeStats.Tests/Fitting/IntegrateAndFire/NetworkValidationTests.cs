using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Models.MeanField;
using SpikeStats.Models.Networks;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Tests.Fitting.IntegrateAndFire;

public sealed class NetworkValidationTests
{
    [Fact]
    public void Network_WithNoiseFromOutside_AgreesInRateAndVariation()
    {
        // 2500 neurons whose noise is mostly their own: rates within 3 %, coefficients of variation within 5 %.
        SpikingPopulation population = new("E", 2000, new LeakyIntegrateAndFire()) { Background = new WhiteNoiseInput(14e-3, 5e-3) };
        SpikingNetwork network = new(
            [population, population with { Name = "I", Size = 500 }],
            [.. new[] { "E", "I" }.SelectMany(target => new SpikingProjection[] { new("E", target, new FixedInDegree(200), 0.05e-3, 1.5e-3), new("I", target, new PairwiseBernoulli(0.1), -0.25e-3, 2e-3) })]);
        NetworkValidation validation = NetworkValidation.Run(network, 4, seed: 1, new NetworkSimulationOptions { WarmUp = 0.2 });
        Assert.True(validation.IsPassed, string.Join('\n', validation.Rows) + validation.Activity);
        foreach (ValidationRow row in validation.Rows) Assert.InRange(row.Simulated / row.Theory, row.Unit.Length > 0 ? 0.97 : 0.95, row.Unit.Length > 0 ? 1.03 : 1.05);
        Assert.Equal(NetworkRegime.AsynchronousIrregular, validation.Activity.Regime);
    }

    [Fact]
    public void Network_InASynchronousState_DoesNotPass()
    {
        SpikingNetwork network = new BrunelNetwork { ExcitatoryInDegree = 200, Weight = 0.5e-3, RelativeInhibition = 3 }.ToSpikingNetwork(2000);
        NetworkValidation validation = NetworkValidation.Run(network, 0.3, seed: 1, new NetworkSimulationOptions { WarmUp = 0.1 });
        Assert.False(validation.IsPassed);
        Assert.Equal(NetworkRegime.SynchronousRegular, validation.Activity.Regime);
    }
}
