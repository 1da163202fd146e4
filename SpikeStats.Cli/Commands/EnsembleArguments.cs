using System.CommandLine;
using System.Globalization;
using SpikeStats.Cli.Options;
using SpikeStats.Models.Ensembles;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Commands;

/// <summary>The options that state an ensemble of leaky neurons: the neuron, how many there are and how they are simulated.</summary>
internal sealed class EnsembleArguments
{
    private readonly int defaultCount;
    private readonly ParameterTable<LeakyIntegrateAndFire> parameters = new(
        new Parameter<LeakyIntegrateAndFire>("tau", ParameterUnit.Time, neuron => neuron.TimeConstant, (neuron, value) => neuron with { TimeConstant = value }),
        new Parameter<LeakyIntegrateAndFire>("threshold", ParameterUnit.Voltage, neuron => neuron.Threshold, (neuron, value) => neuron with { Threshold = value }),
        new Parameter<LeakyIntegrateAndFire>("reset", ParameterUnit.Voltage, neuron => neuron.Reset, (neuron, value) => neuron with { Reset = value }),
        new Parameter<LeakyIntegrateAndFire>("refractory", ParameterUnit.Time, neuron => neuron.RefractoryPeriod, (neuron, value) => neuron with { RefractoryPeriod = value }));

    private readonly Option<int?> count;
    private readonly Option<SteppingScheme?> scheme = Parsed.Choice(
        "--scheme", "How voltages are stepped and crossings found; default bridge.", ("bridge", SteppingScheme.Bridge), ("grid", SteppingScheme.Grid), ("euler", SteppingScheme.Euler));

    private readonly Option<double?> step = Parsed.Option<double?>("--step", "DURATION", "Time step; default 0.1ms.", text => DurationSyntax.Positive(text));

    /// <summary>States an ensemble.</summary>
    /// <param name="defaultCount">The number of neurons, if none is stated.</param>
    public EnsembleArguments(int defaultCount)
    {
        this.defaultCount = defaultCount;
        count = Parsed.Option<int?>("--count", "N", $"Number of independent neurons; default {defaultCount.ToString(CultureInfo.InvariantCulture)}.", Count);
    }

    public void AddTo(Command command)
    {
        parameters.AddTo(command);
        foreach (Option option in (Option[])[count, scheme, step]) command.Add(option);
    }

    /// <summary>The neuron; what is not stated has the value of the library.</summary>
    public LeakyIntegrateAndFire Neuron(ParseResult parsed) => parameters.Read(parsed, new LeakyIntegrateAndFire());

    /// <summary>How many, and how they are simulated.</summary>
    public EnsembleOptions Read(ParseResult parsed, Invocation invocation)
    {
        EnsembleOptions defaults = new();
        return defaults with
        {
            Count = parsed.GetValue(count) ?? defaultCount,
            Scheme = parsed.GetValue(scheme) ?? defaults.Scheme,
            TimeStep = parsed.GetValue(step) ?? defaults.TimeStep,
            Threads = invocation.Settings.Threads,
        };
    }

    /// <summary>The parameters by name, in SI units, for documents.</summary>
    public IReadOnlyDictionary<string, double> Values(LeakyIntegrateAndFire neuron, WhiteNoiseInput input) =>
        new Dictionary<string, double>(parameters.Values(neuron), StringComparer.Ordinal) { ["mu"] = input.Mean, ["sigma"] = input.Sigma };

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
        ? value
        : throw new FormatException($"'{text}' is no number of neurons. Write a whole number, at least 1.");
}
