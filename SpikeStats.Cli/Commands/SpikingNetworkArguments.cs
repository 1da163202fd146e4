using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.MeanField;
using SpikeStats.Models.Networks;

namespace SpikeStats.Cli.Commands;

/// <summary>Which network is simulated, and how: a file, or Brunel's.</summary>
internal sealed class SpikingNetworkArguments
{
    private const int DefaultSize = 12_500;
    private const string Remedy = "give a network as docs/formats/network.md shows it, with the size of each population";

    private readonly Argument<string?> file = new("FILE")
    {
        Description = $"Populations and projections, as a document {NetworkModelDocument.SchemaName}; left out with --brunel.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<bool> isBrunel = new("--brunel") { Description = "Brunel's network instead of a file." };
    private readonly Option<double?> size = Parsed.Option<double?>("--size", "N", $"Neurons of Brunel's network, of both kinds; default {DefaultSize}.", text => NumberSyntax.Positive(text));
    private readonly BrunelOptions brunel = new();
    private readonly Option<double?> step = Parsed.Option<double?>("--step", "DURATION", "The time step; default 0.1ms.", text => DurationSyntax.Positive(text));
    private readonly Option<double?> warmUp = Parsed.Option<double?>("--warm-up", "DURATION", "How long the network runs before 0 s; default none.", text => DurationSyntax.NotNegative(text));
    private readonly Option<double?> duration = Parsed.Option<double?>("--duration", "DURATION", "How long to simulate; default 1s.", text => DurationSyntax.Positive(text));

    public void AddTo(Command command)
    {
        command.Add(file);
        foreach (Option option in (Option[])[isBrunel, size]) command.Add(option);
        brunel.AddTo(command);
        foreach (Option option in (Option[])[step, warmUp, duration]) command.Add(option);
    }

    /// <summary>How long to simulate, in seconds.</summary>
    public double Duration(ParseResult parsed) => parsed.GetValue(duration) ?? 1;

    public NetworkSimulationOptions Options(ParseResult parsed, Invocation invocation)
    {
        NetworkSimulationOptions options = new();
        return options with { TimeStep = parsed.GetValue(step) ?? options.TimeStep, WarmUp = parsed.GetValue(warmUp) ?? options.WarmUp, Threads = invocation.Settings.Threads };
    }

    /// <summary>The network.</summary>
    /// <exception cref="UsageException">Neither or both are stated.</exception>
    /// <exception cref="InvalidDocumentException">The file states no network that can be simulated.</exception>
    public SpikingNetwork Network(ParseResult parsed)
    {
        string? path = parsed.GetValue(file);
        if (path is null == !parsed.GetValue(isBrunel)) throw new UsageException("Give either the FILE of a network or --brunel.");
        if (path is null)
        {
            BrunelNetwork stated = brunel.Read(parsed);
            return stated.ToSpikingNetwork((int)Math.Round((parsed.GetValue(size) ?? DefaultSize) / (1 + stated.InhibitoryShare)));
        }

        if (brunel.IsStated(parsed) || parsed.GetValue(size) is not null) throw new UsageException("The file states the whole network: leave out the options of Brunel's.");
        try
        {
            return NetworkModelDocument.Read(path).ToSpikingNetwork();
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new InvalidDocumentException(path, error.Message.TrimEnd('.'), Remedy);
        }
    }
}
