using System.Text.Json;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.FokkerPlanck;

/// <summary>In millivolts and milliseconds.</summary>
public sealed class ShotNoiseTests
{
    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, Reference.GetArrayLength())];

    private static JsonElement Reference { get; } = ReferenceFile.Read("shot-noise").GetProperty("rows");

    [Theory]
    [MemberData(nameof(Rows))]
    public void Rate_ReferenceRow_IsTheExactOneAndThatOfTheSimulation(int index)
    {
        double[] row = Reference[index].Doubles();
        double rate = 1e3 * ShotNoise.Rate(NeuronOf(row), InputOf(row));
        StatisticalAssert.Close(row[8], rate, relative: 1e-11);
        StatisticalAssert.WithinStandardErrors(row[9], rate, row[10]);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Evolve_ReferenceRow_SettlesAtTheExactRate(int index)
    {
        double[] row = Reference[index].Doubles();
        TimeVaryingInput input = TimeVaryingInput.Constant(new(0, 0)).WithJumps(new(row[4], row[3]), new(row[6], row[5]));

        // Without white noise the drift is upwind and of first order, in step and width together: two extrapolations.
        double coarse = Settled(NeuronOf(row), input, 200, 0.2), middle = Settled(NeuronOf(row), input, 400, 0.1), fine = Settled(NeuronOf(row), input, 800, 0.05);
        StatisticalAssert.Close(row[8], 1e3 * ((8 * fine) - (6 * middle) + coarse) / 3, relative: 2e-3);
    }

    [Fact]
    public void Rate_SmallFrequentJumps_TendsToTheDiffusionLimit()
    {
        LeakyIntegrateAndFire neuron = new() { TimeConstant = 20, Threshold = 20, Reset = 10, RefractoryPeriod = 2 };
        double limit = Siegert.Rate(neuron, new(15, 5));

        // μ = 15 and σ = 5 by excitation and inhibition of one size.
        double[] errors = [.. new[] { 0.04, 0.02, 0.01, 0.005 }.Select(size => Math.Abs(ShotNoise.Rate(neuron, Balanced(size)) - limit))];
        for (int k = 1; k < errors.Length; k++) Assert.InRange(errors[k - 1] / errors[k], 1.8, 2.2);
        StatisticalAssert.Close(15, Balanced(0.1).DiffusionLimit(20).Mean, relative: 1e-12);
        StatisticalAssert.Close(5, Balanced(0.1).DiffusionLimit(20).Sigma, relative: 1e-12);

        static ShotNoiseInput Balanced(double size)
        {
            double both = 25 / (40 * size * size), difference = 15 / (20 * size);
            return new() { ExcitatoryJump = size, InhibitoryJump = size, ExcitatoryRate = 0.5 * (both + difference), InhibitoryRate = 0.5 * (both - difference) };
        }
    }

    [Fact]
    public void Evolve_FixedJumps_TendToTheDiffusionLimitWithTheirSize()
    {
        LeakyIntegrateAndFire neuron = new() { TimeConstant = 20, Threshold = 20, Reset = 10, RefractoryPeriod = 2 };
        double limit = Siegert.Rate(neuron, new(15, 5));
        double coarse = Math.Abs(With(0.4) - limit), fine = Math.Abs(With(0.2) - limit);
        Assert.InRange(coarse / fine, 1.6, 2.4);

        // Half of the variance as white noise.
        double With(double size)
        {
            double both = 12.5 / (20 * size * size);
            return Settled(neuron, TimeVaryingInput.Constant(new(15, Math.Sqrt(12.5))).WithJumps(new(0.5 * both, size, JumpSizes.Fixed), new(0.5 * both, -size, JumpSizes.Fixed)), 1000, 0.1);
        }
    }

    [Fact]
    public void Rate_Extremes_AreDefined()
    {
        LeakyIntegrateAndFire neuron = new() { TimeConstant = 20, Threshold = 20, Reset = 10, RefractoryPeriod = 2 };
        Assert.Equal(0, ShotNoise.Rate(neuron, new() { InhibitoryRate = 1, InhibitoryJump = 1 }));
        Assert.Equal(0, ShotNoise.Rate(neuron, new() { Mean = -1000, ExcitatoryRate = 1e-3, ExcitatoryJump = 1e-2 }));

        // A jump that always fires: the rate is that of the jumps.
        StatisticalAssert.Close(1 / (2 + (1 / 1e-3)), ShotNoise.Rate(neuron, new() { ExcitatoryRate = 1e-3, ExcitatoryJump = 1e9 }), relative: 1e-7);
        Assert.Contains("without jumps", Assert.Throws<ArgumentException>(() => ShotNoise.Rate(neuron, new() { Mean = 21, ExcitatoryRate = 1, ExcitatoryJump = 1 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShotNoiseInput { ExcitatoryRate = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JumpInput(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new JumpInput(double.NaN, 1));
        Assert.Contains("settle", Assert.Throws<ArgumentException>(() => new FokkerPlanckEquation(neuron).Evolve(TimeVaryingInput.Constant(new(0, 1)).WithJumps(new JumpInput(1, 1)), 1)).Message, StringComparison.Ordinal);
    }

    private static double Settled(LeakyIntegrateAndFire neuron, TimeVaryingInput input, int cells, double timeStep)
    {
        PopulationResponse response = new FokkerPlanckEquation(neuron, new() { Cells = cells, LowerBoundary = -20, TimeStep = timeStep }).Evolve(input, 300, InitialDensity.Normal(8, 3));
        Assert.InRange(response.MassError, 0, 1e-12);
        return response.Rate.Values[^1];
    }

    private static LeakyIntegrateAndFire NeuronOf(double[] row) => new() { Threshold = row[0], Reset = row[1], TimeConstant = row[2], RefractoryPeriod = row[7] };

    private static ShotNoiseInput InputOf(double[] row) => new() { ExcitatoryJump = row[3], ExcitatoryRate = row[4], InhibitoryJump = -row[5], InhibitoryRate = row[6] };
}
