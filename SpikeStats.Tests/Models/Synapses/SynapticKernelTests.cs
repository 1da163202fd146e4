using System.Text.Json;
using MathNet.Numerics.Integration;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Synapses;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Synapses;

/// <summary>Kernels, their potentials and exact steps, in closed form against quadrature, small steps and another tool.</summary>
public sealed class SynapticKernelTests
{
    private const double MembraneTime = 0.02;

    private static readonly JsonElement reference = ReferenceFile.Read("synapses").GetProperty("synapse");

    private static readonly SynapticKernel[] kernels =
    [
        new DeltaSynapse(), new ExponentialSynapse(0.005), new ExponentialSynapse(MembraneTime), new AlphaSynapse(0.002), new AlphaSynapse(MembraneTime), new AlphaSynapse(0.02000001),
        new DoubleExponentialSynapse(0.001, 0.005), new DoubleExponentialSynapse(0.002, MembraneTime), new DoubleExponentialSynapse(MembraneTime, 0.1),
        new DoubleExponentialSynapse(0.0199999, 0.0200001), new DoubleExponentialSynapse(MembraneTime, MembraneTime), new DoubleExponentialSynapse(0.0001, 0.3),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, kernels.Length)];

    public static TheoryData<int> LastingCases => [.. Enumerable.Range(1, kernels.Length - 1)];

    [Theory]
    [MemberData(nameof(LastingCases))]
    public void Kernel_PeaksAtOne_AndItsAreaIsItsIntegral(int index)
    {
        SynapticKernel kernel = kernels[index];
        double peak = kernel.TimeToPeak, end = 40 / kernel.SlowRate;
        StatisticalAssert.Close(1, kernel.At(peak), relative: 1e-14);
        Assert.True(kernel.At(0.99 * peak) <= 1 && kernel.At((1.01 * peak) + 1e-6) < 1);
        StatisticalAssert.Close(kernel.Area, Integral(kernel.At, 0, end), relative: 1e-12);
        StatisticalAssert.Close(kernel.AreaTo(peak + 0.003), Integral(kernel.At, 0, peak + 0.003), relative: 1e-12);
        Assert.Equal(0, kernel.At(-1e-9));
    }

    [Theory]
    [MemberData(nameof(LastingCases))]
    public void Response_IsTheConvolution_AndPeaksWhereItSays(int index)
    {
        SynapticKernel kernel = kernels[index];
        foreach (double lag in (double[])[1e-5, 0.001, 0.004, 0.02, 0.1])
        {
            double expected = Integral(s => kernel.At(s) * Math.Exp((s - lag) / MembraneTime), 0, lag);
            StatisticalAssert.Close(expected, kernel.ResponseAt(lag, MembraneTime), relative: 1e-12);
        }

        double peak = kernel.ResponseTimeToPeak(MembraneTime), height = kernel.ResponseAt(peak, MembraneTime);
        StatisticalAssert.Close(height / MembraneTime, kernel.At(peak), relative: 1e-11);
        Assert.True(height > kernel.ResponseAt(0.999 * peak, MembraneTime) && height > kernel.ResponseAt(1.001 * peak, MembraneTime));
    }

    [Fact]
    public void DoubleExponential_OfEqualTimes_IsAnAlpha_AndExchangesItsTimes()
    {
        AlphaSynapse alpha = new(0.005);
        DoubleExponentialSynapse equal = new(0.005, 0.005), near = new(0.005, 0.005 * (1 + 1e-9)), forth = new(0.001, 0.007), back = new(0.007, 0.001);
        foreach (double lag in (double[])[0, 0.001, 0.005, 0.03])
        {
            StatisticalAssert.Close(alpha.At(lag), equal.At(lag), relative: 1e-14);
            StatisticalAssert.Close(alpha.At(lag), near.At(lag), relative: 1e-8);
            StatisticalAssert.Close(forth.ResponseAt(lag, 0.02), back.ResponseAt(lag, 0.02), relative: 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Propagator_InManySteps_EndsWhereOneStepDoes(int index)
    {
        SynapticKernel kernel = kernels[index];
        SynapticPropagator small = new(kernel, MembraneTime, 1e-4), large = new(kernel, MembraneTime, 0.03);
        SynapticState state = small.Receive(new SynapticState(0.001, 0, 0), 0.7);
        SynapticState once = large.Advance(state);
        for (int step = 0; step < 300; step++) state = small.Advance(state);
        StatisticalAssert.Close(once.Voltage, state.Voltage, relative: 1e-12);
        StatisticalAssert.Close(once.Current, state.Current, relative: 1e-12);
        StatisticalAssert.Close((0.001 * Math.Exp(-0.03 / MembraneTime)) + (0.7 * kernel.ResponseAt(0.03, MembraneTime)), once.Voltage, relative: 1e-12);
    }

    [Fact]
    public void Potential_OfAnAlphaCurrent_MatchesTheReference()
    {
        PassiveMembrane membrane = Membrane();
        StatisticalAssert.Close(reference.At("results").Number("alpha_area_ms") / 1e3, new AlphaSynapse(2e-3).Area, relative: 1e-13);
        PostsynapticPotential potential = new ConductanceSynapse(new AlphaSynapse(2e-3), 1e-9, 0).InCurrentForm(membrane);
        double[] expected = reference.At("results", "closed_form_lin_g1_at_1_5_10_20ms_mV").Doubles(), lags = [1e-3, 5e-3, 10e-3, 20e-3];
        for (int i = 0; i < lags.Length; i++) StatisticalAssert.Close(expected[i] / 1e3, potential.At(lags[i]), relative: 1e-12);
        StatisticalAssert.Close(potential.Area, Integral(potential.At, 0, 1), relative: 1e-11);
    }

    [Theory]
    [InlineData("g1nS", 1e-9, false)]
    [InlineData("g5nS", 5e-9, true)]
    [InlineData("g20nS", 20e-9, true)]
    public void Conductance_AgainstItsEffectiveWeight_MatchesTheReference(string row, double conductance, bool warns)
    {
        JsonElement expected = reference.At("results", row);
        PassiveMembrane membrane = Membrane();
        ConductanceSynapse synapse = new(new AlphaSynapse(2e-3), conductance, 0);
        EffectiveWeightError error = synapse.CompareWithCurrent(membrane);
        StatisticalAssert.Close(expected.Number("dV_cond_mV") / 1e3, error.ConductancePeak, relative: 1e-10);
        StatisticalAssert.Close(expected.Number("dV_lin_mV") / 1e3, error.CurrentPeak, relative: 1e-10);
        StatisticalAssert.Close(expected.Number("rel_error_of_w_alpha"), error.RelativeError, relative: 1e-8);
        StatisticalAssert.Close(expected.Number("t_peak_cond") / 1e3, synapse.TimeToPeak(membrane), absolute: 1e-8);
        StatisticalAssert.Close(expected.Number("t_peak_lin") / 1e3, synapse.InCurrentForm(membrane).TimeToPeak, absolute: 1e-8);
        Assert.Equal(warns, error.Warning is not null);
    }

    // The midpoint rule in steps h errs by h²; Richardson's extrapolation of two of them leaves h⁴.
    [Theory]
    [InlineData(0)]
    [InlineData(-0.08)]
    public void Conductance_AgainstSmallSteps_Agrees(double reversal)
    {
        PassiveMembrane membrane = Membrane();
        ConductanceSynapse synapse = new(new DoubleExponentialSynapse(0.5e-3, 5e-3), 8e-9, reversal);
        double coarse = Stepped(4000), fine = Stepped(8000);
        StatisticalAssert.Close(((4 * fine) - coarse) / 3, synapse.PotentialAt(0.012, membrane), relative: 1e-9);

        double Stepped(int steps)
        {
            double h = 0.012 / steps, capacitance = membrane.TimeConstant / membrane.Resistance, moved = 0;
            for (int step = 0; step < steps; step++)
            {
                double half = moved + (0.5 * h * Speed(step * h, moved));
                moved += h * Speed((step + 0.5) * h, half);
            }

            return moved;

            double Speed(double time, double deviation) =>
                (synapse.PeakConductance * synapse.Kernel.At(time) * (reversal - membrane.RestingPotential - deviation) / capacitance) - (deviation / membrane.TimeConstant);
        }
    }

    [Fact]
    public void Conductance_ThatReversesAtRest_ShuntsAndSaysSo()
    {
        EffectiveWeightError error = new ConductanceSynapse(new AlphaSynapse(2e-3), 5e-9, -0.07).CompareWithCurrent(Membrane());
        Assert.Equal((0, 0), (error.ConductancePeak, error.CurrentPeak));
        Assert.Contains("shunts", error.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void BadParameters_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialSynapse(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlphaSynapse(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DoubleExponentialSynapse(0.001, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlphaSynapse(0.001).ResponseAt(0.1, 0));
        Assert.Throws<ArgumentException>(() => new ConductanceSynapse(new DeltaSynapse(), 1e-9, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConductanceSynapse(new AlphaSynapse(0.001), -1e-9, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SynapticPropagator(new DeltaSynapse(), 0.02, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SynapticInput("a", new DeltaSynapse(), 0.001, -0.001));
    }

    private static PassiveMembrane Membrane() => new() { Resistance = 100e6, TimeConstant = MembraneTime, RestingPotential = -0.07 };

    private static double Integral(Func<double, double> function, double from, double to)
    {
        double sum = 0, edge = from;
        foreach (double share in (double[])[1e-4, 1e-3, 1e-2, 0.1, 0.3, 1])
        {
            double next = from + (share * (to - from));
            sum += GaussKronrodRule.Integrate(function, edge, next, out _, out _, 1e-16, 10);
            edge = next;
        }

        return sum;
    }
}
