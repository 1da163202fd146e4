using SpikeStats.Units;

namespace SpikeStats.Tests.Units;

public sealed class QuantitiesTests
{
    [Fact]
    public void Literals_OfEveryUnit_AreTheNearestDoubleOfTheirSiValue()
    {
        Assert.Equal(0.009, 9.ms);
        Assert.Equal(0.0035, 3.5.ms);
        Assert.Equal(-0.07, (-70).mV);
        Assert.Equal(0.000033, 33.us);
        Assert.Equal(5e-10, 0.5.nA);
        Assert.Equal(1.2e-10, 120.pA);
        Assert.Equal(2.5e-10, 250.pF);
        Assert.Equal(3e-9, 3.nF);
        Assert.Equal(1.5e-8, 15.nS);
        Assert.Equal(2e-6, 2.uS);
        Assert.Equal(7e-5, 70.uV);
        Assert.Equal(2500.0, 2.5.kHz);
        Assert.Equal(1e8, 100.MOhm);
        Assert.Equal(7200.0, 2.h);
        Assert.Equal(90.0, 1.5.min);
        Assert.Equal(42.0, 42.s);
        Assert.Equal(42.0, 42.Hz);
        Assert.Equal(-0.5, (-0.5).V);
    }

    // 0.001 is not a double: 9 * 0.001 is 0.009000000000000001. Dividing by a power of ten rounds once and is right for every whole number.
    [Fact]
    public void Milliseconds_EveryWholeNumberUpTo100000_EqualTheDecimalLiteral()
    {
        for (int ms = 0; ms <= 100_000; ms++)
        {
            double literal = (double)((decimal)ms / 1000m);
            if (ms.ms != literal || ((double)ms).ms != literal) Assert.Fail($"{ms}.ms is {ms.ms:R}, not {literal:R}.");
        }
    }

    [Fact]
    public void Integers_AndDoubles_AgreeInEveryUnit()
    {
        Assert.Equal(3.0.h, 3.h);
        Assert.Equal(3.0.min, 3.min);
        Assert.Equal(3.0.s, 3.s);
        Assert.Equal(3.0.us, 3.us);
        Assert.Equal(3.0.Hz, 3.Hz);
        Assert.Equal(3.0.kHz, 3.kHz);
        Assert.Equal(3.0.V, 3.V);
        Assert.Equal(3.0.mV, 3.mV);
        Assert.Equal(3.0.uV, 3.uV);
        Assert.Equal(3.0.nA, 3.nA);
        Assert.Equal(3.0.pA, 3.pA);
        Assert.Equal(3.0.nF, 3.nF);
        Assert.Equal(3.0.pF, 3.pF);
        Assert.Equal(3.0.uS, 3.uS);
        Assert.Equal(3.0.nS, 3.nS);
        Assert.Equal(3.0.MOhm, 3.MOhm);
    }
}
