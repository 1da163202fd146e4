using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Models.Ensembles;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Tests.Fitting.IntegrateAndFire;

/// <summary>The laws of simulated intervals and responses against theory, and that a wrong simulation is told.</summary>
public sealed class LeakyValidationTests
{
    private static readonly LeakyIntegrateAndFire neuron = new();

    // Rate, coefficient of variation, intervals (Kolmogorov-Smirnov, some 30,000) and the response at three frequencies, nine deviates each, seed 1: false-alarm rate 2e-3 in all.
    [Theory]
    [InlineData(15, 5, SteppingScheme.Bridge, 0.1)]
    [InlineData(25, 2, SteppingScheme.Bridge, 0.1)]
    [InlineData(18, 4, SteppingScheme.Bridge, 1)]
    [InlineData(18, 4, SteppingScheme.Grid, 0.1)]
    public void Run_RightSimulation_Passes(double mean, double sigma, SteppingScheme scheme, double step)
    {
        LeakyValidation validation = LeakyValidation.Run(neuron, new WhiteNoiseInput(mean * 1e-3, sigma * 1e-3), 1, new EnsembleOptions { Count = 500, Scheme = scheme, TimeStep = step * 1e-3 });
        Assert.Equal(8, validation.Rows.Count);
        Assert.True(validation.IsPassed, string.Join('\n', validation.Rows.Select(row => $"{row} z = {row.Z}").Append($"{validation.Intervals}")));
        Assert.True(validation.Intervals.Count > 10_000);
    }

    [Fact]
    public void Run_StepTooLongForTheBridge_Fails()
    {
        LeakyValidation validation = LeakyValidation.Run(
            neuron, new WhiteNoiseInput(15e-3, 5e-3), 1, new EnsembleOptions { Count = 500, TimeStep = 20e-3 }, new LeakyValidationOptions { Frequencies = [] });
        Assert.False(validation.IsPassed);
        Assert.True(Math.Abs(validation.Rows[0].Z) > 4);
        Assert.Equal(2, validation.Rows.Count);
    }

    [Fact]
    public void Run_WhatCannotBeCompared_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => LeakyValidation.Run(neuron, new WhiteNoiseInput(15e-3, 0), 1));
        Assert.Throws<ArgumentException>(() => LeakyValidation.Run(neuron, new WhiteNoiseInput(0, 3e-3), 1));
        Assert.Throws<ArgumentException>(() => LeakyValidation.Run(neuron, new WhiteNoiseInput(15e-3, 5e-3), 1, new EnsembleOptions()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakyValidationOptions { Duration = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakyValidationOptions { Frequencies = [5, 0] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakyValidationOptions { Modulation = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakyValidationOptions { Bound = double.NaN });
    }
}
