using System.Text.Json.Serialization;

namespace SpikeStats.Cli.Documents;

/// <summary>How documents are written and read: camel case, doubles that round-trip, "NaN" and "Infinity" as strings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(InfoDocument))]
[JsonSerializable(typeof(LifTheoryDocument))]
[JsonSerializable(typeof(SusceptibilityDocument))]
[JsonSerializable(typeof(ResonanceDocument))]
[JsonSerializable(typeof(TransferDocument))]
[JsonSerializable(typeof(IntervalTheoryDocument))]
[JsonSerializable(typeof(DensityDocument))]
[JsonSerializable(typeof(NetworkModelDocument))]
[JsonSerializable(typeof(NetworkTheoryDocument))]
[JsonSerializable(typeof(GlmFitDocument))]
[JsonSerializable(typeof(GlmPopulationDocument))]
[JsonSerializable(typeof(GlmModelDocument))]
[JsonSerializable(typeof(RenewalFitDocument))]
[JsonSerializable(typeof(LeakyFitDocument))]
[JsonSerializable(typeof(HawkesFitDocument))]
[JsonSerializable(typeof(GofDocument))]
[JsonSerializable(typeof(HawkesModelDocument))]
[JsonSerializable(typeof(SimulationDocument))]
[JsonSerializable(typeof(LifValidationDocument))]
[JsonSerializable(typeof(NetworkValidationDocument))]
[JsonSerializable(typeof(HmmFitDocument))]
[JsonSerializable(typeof(DecodingDocument))]
[JsonSerializable(typeof(ComparisonDocument))]
internal sealed partial class DocumentJson : JsonSerializerContext;
