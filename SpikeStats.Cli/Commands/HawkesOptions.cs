using System.CommandLine;
using SpikeStats.Cli.Options;

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

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[units, kernel, decays]) command.Add(option);
    }

    /// <summary>The kernel that the options ask for.</summary>
    /// <exception cref="Output.UsageException">They contradict each other.</exception>
    public KernelChoice Kernel(ParseResult parsed)
    {
        KernelChoice? chosen = parsed.GetValue(kernel);
        if (parsed.GetValue(decays) is not { } stated) return chosen ?? new ExponentialKernelChoice(1, []);
        return (chosen ?? new ExponentialKernelChoice(stated.Count, [])).WithDecays(stated);
    }

    /// <summary>The units that the options ask for.</summary>
    /// <exception cref="UnknownUnitException">The recording does not hold one of them.</exception>
    public IReadOnlyList<string> Units(ParseResult parsed, Recording recording)
    {
        IReadOnlyList<string> asked = parsed.GetValue(units) ?? [.. recording.Units.Ids];
        foreach (string unit in asked) _ = recording.Units.IndexOf(unit);
        return asked;
    }
}
