using System.Numerics;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Neurons;

public sealed class PassiveMembraneTests
{
    // 100 MΩ, 20 ms, 15 mV from rest to threshold.
    private static readonly PassiveMembrane membrane = new();

    [Theory]
    [InlineData(1e-3, 3075.625)]
    [InlineData(5e-3, 678.1217)]
    [InlineData(10e-3, 381.2241)]
    [InlineData(20e-3, 237.2965)]
    [InlineData(100e-3, 151.0176)]
    [InlineData(double.PositiveInfinity, 150)]
    public void StrengthDuration_AgreesWithTheReferenceAndIsInverted(double duration, double picoamperes)
    {
        StrengthDurationCurve curve = membrane.StrengthDuration();
        StatisticalAssert.Close(picoamperes * 1e-12, curve.Strength(duration), relative: 1e-6);
        StatisticalAssert.Close(duration, curve.Duration(curve.Strength(duration)), relative: 1e-11);
    }

    [Fact]
    public void Chronaxie_IsTheDurationOfTwiceTheRheobase()
    {
        StrengthDurationCurve curve = membrane.StrengthDuration();
        StatisticalAssert.Close(13.862943611198906e-3, curve.Chronaxie, relative: 1e-15);
        StatisticalAssert.Close(curve.Chronaxie, curve.Duration(2 * curve.Rheobase), relative: 1e-14);
        Assert.Equal(double.PositiveInfinity, curve.Duration(curve.Rheobase));
    }

    [Theory]
    [InlineData(0, 27.905532)]
    [InlineData(2e-3, 26.430421)]
    public void Rate_AboveTheRheobase_IsThatOfTheReference(double refractoryPeriod, double expected) => StatisticalAssert.Close(
        expected, DeterministicRate.At(membrane.ToNeuron(membrane.RestingPotential, refractoryPeriod), membrane.MeanInput(1.2 * membrane.Rheobase)), relative: 1e-7);

    [Fact]
    public void RheobaseConductance_OfLight_HoldsTheMembraneAtItsThreshold()
    {
        double conductance = membrane.RheobaseConductance(0);
        StatisticalAssert.Close(3e-9, conductance, relative: 1e-14);
        PassiveMembrane lit = membrane.WithConductance(conductance, 0);
        StatisticalAssert.Close(membrane.Threshold, lit.RestingPotential, relative: 1e-14);
        Assert.Equal(double.PositiveInfinity, membrane.RheobaseConductance(-55e-3));
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(10e-3)]
    [InlineData(1)]
    public void ThresholdConductance_ReachesTheThresholdAtTheEndOfThePulse(double duration)
    {
        double conductance = membrane.ThresholdConductance(duration, 0);
        PassiveMembrane lit = membrane.WithConductance(conductance, 0);
        double end = lit.RestingPotential + ((membrane.RestingPotential - lit.RestingPotential) * Math.Exp(-duration / lit.TimeConstant));
        StatisticalAssert.Close(membrane.Threshold, end, relative: 1e-13);

        // By Euler steps, without the closed form.
        double voltage = membrane.RestingPotential;
        const int Steps = 200_000;
        for (int i = 0; i < Steps; i++)
            voltage += duration / Steps / membrane.TimeConstant * (membrane.RestingPotential - voltage + (membrane.Resistance * conductance * (0 - voltage)));
        StatisticalAssert.Close(membrane.Threshold, voltage, relative: 1e-4);
    }

    [Fact]
    public void Impedance_HasItsCornerAndPole()
    {
        Complex atCorner = membrane.Impedance(membrane.CornerFrequency);
        StatisticalAssert.Close(membrane.Resistance / Math.Sqrt(2), atCorner.Magnitude, relative: 1e-15);
        StatisticalAssert.Close(-Math.PI / 4, atCorner.Phase, relative: 1e-15);
        Assert.Equal(-50, membrane.Pole, 1e-12);
        Assert.Equal(membrane.Resistance, membrane.Impedance(0).Real);

        // The response to a sine, integrated: gain and phase of the steady state.
        const double Frequency = 15;
        Complex sum = default;
        double voltage = 0, step = 1e-6;
        int period = (int)Math.Round(1 / Frequency / step), total = 10 * period;
        for (int i = 0; i < total; i++)
        {
            double time = i * step;
            if (i >= total - period) sum += voltage * Complex.Exp(new Complex(0, -2 * Math.PI * Frequency * time)) * 2 / period;
            voltage += step / membrane.TimeConstant * ((membrane.Resistance * Math.Cos(2 * Math.PI * Frequency * (time + (0.5 * step)))) - voltage);
        }

        Assert.Equal(0, ((sum / membrane.Impedance(Frequency)) - 1).Magnitude, 1e-3);
    }

    [Fact]
    public void Membrane_ThatRestsAboveItsThreshold_HasNoStrengthDuration()
    {
        PassiveMembrane spontaneous = membrane with { RestingPotential = -45e-3 };
        Assert.True(spontaneous.Rheobase < 0);
        Assert.Contains("fires without input", Assert.Throws<InvalidOperationException>(() => spontaneous.StrengthDuration()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => spontaneous.RheobaseConductance(0));
    }

    [Fact]
    public void Values_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PassiveMembrane { Resistance = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StrengthDurationCurve(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => membrane.StrengthDuration().Strength(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => membrane.WithConductance(-1e-9, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => membrane.ThresholdConductance(0, 0));
    }
}
