using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Hawkes;

namespace SpikeStats.Cli.Commands;

/// <summary>A sum of exponentials whose decays are stated or estimated.</summary>
/// <param name="Count">The number of exponentials.</param>
/// <param name="Decays">In reciprocal seconds; empty if they are to be estimated.</param>
internal sealed record ExponentialKernelChoice(int Count, IReadOnlyList<double> Decays) : KernelChoice
{
    // More cannot be told apart; HawkesKernel has the same limit.
    private const int MostEstimated = 4;

    /// <summary>Reads what follows <c>exponential</c>: nothing.</summary>
    public static KernelChoice ParseSingle(string parameters) => parameters.Length == 0
        ? new ExponentialKernelChoice(1, [])
        : throw new FormatException($"'exponential' takes nothing after it, not '{parameters}'; state the decay with --decay 5/s.");

    /// <summary>Reads what follows <c>sum-exponential</c>: the number of exponentials.</summary>
    public static KernelChoice ParseSum(string parameters) =>
        int.TryParse(parameters, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? new ExponentialKernelChoice(count, [])
            : throw new FormatException("State the number of exponentials, for example sum-exponential:3.");

    /// <inheritdoc/>
    public override KernelChoice WithDecays(IReadOnlyList<double> decays) => decays.Count == Count
        ? this with { Decays = decays }
        : throw new UsageException($"--decay states {NumberText.Count(decays.Count, "decay")}, but the kernel has {Count}; write --kernel sum-exponential:{decays.Count}.");

    /// <inheritdoc/>
    public override FittedHawkes Fit(HawkesTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        HawkesFitOptions options = new() { Threads = task.Threads };
        if (task.Softness is double softness)
        {
            task.RequireConstantBaselineWithoutLimit("--link softplus");
            SoftplusHawkesFit inhibited = new SoftplusHawkesSpecification { Units = task.Units, Kernel = Kernel(), Softness = softness }.Fit(task.Recording, options, progress, cancellationToken);
            return new FittedHawkes(inhibited.Model, SoftplusHawkesDocument.Of(inhibited, task.Recording), inhibited.Certificate.IsConverged);
        }

        HawkesSpecification specification = new() { Units = task.Units, Kernel = Kernel(), Baseline = task.Baseline, SpectralRadiusLimit = task.SpectralRadiusLimit };
        HawkesFit fit = specification.Fit(task.Recording, options, progress, cancellationToken);
        return new FittedHawkes(fit.Model, LinearHawkesDocument.Of(fit, task.Recording), fit.Certificate.IsConverged);
    }

    private HawkesKernel Kernel()
    {
        if (Decays.Count > 0) return HawkesKernel.Exponentials(Decays);
        if (Count > MostEstimated) throw new UsageException($"At most {MostEstimated} decays can be estimated; state {Count} of them with --decay.");
        return HawkesKernel.FreeExponentials(Count);
    }
}
