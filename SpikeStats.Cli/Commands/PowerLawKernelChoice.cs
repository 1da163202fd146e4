using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Fitting.Hawkes;

namespace SpikeStats.Cli.Commands;

/// <summary>A power law whose time scale and exponent are stated or estimated.</summary>
/// <param name="Kernel">The power law.</param>
internal sealed record PowerLawKernelChoice(HawkesKernel Kernel) : KernelChoice
{
    private const string Example = "power-law:c=10ms,theta=1.2";

    /// <summary>Reads what follows <c>power-law</c>: nothing, or <c>c=10ms,theta=1.2</c>.</summary>
    public static KernelChoice ParseShape(string parameters)
    {
        if (parameters.Length == 0) return new PowerLawKernelChoice(HawkesKernel.FreePowerLaw());
        (double? timeScale, double? exponent) = (null, null);
        foreach (string part in parameters.Split(',', StringSplitOptions.TrimEntries))
        {
            switch (part.Split('=', StringSplitOptions.TrimEntries))
            {
                case ["c", var text] when timeScale is null:
                    timeScale = DurationSyntax.Positive(text);
                    break;
                case ["theta", var text] when exponent is null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0:
                    exponent = value;
                    break;
                default:
                    throw new FormatException($"'{part}' is no parameter of a power law, or one that is given twice or not positive. Write {Example}, or power-law to estimate both.");
            }
        }

        return timeScale is double c && exponent is double theta
            ? new PowerLawKernelChoice(HawkesKernel.PowerLaw(c, theta))
            : throw new FormatException($"A power law is given with both its parameters: write {Example}, or power-law to estimate both.");
    }

    /// <inheritdoc/>
    public override FittedHawkes Fit(HawkesTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        task.RequireLinear(PowerLawEntry.Name);
        task.RequireConstantBaselineWithoutLimit($"--kernel {PowerLawEntry.Name}");
        HawkesSpecification specification = new() { Units = task.Units, Kernel = Kernel };
        HawkesFit fit = specification.Fit(task.Recording, new HawkesFitOptions { Threads = task.Threads }, progress, cancellationToken);
        return new FittedHawkes(fit.Model, LinearHawkesDocument.Of(fit, task.Recording), fit.Certificate.IsConverged);
    }
}
