using System.CommandLine;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Commands;

/// <summary>The options that state the input of a neuron: its mean and its noise.</summary>
internal sealed class InputOptions
{
    private readonly Option<double?> mu = Parsed.Option<double?>("--mu", "VOLTAGE", "Mean input.", text => VoltageSyntax.Parse(text));
    private readonly Option<double?> sigma = Parsed.Option<double?>(
        "--sigma", "VOLTAGE", "Noise: a membrane that never fires has the standard deviation sigma/sqrt(2); 0 is no noise.", text => VoltageSyntax.NotNegative(text));

    public void AddTo(Command command)
    {
        command.Add(mu);
        command.Add(sigma);
    }

    /// <summary>The mean, in volts; null if it is not stated.</summary>
    public double? Mean(ParseResult parsed) => parsed.GetValue(mu);

    /// <summary>The noise, in volts; null if it is not stated.</summary>
    public double? Sigma(ParseResult parsed) => parsed.GetValue(sigma);

    /// <summary>The input.</summary>
    /// <exception cref="UsageException">The mean or the noise is not stated.</exception>
    public WhiteNoiseInput Read(ParseResult parsed) => new(
        Mean(parsed) ?? throw new UsageException("The mean input is missing; state it, for example --mu 15mV."),
        Sigma(parsed) ?? throw new UsageException("The noise is missing; state it, for example --sigma 5mV, or --sigma 0 for none."));
}
