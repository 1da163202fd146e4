using SpikeStats.Cli.Output;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Models.Ensembles;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats validate lif</c> found: theory and simulation side by side. SI units.</summary>
internal sealed record LifValidationDocument(
    string Schema, string Version, ulong Seed, double Duration, int Count, string Scheme, double TimeStep, IReadOnlyDictionary<string, double> Parameters, double Bound, double LargestDeviate,
    bool Passed, IReadOnlyList<LifValidationDocument.Row> Rows, LifValidationDocument.IntervalTest Intervals)
{
    public const string SchemaName = "spikestats.validate.lif/1";

    public static LifValidationDocument Of(LeakyValidation validation, ulong seed, EnsembleOptions ensemble, IReadOnlyDictionary<string, double> parameters) => new(
        SchemaName, ProductVersion.Text, seed, validation.Options.Duration, ensemble.Count, validation.Scheme, ensemble.TimeStep, parameters, validation.Options.Bound, validation.LargestDeviate,
        validation.IsPassed,
        [.. validation.Rows.Select(row => new Row(row.Quantity, row.Unit, row.Theory, row.Simulated, row.StandardError, row.Z))],
        new IntervalTest(validation.Intervals.Count, validation.Intervals.Statistic, validation.Intervals.PValue, validation.IntervalDeviate));

    /// <summary>A number of theory beside that of the simulation.</summary>
    internal sealed record Row(string Quantity, string Unit, double Theory, double Simulated, double StandardError, double Z);

    /// <summary>The test of the intervals; <see cref="Z"/> is the normal deviate that is as improbable.</summary>
    internal sealed record IntervalTest(int Count, double Statistic, double PValue, double Z);
}
