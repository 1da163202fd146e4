using SpikeStats.Models.Drives;

namespace SpikeStats.Tests.Models.Drives;

/// <summary>Drives by their definition, and the instants at which they are not smooth.</summary>
public sealed class WaveformTests
{
    [Fact]
    public void Step_AtItsInstant_HasTheValueAfter()
    {
        Waveform step = Waveform.Step(1, 3, 0.2);
        Assert.Equal((1.0, 3.0, 3.0), (step.At(Math.BitDecrement(0.2)), step.At(0.2), step.At(10)));
        Assert.Equal([0.2], step.BreaksWithin(0, 1));
        Assert.Empty(step.BreaksWithin(0.2, 1));
    }

    [Fact]
    public void IsPiecewiseConstant_TellsWhatChangesBetweenItsBreaks()
    {
        Waveform sampled = Waveform.Sampled(SampledSignal.Regular("x", new double[] { 1, 2 }, 0, 10));
        Assert.All((Waveform[])[Waveform.Zero, Waveform.Step(0, 1, 2), Waveform.Pulse(1, 0, 1), sampled, sampled.Plus(Waveform.Zero)], waveform => Assert.True(waveform.IsPiecewiseConstant));
        Assert.All((Waveform[])[Waveform.Ramp(0, 1, 0, 1), Waveform.Sine(0, 1, 5), sampled.Plus(Waveform.Sine(0, 1, 5))], waveform => Assert.False(waveform.IsPiecewiseConstant));
    }

    [Fact]
    public void Pulse_IsHalfOpen()
    {
        Waveform pulse = Waveform.Pulse(2, 0.1, 0.05);
        Assert.Equal((0.0, 2.0, 2.0, 0.0), (pulse.At(0), pulse.At(0.1), pulse.At(0.149), pulse.At(0.1 + 0.05)));
        Assert.Equal([0.1, 0.1 + 0.05], pulse.BreaksWithin(0, 1));
    }

    [Fact]
    public void Ramp_GoesStraightAndStays()
    {
        Waveform ramp = Waveform.Ramp(1, 3, 1, 4);
        Assert.Equal((1.0, 2.0, 3.0, 3.0), (ramp.At(0), ramp.At(3), ramp.At(5), ramp.At(9)));
        Assert.Equal([1.0, 5.0], ramp.BreaksWithin(0, 10));
    }

    [Fact]
    public void Sine_HasMeanAmplitudeAndPhase()
    {
        Waveform sine = Waveform.Sine(1, 2, 5, Math.PI / 2);
        Assert.Equal(3, sine.At(0), 12);
        Assert.Equal(-1, sine.At(0.1), 12);
        Assert.Empty(sine.BreaksWithin(0, 1));
    }

    [Fact]
    public void Sampled_HoldsEachSample_AndTheFirstAndLastBeyondTheSignal()
    {
        Waveform held = Waveform.Sampled(SampledSignal.Regular("x", new double[] { 4, 5, 6 }, start: 1, samplingRate: 10));
        Assert.Equal((4.0, 4.0, 5.0, 6.0), (held.At(0), held.At(1.05), held.At(1.15), held.At(50)));
        Assert.Equal([1 + (1 / 10.0), 1 + (2 / 10.0)], held.BreaksWithin(0, 9));
    }

    [Fact]
    public void Sum_AddsValues_AndJoinsBreaks()
    {
        Waveform sum = Waveform.Step(0, 1, 0.5).Plus(Waveform.Pulse(2, 0.25, 0.25));
        Assert.Equal((0.0, 2.0, 1.0), (sum.At(0), sum.At(0.3), sum.At(0.5)));
        Assert.Equal([0.25, 0.5], sum.BreaksWithin(0, 1));
    }

    [Fact]
    public void Drive_ThatIsNotFinite_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Waveform.Constant(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Waveform.Pulse(1, 0, 0));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Waveform.Sampled(SampledSignal.Regular("light", new[] { 1, double.NaN }, start: 0, samplingRate: 10)));
        Assert.Contains("Sample 1 of the signal light", error.Message, StringComparison.Ordinal);
    }
}
