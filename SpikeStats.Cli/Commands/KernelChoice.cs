using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>The kernel of a Hawkes process as <c>--kernel</c> names it, ready to be fitted.</summary>
/// <remarks>A further kernel is a class derived from this one and a row of <see cref="all"/>; nothing else names kernels.</remarks>
internal abstract record KernelChoice
{
    private static readonly (string Name, string Spelling, Func<string, KernelChoice> Parse)[] all =
    [
        ("exponential", "exponential", ExponentialKernelChoice.ParseSingle),
        ("sum-exponential", "sum-exponential:N", ExponentialKernelChoice.ParseSum),
        (PowerLawEntry.Name, "power-law[:c=TIME,theta=N]", PowerLawKernelChoice.ParseShape),
        (BasisKernelsEntry.Piecewise, "piecewise:TIME,...", BasisKernelChoice.ParseEdges),
        (BasisKernelsEntry.OnBasis, "basis:BASIS", BasisKernelChoice.ParseBasis),
    ];

    /// <summary>The spellings, for help and messages.</summary>
    public static string Words { get; } = string.Join('|', all.Select(kernel => kernel.Spelling));

    /// <summary>Reads a name, or a name and what it needs after a colon.</summary>
    /// <exception cref="FormatException">There is no such kernel, or what it needs cannot be read.</exception>
    public static KernelChoice Parse(string text)
    {
        string[] parts = text.Split(':', 2, StringSplitOptions.TrimEntries);
        Func<string, KernelChoice> parse = all.FirstOrDefault(kernel => kernel.Name == parts[0]).Parse
            ?? throw new FormatException($"'{text}' is no kernel. Write {Words.Replace("|", " or ", StringComparison.Ordinal)}.");
        return parse(parts.Length == 2 ? parts[1] : "");
    }

    /// <summary>The kernel with stated decays.</summary>
    /// <param name="decays">In reciprocal seconds.</param>
    /// <exception cref="UsageException">The kernel has no decays, or another number of them.</exception>
    public virtual KernelChoice WithDecays(IReadOnlyList<double> decays) => throw new UsageException("--decay states the decays of exponentials; leave it out with this kernel.");

    /// <summary>Fits a process with such kernels.</summary>
    public abstract FittedHawkes Fit(HawkesTask task, IProgress<double>? progress, CancellationToken cancellationToken);
}
