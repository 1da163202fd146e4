using System.CommandLine;
using SpikeStats.Cli.Options;
using SpikeStats.Models.Neurons;

namespace SpikeStats.Cli.Commands;

/// <summary>The options that state a leaky integrate-and-fire neuron.</summary>
internal sealed class NeuronOptions
{
    private readonly Option<double?> tau = Parsed.Option<double?>("--tau", "DURATION", "Time constant of the membrane; default 20ms.", text => DurationSyntax.Positive(text));
    private readonly Option<double?> threshold = Parsed.Option<double?>("--threshold", "VOLTAGE", "Threshold; default 20mV.", text => VoltageSyntax.Parse(text));
    private readonly Option<double?> reset = Parsed.Option<double?>("--reset", "VOLTAGE", "Voltage after a spike, below the threshold; default 10mV.", text => VoltageSyntax.Parse(text));
    private readonly Option<double?> refractory = Parsed.Option<double?>("--refractory", "DURATION", "Absolute refractory period; default 2ms.", text => DurationSyntax.NotNegative(text));

    private Option<double?>[] All => [tau, threshold, reset, refractory];

    public void AddTo(Command command)
    {
        foreach (Option option in All) command.Add(option);
    }

    /// <summary>Whether any of the options was given.</summary>
    public bool IsStated(ParseResult parsed) => All.Any(option => parsed.GetValue(option) is not null);

    /// <summary>The neuron; what is not stated has the value of the library.</summary>
    public LeakyIntegrateAndFire Read(ParseResult parsed)
    {
        LeakyIntegrateAndFire neuron = new();
        return neuron with
        {
            TimeConstant = parsed.GetValue(tau) ?? neuron.TimeConstant,
            Threshold = parsed.GetValue(threshold) ?? neuron.Threshold,
            Reset = parsed.GetValue(reset) ?? neuron.Reset,
            RefractoryPeriod = parsed.GetValue(refractory) ?? neuron.RefractoryPeriod,
        };
    }
}
