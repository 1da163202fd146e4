using System.CommandLine;
using System.Text.Json;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Options;

/// <summary>The parameters of a simulated model: <c>--set tau=20ms,threshold=20mV</c>, or a JSON file of the same names.</summary>
/// <remarks>In the file a value is a text with its unit or a number in SI units. <c>--set</c> overrides the file.</remarks>
internal sealed class ParameterTable<T>(params IReadOnlyList<Parameter<T>> parameters)
{
    private const string Remedy = "write {\"name\": \"value with unit\", ...}";

    private readonly Option<string[]> set = new("--set")
    {
        HelpName = "NAME=VALUE,...",
        Description = $"Parameters with their units: {string.Join(", ", parameters.Select(parameter => parameter.Unit == ParameterUnit.Number ? parameter.Name : $"{parameter.Name} ({parameter.Unit.Name})"))}.",
    };

    private readonly Option<string> file = new("--parameters") { HelpName = "FILE.json", Description = "The same as a JSON object, values as texts with units or as numbers in SI units." };

    public void AddTo(Command command)
    {
        command.Add(set);
        command.Add(file);
    }

    /// <summary>A model with the values that were asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="defaults">The model whose values hold where none is stated.</param>
    /// <exception cref="UsageException">A name is unknown, a value cannot be read or lies out of range.</exception>
    /// <exception cref="InvalidDocumentException">The file is no JSON object of known parameters.</exception>
    public T Read(ParseResult parsed, T defaults)
    {
        T model = defaults;
        if (parsed.GetValue(file) is { } path) model = FromFile(path, model);
        foreach (string part in (parsed.GetValue(set) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length != 2) throw new UsageException($"--set: '{part}' is not of the form NAME=VALUE.");
            try
            {
                model = With(model, pair[0], pair[1]);
            }
            catch (Exception error) when (error is FormatException or ArgumentException)
            {
                throw new UsageException($"--set {pair[0]}: {Failure.Plain(error)}");
            }
        }

        return model;
    }

    /// <summary>The values of a model by name, in SI units, for documents.</summary>
    public IReadOnlyDictionary<string, double> Values(T model) => parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Get(model), StringComparer.Ordinal);

    private T FromFile(string path, T model)
    {
        using JsonDocument document = DocumentFile.Parse(path, Remedy);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new InvalidDocumentException(path, "it is no JSON object", Remedy);
        foreach (JsonProperty entry in document.RootElement.EnumerateObject())
        {
            try
            {
                model = entry.Value.ValueKind == JsonValueKind.Number
                    ? Find(entry.Name).With(model, entry.Value.GetDouble())
                    : With(model, entry.Name, entry.Value.ToString());
            }
            catch (Exception error) when (error is FormatException or ArgumentException)
            {
                throw new InvalidDocumentException(path, $"{entry.Name}: {Failure.Plain(error).TrimEnd('.')}", "mend the value");
            }
        }

        return model;
    }

    private T With(T model, string name, string text)
    {
        Parameter<T> parameter = Find(name);
        return parameter.With(model, parameter.Unit.Parse(text));
    }

    private Parameter<T> Find(string name) => parameters.FirstOrDefault(parameter => parameter.Name == name)
        ?? throw new FormatException(
            $"there is no parameter '{name}'.{Spelling.Suggestion(name, parameters.Select(parameter => parameter.Name))} There are {string.Join(", ", parameters.Select(parameter => parameter.Name))}.");
}
