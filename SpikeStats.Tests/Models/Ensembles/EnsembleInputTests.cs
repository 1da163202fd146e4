using SpikeStats.Models.Ensembles;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Ensembles;

/// <summary>Leaky neurons under the other inputs of theory: coloured noise, shot noise, and a mean that changes.</summary>
public sealed class EnsembleInputTests
{
    // Nine rows at the standard errors of both simulations, ours in steps of 0.25 ms, the other in 0.02 ms on the grid: false-alarm rate 6e-4 in all.
    [Fact]
    public void Rate_UnderColouredNoise_AgreesWithAnotherSimulation()
    {
        LeakyIntegrateAndFire neuron = new();
        foreach (double[] row in ReferenceFile.Read("simulated-rates").GetProperty("coloured").EnumerateArray().Select(row => row.Doubles()))
        {
            ColouredNoiseInput input = new(row[0] * 1e-3, row[1] * 1e-3, row[2] * 1e-3);
            EnsembleRate found = EnsembleRate.Of(new IntegrateAndFireEnsemble(neuron, input, new EnsembleOptions { Count = 200, TimeStep = 0.25e-3, WarmUp = 0.3 }), 10, seed: 1);
            StatisticalAssert.WithinStandardErrors(found.Rate, row[3], Math.Sqrt((found.StandardError * found.StandardError) + (row[4] * row[4])));
        }
    }

    // The same noise, so that differences between steps are those of the scheme alone; a fine grid agrees too. False-alarm rate 2e-4.
    [Theory]
    [InlineData(SteppingScheme.Bridge, 1e-3)]
    [InlineData(SteppingScheme.Bridge, 0.1e-3)]
    [InlineData(SteppingScheme.Grid, 0.02e-3)]
    public void Rate_UnderColouredNoise_IsThatOfTheFokkerPlanckEquation(SteppingScheme scheme, double step)
    {
        LeakyIntegrateAndFire neuron = new();
        ColouredNoiseInput input = new(20e-3, 5e-3, 10e-3);
        EnsembleRate found = EnsembleRate.Of(new IntegrateAndFireEnsemble(neuron, input, new EnsembleOptions { Count = 100, Scheme = scheme, TimeStep = step, WarmUp = 0.3 }), 5, seed: 2);
        ColouredNoiseRate expected = ColouredNoiseEquation.Rate(neuron, input);
        StatisticalAssert.WithinStandardErrors(found.Rate, expected.Rate, found.StandardError + (0.005 * expected.Rate));
    }

    // From jump to jump nothing depends on the step, not even at 5 ms. Five rows: false-alarm rate 3e-4 in all.
    [Fact]
    public void Rate_UnderShotNoise_IsThatOfTheClosedForm()
    {
        foreach (double[] row in ReferenceFile.Read("shot-noise").GetProperty("rows").EnumerateArray().Select(row => row.Doubles()))
        {
            LeakyIntegrateAndFire neuron = new() { Threshold = row[0], Reset = row[1], TimeConstant = row[2], RefractoryPeriod = row[7] };
            ShotNoiseInput input = new() { ExcitatoryJump = row[3], ExcitatoryRate = row[4], InhibitoryJump = Math.Abs(row[5]), InhibitoryRate = row[6] };
            EnsembleRate found = EnsembleRate.Of(new IntegrateAndFireEnsemble(neuron, input, new EnsembleOptions { Count = 200, TimeStep = 5, WarmUp = 300 }), 10_000, seed: 1);
            StatisticalAssert.WithinStandardErrors(1e3 * found.Rate, row[8], 1e3 * found.StandardError);
        }
    }

    // Rates in 40 bins of 5 ms, each within 4.5 standard errors, and the sum of their squares: false-alarm rate 4e-4.
    [Fact]
    public void PopulationRate_UnderAMeanThatChanges_IsThatOfTheFokkerPlanckEquation()
    {
        const int Neurons = 20_000, Bins = 40;
        const double Duration = 0.2, BinWidth = Duration / Bins;
        LeakyIntegrateAndFire neuron = new();
        TimeVaryingInput input = TimeVaryingInput.Of(time => time < 0.05 ? 12e-3 : 20e-3 + (6e-3 * Math.Sin(2 * Math.PI * 20 * (time - 0.05))), time => time < 0.12 ? 5e-3 : 7e-3);
        Recording recording = new IntegrateAndFireEnsemble(neuron, input, new EnsembleOptions { Count = Neurons, WarmUp = 0.3 }).Simulate(Duration, seed: 1);
        PopulationResponse response = new FokkerPlanckEquation(neuron).Evolve(input, Duration);
        double[] counts = new double[Bins], expected = new double[Bins];
        foreach (SpikeTrain train in recording.Trains)
        {
            foreach (double time in train.Times) counts[(int)(time / BinWidth)]++;
        }

        double step = Duration / response.Rate.Count;
        for (int i = 0; i < response.Rate.Count; i++) expected[(int)((i + 0.5) * step / BinWidth)] += Neurons * step * response.Rate.Values[i];
        double squares = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            // No neuron fires twice in 5 ms to speak of: nearly binomial, and at most Poisson.
            StatisticalAssert.WithinStandardErrors(counts[bin], expected[bin], Math.Sqrt(expected[bin]), k: 4.5);
            squares += Math.Pow(counts[bin] - expected[bin], 2) / expected[bin];
        }

        Assert.True(squares < 80, $"χ² = {squares} of {Bins}");
    }

    [Fact]
    public void Simulate_JumpsOnWhiteNoise_RaiseTheRateAsInTheFokkerPlanckEquation()
    {
        LeakyIntegrateAndFire neuron = new();
        TimeVaryingInput input = TimeVaryingInput.Constant(new WhiteNoiseInput(10e-3, 4e-3)).WithJumps(new JumpInput(40, 6e-3), new JumpInput(50, -2e-3, JumpSizes.Fixed));
        EnsembleRate found = EnsembleRate.Of(new IntegrateAndFireEnsemble(neuron, input, new EnsembleOptions { Count = 200, TimeStep = 0.4e-3, WarmUp = 0.3 }), 10, seed: 1);
        PopulationResponse response = new FokkerPlanckEquation(neuron).Evolve(input, 0.4, InitialDensity.At(5e-3));
        StatisticalAssert.WithinStandardErrors(found.Rate, response.Rate.Values[^1], found.StandardError + (0.003 * found.Rate));
    }
}
