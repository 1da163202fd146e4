using SpikeStats.Cli.Output;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats theory density</c> computed: density of the voltage and rate of a population in time. SI units.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="Tau">Time constant of the membrane.</param>
/// <param name="Threshold">Threshold.</param>
/// <param name="Reset">Voltage after a spike.</param>
/// <param name="Refractory">Absolute refractory period.</param>
/// <param name="Sigma">Noise.</param>
/// <param name="TimeStep">The length of a step, in seconds.</param>
/// <param name="Mu">The mean input in the middle of each step.</param>
/// <param name="Rate">The rate over each step, in hertz.</param>
/// <param name="VoltageEdges">Edges of the rows of the density; the last is the threshold.</param>
/// <param name="Density">The density in time.</param>
/// <param name="MassError">The largest distance of the mass from one at any time.</param>
internal sealed record DensityDocument(
    string Schema, string Version, double Tau, double Threshold, double Reset, double Refractory, double Sigma, double TimeStep, IReadOnlyList<double> Mu, IReadOnlyList<double> Rate,
    IReadOnlyList<double> VoltageEdges, IReadOnlyList<DensityDocument.InstantEntry> Density, double MassError)
{
    public const string SchemaName = "spikestats.theory.density/1";

    // Cells are pooled to about as many rows as a figure shows.
    private const int MostRows = 100;

    public static DensityDocument Of(LeakyIntegrateAndFire neuron, double sigma, IReadOnlyList<double> means, PopulationResponse response)
    {
        int cells = response.Voltages.Count, rows = Math.Min(MostRows, cells);
        double width = response.Voltages[1] - response.Voltages[0], bottom = response.Voltages[0] - (0.5 * width);
        int[] firsts = [.. Enumerable.Range(0, rows + 1).Select(row => (int)((long)row * cells / rows))];
        return new DensityDocument(
            SchemaName, ProductVersion.Text, neuron.TimeConstant, neuron.Threshold, neuron.Reset, neuron.RefractoryPeriod, sigma, 1 / response.Rate.SamplingRate, means,
            response.Rate.Values.ToArray(), [.. firsts.Select(first => first == cells ? neuron.Threshold : bottom + (first * width))],
            [.. response.Snapshots.Select(snapshot => new InstantEntry(snapshot.Time, snapshot.Refractory, Pooled(snapshot.Density)))], response.MassError);

        double[] Pooled(IReadOnlyList<double> density) => [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(firsts[row], firsts[row + 1] - firsts[row]).Average(cell => density[cell]))];
    }

    /// <summary>The density at an instant, per volt, a value for each row; with the share of refractory neurons its mass is one.</summary>
    internal sealed record InstantEntry(double Time, double RefractoryShare, IReadOnlyList<double> Values);
}
