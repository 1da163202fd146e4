using System.CommandLine;
using System.Globalization;
using SpikeStats.Cli.Options;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Cli.Commands;

/// <summary>The options that specify a Hawkes process.</summary>
internal sealed class HawkesOptions
{
    private readonly Option<IReadOnlyList<string>> units = Parsed.Option(
        "--units", "U1,U2", "The units to fit, each a target and a source of all; default all of the recording.", UnitList.Parse);
    private readonly Option<KernelChoice> kernel = Parsed.Option(
        "--kernel", KernelChoice.Words, "The shape of the kernels; default exponential, or a sum of as many exponentials as --decay states.", KernelChoice.Parse);
    private readonly Option<IReadOnlyList<double>> decays = Parsed.Option(
        "--decay", "RATE,...", "Decays of the exponentials, for example 5/s or 5/s,50/s; without it they are estimated.", RateSyntax.Positives);
    private readonly Option<HawkesBaseline> baseline = Parsed.Option(
        "--baseline", BaselineSyntax.Words, "Pieces of time in each of which baselines have a level of their own; default constant.", BaselineSyntax.Parse);
    private readonly Option<double?> limit = Parsed.Option(
        "--spectral-radius-limit", "N", "Largest spectral radius that is allowed, below 1, for example 0.99; default none.", Limit);
    private readonly Option<double?> link = Parsed.Option(
        "--link", LinkSyntax.Words, "softplus allows inhibition: the rate is a softplus of the drive, of softness 1Hz unless stated; default linear.", LinkSyntax.Parse);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[units, kernel, decays, baseline, limit, link]) command.Add(option);
    }

    /// <summary>The kernel that the options ask for.</summary>
    /// <exception cref="Output.UsageException">They contradict each other.</exception>
    public KernelChoice Kernel(ParseResult parsed)
    {
        KernelChoice? chosen = parsed.GetValue(kernel);
        if (parsed.GetValue(decays) is not { } stated) return chosen ?? new ExponentialKernelChoice(1, []);
        return (chosen ?? new ExponentialKernelChoice(stated.Count, [])).WithDecays(stated);
    }

    /// <summary>What is to be fitted, but for the kernel.</summary>
    /// <exception cref="UnknownUnitException">The recording does not hold a unit.</exception>
    public HawkesTask Task(ParseResult parsed, Recording recording, int threads) => new(
        Units(parsed, recording), recording, threads, parsed.GetValue(baseline) ?? HawkesBaseline.Constant, parsed.GetValue(limit), parsed.GetValue(link));

    private IReadOnlyList<string> Units(ParseResult parsed, Recording recording)
    {
        IReadOnlyList<string> asked = parsed.GetValue(units) ?? [.. recording.Units.Ids];
        foreach (string unit in asked) _ = recording.Units.IndexOf(unit);
        return asked;
    }

    private static double? Limit(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and < 1
        ? value
        : throw new FormatException($"'{text}' is no limit of the spectral radius; write a number between 0 and 1, for example 0.99.");
}
