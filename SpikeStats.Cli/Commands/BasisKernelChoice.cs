using SpikeStats.Cli.Documents;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Bases;
using SpikeStats.Units;

namespace SpikeStats.Cli.Commands;

/// <summary>Kernels that are sums of basis functions: constant in windows of lag, or of any basis in continuous time.</summary>
/// <param name="Name">How the kernel was called.</param>
/// <param name="Basis">The basis.</param>
internal sealed record BasisKernelChoice(string Name, ContinuousBasis Basis) : KernelChoice
{
    /// <summary>Reads what follows <c>piecewise</c>: the edges of the windows.</summary>
    public static KernelChoice ParseEdges(string parameters) => parameters.Length == 0
        ? throw new FormatException("State the edges of the windows of lag, for example piecewise:0,5ms,20ms,50ms.")
        : new BasisKernelChoice(BasisKernelsEntry.Piecewise, new WindowBasis([.. parameters.Split(',', StringSplitOptions.TrimEntries).Select(Duration.Parse)]));

    /// <summary>Reads what follows <c>basis</c>: a basis.</summary>
    public static KernelChoice ParseBasis(string parameters) => new BasisKernelChoice(BasisKernelsEntry.OnBasis, BasisKernelsEntry.Parse(parameters));

    /// <inheritdoc/>
    public override FittedHawkes Fit(HawkesTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        task.RequireLinear(Name);
        task.RequireConstantBaselineWithoutLimit($"--kernel {Name}");
        BasisHawkesSpecification specification = new() { Units = task.Units, Basis = Basis };
        BasisHawkesFit fit = specification.Fit(task.Recording, new HawkesFitOptions { Threads = task.Threads }, progress, cancellationToken);
        return new FittedHawkes(fit.Model, BasisHawkesDocument.Of(fit, task.Recording), fit.Certificate.IsConverged);
    }
}
