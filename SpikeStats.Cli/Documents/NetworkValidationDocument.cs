using SpikeStats.Cli.Output;
using SpikeStats.Fitting.IntegrateAndFire;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats validate network</c> found: mean-field theory and simulation side by side. SI units.</summary>
internal sealed record NetworkValidationDocument(
    string Schema, string Version, ulong Seed, double Duration, double TimeStep, double Bound, double RateTolerance, double VariationTolerance, bool Passed,
    IReadOnlyList<LifValidationDocument.Row> Rows, NetworkValidationDocument.ActivityEntry Activity)
{
    public const string SchemaName = "spikestats.validate.network/1";

    public static NetworkValidationDocument Of(NetworkValidation validation, ulong seed, double duration, double timeStep) => new(
        SchemaName, ProductVersion.Text, seed, duration, timeStep, validation.Options.Bound, validation.Options.RateTolerance, validation.Options.VariationTolerance, validation.IsPassed,
        [.. validation.Rows.Select(row => new LifValidationDocument.Row(row.Quantity, row.Unit, row.Theory, row.Simulated, row.StandardError, row.Z))],
        new ActivityEntry(
            RegimeWords.Of(validation.Activity.Regime), validation.Activity.Rate, validation.Activity.CoefficientOfVariation, validation.Activity.ModulationDepth, validation.Activity.PairCorrelation,
            validation.Activity.PeakFrequency));

    /// <summary>The state that the spikes show: hertz, and numbers without unit.</summary>
    internal sealed record ActivityEntry(string Regime, double Rate, double Cv, double ModulationDepth, double PairCorrelation, double PeakFrequency);
}
