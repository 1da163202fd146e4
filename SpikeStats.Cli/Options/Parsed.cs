using System.CommandLine;
using System.CommandLine.Parsing;

namespace SpikeStats.Cli.Options;

/// <summary>Makes options whose values are read by the project's own parsers, so that their messages reach the user.</summary>
internal static class Parsed
{
    /// <summary>An option with one value.</summary>
    /// <param name="name">Name, with dashes.</param>
    /// <param name="valueName">What the value is called in the help.</param>
    /// <param name="description">What it does, and its default.</param>
    /// <param name="parse">Reads the value; a <see cref="FormatException"/> or <see cref="ArgumentException"/> becomes an error of usage.</param>
    public static Option<T> Option<T>(string name, string valueName, string description, Func<string, T> parse) => new(name)
    {
        Description = description,
        HelpName = valueName,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Read(result, result.Tokens[0].Value, name, parse),
    };

    /// <summary>An option that may be given several times.</summary>
    public static Option<T[]> Repeated<T>(string name, string valueName, string description, Func<string, T> parse)
        where T : class => new(name)
        {
            Description = description,
            HelpName = valueName,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => [.. result.Tokens.Select(token => Read(result, token.Value, name, parse)).OfType<T>()],
        };

    /// <summary>An option whose value is one of a few words.</summary>
    public static Option<T?> Choice<T>(string name, string description, params (string Word, T Value)[] choices)
        where T : struct
    {
        string words = string.Join('|', choices.Select(choice => choice.Word));
        return Option<T?>(name, words, description, text => choices.Any(choice => choice.Word == text)
            ? choices.First(choice => choice.Word == text).Value
            : throw new FormatException($"'{text}' is not one of {words}."));
    }

    private static T? Read<T>(ArgumentResult result, string text, string name, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            result.AddError($"{name}: {error.Message}");
            return default;
        }
    }
}
