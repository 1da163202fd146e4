using System.CommandLine;
using System.Globalization;

namespace SpikeStats.Cli.Options;

/// <summary>The options that every verb has.</summary>
internal sealed class CommonOptions
{
    private const ulong DefaultSeed = 1;
    private readonly Option<bool> json = new("--json") { Description = "Print the result as exactly one JSON document.", Recursive = true };
    private readonly Option<ulong?> seed = Parsed.Option<ulong?>("--seed", "N", "Seed of everything random; default 1.", Seed);
    private readonly Option<int?> threads = Parsed.Option<int?>("--threads", "N", "Most threads to use; default one per processor. Results do not depend on it.", Threads);
    private readonly Option<string> output = new("--out", "-o") { HelpName = "FILE", Description = "File to write.", Recursive = true };
    private readonly Option<bool> force = new("--force") { Description = "Replace files that exist.", Recursive = true };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Show no progress, notes or warnings; errors are always shown.", Recursive = true };

    public void AddTo(Command root)
    {
        seed.Recursive = threads.Recursive = true;
        foreach (Option option in (Option[])[json, seed, threads, output, force, quiet]) root.Add(option);
    }

    public CommonSettings Read(ParseResult parsed) => new(
        parsed.GetValue(json), parsed.GetValue(seed) ?? DefaultSeed, parsed.GetValue(threads) ?? -1, parsed.GetValue(output), parsed.GetValue(force),
        parsed.GetValue(quiet));

    private static ulong? Seed(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
        ? value
        : throw new FormatException($"'{text}' is no seed. Write a whole number that is not negative.");

    private static int? Threads(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
        ? value
        : throw new FormatException($"'{text}' is no number of threads. Write a positive whole number.");
}
