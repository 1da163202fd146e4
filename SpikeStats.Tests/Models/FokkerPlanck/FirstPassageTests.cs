using System.Text.Json;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.FokkerPlanck;

/// <summary>The density of the first spike of neurons that start at the reset, against inverted transforms; in millivolts and milliseconds.</summary>
public sealed class FirstPassageTests
{
    [Theory]
    [InlineData("A_fluct")]
    [InlineData("B_mean")]
    [InlineData("C_low")]
    [InlineData("E_near")]
    public void FirstPassage_FromTheReset_IsTheInvertedTransform(string name)
    {
        JsonElement set = ReferenceFile.Read("first-passage-density").At("sets", name), parameters = set.GetProperty("params");
        LeakyIntegrateAndFire neuron = new() { TimeConstant = parameters.Number("tau_ms"), Threshold = parameters.Number("theta"), Reset = parameters.Number("vreset"), RefractoryPeriod = 0 };
        WhiteNoiseInput input = new(parameters.Number("mu"), parameters.Number("sigma"));
        double[][] rows = [.. set.GetProperty("rows").EnumerateArray().Select(row => row.Doubles())];
        double duration = rows[^1][0] + 1, lower = neuron.Reset - (3 * (neuron.Threshold - neuron.Reset));

        double[] coarse = Densities(800, 0.02), fine = Densities(1600, 0.01);

        // Second order in width and step together, the reset lying on an edge of both grids: one extrapolation.
        for (int k = 0; k < rows.Length; k++) StatisticalAssert.Close(rows[k][1], fine[k] + ((fine[k] - coarse[k]) / 3), relative: 1e-4);

        double[] Densities(int cells, double timeStep)
        {
            PopulationResponse response = new FokkerPlanckEquation(neuron, new() { Cells = cells, LowerBoundary = lower, TimeStep = timeStep })
                .FirstPassage(TimeVaryingInput.Constant(input), duration);
            Assert.InRange(response.MassError, 0, 1e-12);

            // The mean of the steps before and after an instant.
            double[] rate = response.Rate.Values.ToArray();
            return [.. rows.Select(row => (int)Math.Round(row[0] / timeStep)).Select(n => 0.5 * (rate[n - 1] + rate[n]))];
        }
    }
}
