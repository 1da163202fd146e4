using System.Text.Json;
using MathNet.Numerics.Integration;
using SpikeStats.Models.Renewal;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Renewal;

/// <summary>The escape-rate neuron against another tool and brute-force integration of its hazard; the rows of the recovering hazard.</summary>
public sealed class EscapeRateTests
{
    private static readonly JsonElement reference = ReferenceFile.Read("escape-rate");

    private static readonly EscapeRate[] neurons =
    [
        new(50, 0.1, 1, 1, 0, 0.02), new(100, 0.002, 0.018, 0.02, 0.01, 0.02, 0.002), new(20, 0.01, 0.005, 0.02, 0.0, 0.01), new(10, 0.0005, 0.03, 0.02, 0.0, 0.02, 0.001),
        new(30, 0.005, 0.01, 0.015, 0.01, 0.02), new(5, 0.02, 0.015, 0.015, 0.006, 0.05),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, neurons.Length)];

    [Fact]
    public void Reference_Moments_AreReached()
    {
        JsonElement expected = reference.GetProperty("escape_LIF");
        EscapeRate neuron = new(expected.Number("rho0_Hz"), expected.Number("beta"), expected.Number("mu"), expected.Number("theta"), 0, expected.Number("tau_m"));
        StatisticalAssert.Close(expected.Number("mean_ISI_s"), neuron.Mean, relative: 1e-8);
        StatisticalAssert.Close(expected.Number("CV"), neuron.CoefficientOfVariation, relative: 1e-8);
        StatisticalAssert.Close(1, Enumerable.Range(0, 60).Sum(panel => GaussLegendreRule.Integrate(neuron.Density, 0.01 * panel, 0.01 * (panel + 1), 16)), absolute: 1e-9);
        foreach (JsonElement row in reference.GetProperty("recovery_hazard").EnumerateArray())
        {
            RecoveringHazard hazard = new(row.Number("lambda_Hz"), row.Number("tau_s"));
            StatisticalAssert.Close(row.Number("mean_ISI_closed_form"), hazard.Mean, relative: 1e-13);
            StatisticalAssert.Close(row.Number("CV"), hazard.CoefficientOfVariation, relative: 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Survivor_IsTheIntegratedHazard(int index)
    {
        EscapeRate neuron = neurons[index];
        double sum = 0, from = neuron.RefractoryPeriod;
        foreach (double age in (double[])[1e-6, 1e-3, 5e-3, 0.012, 0.03, 0.08, 0.3, 2])
        {
            double to = neuron.RefractoryPeriod + age;
            for (int panel = 0; panel < 200; panel++) sum += GaussLegendreRule.Integrate(neuron.Hazard, from + ((to - from) * panel / 200), from + ((to - from) * (panel + 1) / 200), 16);
            StatisticalAssert.Close(sum, -neuron.LogSurvivor(to), relative: 1e-11);
            StatisticalAssert.Close(Math.Log(neuron.Hazard(to)) + neuron.LogSurvivor(to), neuron.LogDensity(to), relative: 1e-12, absolute: 1e-12);
            from = to;
        }

        Assert.True(double.IsFinite(neuron.LogSurvivor(100)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Moments_AreThoseOfTheDensity(int index)
    {
        EscapeRate neuron = neurons[index];
        double stated = neuron.Mean, mean = 0, square = 0, mass = 0, width = stated / 20;
        for (int panel = 0; panel < 800; panel++)
        {
            double from = neuron.RefractoryPeriod + (panel * width), to = from + width;
            mass += GaussLegendreRule.Integrate(neuron.Density, from, to, 16);
            mean += GaussLegendreRule.Integrate(time => time * neuron.Density(time), from, to, 16);
            square += GaussLegendreRule.Integrate(time => (time - stated) * (time - stated) * neuron.Density(time), from, to, 16);
        }

        StatisticalAssert.Close(1, mass, absolute: 1e-10);
        StatisticalAssert.Close(mean, stated, relative: 1e-10);
        StatisticalAssert.Close(square, neuron.Variance, relative: 1e-9);
    }

    // Mean of 20,000 intervals within 4 standard errors, six neurons: false-alarm rate 4e-4.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Sample_HasTheMean_AndInvertsTheSurvivor(int index)
    {
        EscapeRate neuron = neurons[index];
        RandomStream stream = new(seed: 3), again = new(seed: 3);
        double sum = 0;
        for (int i = 0; i < 20_000; i++)
        {
            double interval = neuron.Sample(stream), target = again.NextExponential();
            sum += interval;
            if (i < 50) StatisticalAssert.Close(target, -neuron.LogSurvivor(interval), relative: 1e-10);
        }

        StatisticalAssert.WithinStandardErrors(sum / 20_000, neuron.Mean, Math.Sqrt(neuron.Variance / 20_000));
    }

    [Fact]
    public void ResetAtTheMean_IsPoissonian_AndAboveItIsRefused()
    {
        EscapeRate neuron = neurons[4];
        StatisticalAssert.Close(1, neuron.CoefficientOfVariation, relative: 1e-10);
        StatisticalAssert.Close(1 / (30 * Math.Exp(-1)), neuron.Mean, relative: 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EscapeRate(10, 0.001, 0.01, 0.02, 0.011, 0.02));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EscapeRate(10, 0, 0.01, 0.02, 0, 0.02));
    }
}
