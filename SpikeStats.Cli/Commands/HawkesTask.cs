using SpikeStats.Cli.Output;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Cli.Commands;

/// <summary>What every fit of a Hawkes process is given.</summary>
/// <param name="Units">The units; each is a target and a source of all.</param>
/// <param name="Recording">The recording.</param>
/// <param name="Threads">Most threads to use; -1 for one per processor.</param>
/// <param name="Baseline">The pieces of time in which baselines are constant.</param>
/// <param name="SpectralRadiusLimit">The largest spectral radius that is allowed; null for no limit.</param>
/// <param name="Softness">Of a softplus of the drive, in hertz; null for the linear process.</param>
internal sealed record HawkesTask(IReadOnlyList<string> Units, Recording Recording, int Threads, HawkesBaseline Baseline, double? SpectralRadiusLimit, double? Softness)
{
    /// <summary>Makes sure that nothing is asked for that only linear sums of exponentials have.</summary>
    /// <param name="with">What excludes it, as the user wrote it.</param>
    /// <exception cref="UsageException">Something is.</exception>
    public void RequireConstantBaselineWithoutLimit(string with)
    {
        if (!Baseline.IsConstant) throw new UsageException($"{with} goes with a constant baseline only; leave out --baseline, or fit exponentials without a link.");
        if (SpectralRadiusLimit is not null) throw new UsageException($"{with} has no limit of the spectral radius; leave out --spectral-radius-limit, or fit exponentials without a link.");
    }

    /// <summary>Makes sure that no softplus is asked for.</summary>
    /// <exception cref="UsageException">One is.</exception>
    public void RequireLinear(string kernel)
    {
        if (Softness is not null) throw new UsageException($"--link softplus goes with exponential kernels only, not with --kernel {kernel}.");
    }
}
