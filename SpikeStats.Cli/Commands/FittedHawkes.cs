using SpikeStats.Cli.Documents;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Cli.Commands;

/// <summary>A fitted Hawkes process, whatever its kernel.</summary>
/// <param name="Model">The model.</param>
/// <param name="Document">Its document, still without verdicts and timings.</param>
/// <param name="IsConverged">Whether the optimum was reached.</param>
internal sealed record FittedHawkes(IPointProcess Model, HawkesFitDocument Document, bool IsConverged);
