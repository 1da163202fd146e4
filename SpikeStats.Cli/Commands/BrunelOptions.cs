using System.CommandLine;
using SpikeStats.Cli.Options;
using SpikeStats.Models.MeanField;

namespace SpikeStats.Cli.Commands;

/// <summary>The options that state Brunel's network: model A, in which excitatory and inhibitory neurons are alike.</summary>
internal sealed class BrunelOptions
{
    private readonly NeuronOptions neuron = new();
    private readonly Option<double?> inhibition = Parsed.Option<double?>("--g", "NUMBER", "Ratio of an inhibitory weight to an excitatory one; default 5.", text => NumberSyntax.NotNegative(text));
    private readonly Option<double?> drive = Parsed.Option<double?>("--eta", "NUMBER", "External rate as a ratio to that which brings the mean to threshold; default 2.", text => NumberSyntax.NotNegative(text));
    private readonly Option<double?> inDegree = Parsed.Option<double?>("--in-degree", "NUMBER", "C_E, excitatory inputs per neuron, and as many from outside; default 1000.", text => NumberSyntax.Positive(text));
    private readonly Option<double?> share = Parsed.Option<double?>("--inhibitory-share", "NUMBER", "C_I/C_E, the ratio of the in-degrees; default 0.25.", text => NumberSyntax.NotNegative(text));
    private readonly Option<double?> weight = Parsed.Option<double?>("--weight", "VOLTAGE", "J, the jump of the voltage at an excitatory spike; default 0.1mV.", text => VoltageSyntax.Positive(text));
    private readonly Option<double?> delay = Parsed.Option<double?>("--delay", "DURATION", "D, from a spike to its effect; default 1.5ms.", text => DurationSyntax.Positive(text));

    private Option<double?>[] Own => [inhibition, drive, inDegree, share, weight, delay];

    public void AddTo(Command command)
    {
        foreach (Option option in Own) command.Add(option);
        neuron.AddTo(command);
    }

    /// <summary>Whether any of the options of the network was given, or of its neuron.</summary>
    public bool IsStated(ParseResult parsed) => Own.Any(option => parsed.GetValue(option) is not null) || neuron.IsStated(parsed);

    /// <summary>The network; what is not stated has the value of the library, which is that of the paper.</summary>
    public BrunelNetwork Read(ParseResult parsed)
    {
        BrunelNetwork network = new();
        return network with
        {
            Neuron = neuron.Read(parsed),
            RelativeInhibition = parsed.GetValue(inhibition) ?? network.RelativeInhibition,
            RelativeDrive = parsed.GetValue(drive) ?? network.RelativeDrive,
            ExcitatoryInDegree = parsed.GetValue(inDegree) ?? network.ExcitatoryInDegree,
            InhibitoryShare = parsed.GetValue(share) ?? network.InhibitoryShare,
            Weight = parsed.GetValue(weight) ?? network.Weight,
            Delay = parsed.GetValue(delay) ?? network.Delay,
        };
    }
}
