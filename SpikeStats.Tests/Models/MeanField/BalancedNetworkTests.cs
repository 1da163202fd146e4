using System.Text.Json;
using SpikeStats.Models.MeanField;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.MeanField;

public sealed class BalancedNetworkTests
{
    private static JsonElement Reference { get; } = ReferenceFile.Read("rate-models").GetProperty("balance");

    [Fact]
    public void MeanField_FiniteAndManyInputs_IsThatOfTheReference()
    {
        foreach (JsonElement row in Reference.GetProperty("rows").EnumerateArray())
            Check(new BalancedNetwork(), row.Number("K"), row.GetProperty("meanfield_mE_mI"));
        foreach (JsonProperty row in Reference.GetProperty("linearity_meanfield_K1000").EnumerateObject())
            Check(new BalancedNetwork { ExternalActivity = double.Parse(row.Name, System.Globalization.CultureInfo.InvariantCulture) }, 1000, row.Value);
        BalancedActivity limit = new BalancedNetwork().ManyInputs(), near = new BalancedNetwork().MeanField(1e10);
        StatisticalAssert.Close(Reference.GetProperty("inf_K_rates").Doubles(), [limit.Excitatory, limit.Inhibitory], relative: 1e-12);
        StatisticalAssert.Close([limit.Excitatory, limit.Inhibitory], [near.Excitatory, near.Inhibitory], relative: 1e-3);

        static void Check(BalancedNetwork network, double inputCount, JsonElement expected)
        {
            BalancedActivity activity = network.MeanField(inputCount);
            StatisticalAssert.Close(expected.Doubles(), [activity.Excitatory, activity.Inhibitory], relative: 1e-9);
            Assert.Equal(BalancedRegime.Balanced, activity.Regime);
        }
    }

    // The bound of 1.5 % is that of the theory at this K, not of chance: over time the activities vary by less than 0.2 %.
    [Fact]
    public void Simulate_ThousandInputs_AgreesWithTheMeanField()
    {
        BalancedNetwork network = new();
        BalancedActivity theory = network.MeanField(1000), simulated = network.Simulate(1000, 4000, 60, seed: 1);
        StatisticalAssert.Close([theory.Excitatory, theory.Inhibitory], [simulated.Excitatory, simulated.Inhibitory], relative: 0.015);
        Assert.Equal(BalancedRegime.Balanced, simulated.Regime);
        Assert.True(Math.Abs(simulated.NetInput) < 0.05 * Math.Sqrt(1000) * (network.ExternalActivity + simulated.Excitatory));
    }

    [Fact]
    public void Simulate_WeakInputToFewConnections_ReportsThatExcitationIsSilent()
    {
        BalancedActivity activity = new BalancedNetwork { ExternalActivity = 0.1 }.Simulate(100, 4000, 60, seed: 2);
        Assert.Equal(BalancedRegime.ExcitationSilent, activity.Regime);
    }

    [Fact]
    public void Simulate_SameSeed_GivesTheSame()
    {
        BalancedNetwork network = new();
        Assert.Equal(network.Simulate(50, 200, 20, seed: 3), network.Simulate(50, 200, 20, seed: 3));
        Assert.NotEqual(network.Simulate(50, 200, 20, seed: 3), network.Simulate(50, 200, 20, seed: 4));
    }

    [Fact]
    public void ManyInputs_ExternalInputTooWeak_HasNoBalancedState() =>
        Assert.Equal(BalancedRegime.ExcitationSilent, new BalancedNetwork { ExternalToInhibitory = 1.2 }.ManyInputs().Regime);

    [Fact]
    public void Network_BadInput_SaysWhatIsWrong()
    {
        Assert.Contains("per population", Assert.Throws<ArgumentOutOfRangeException>(() => new BalancedNetwork().MeanField(-1)).Message, StringComparison.Ordinal);
        Assert.Contains("200 inputs", Assert.Throws<ArgumentOutOfRangeException>(() => new BalancedNetwork().Simulate(200, 100, 1, seed: 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BalancedNetwork { ExternalActivity = double.NaN });
    }
}
