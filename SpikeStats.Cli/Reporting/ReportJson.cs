using System.Text.Json.Serialization;

namespace SpikeStats.Cli.Reporting;

/// <summary>How a <see cref="ReportDocument"/> is written: camel case, doubles that round-trip, "NaN" and "Infinity" as strings.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportJson : JsonSerializerContext;
