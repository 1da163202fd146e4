using System.CommandLine;
using System.Text;
using System.Text.Json;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Drives;
using SpikeStats.Models.Neurons;
using SpikeStats.Plotting;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats simulate adex|izhikevich|hh</c>: spikes and voltage of one neuron under a drive.</summary>
internal sealed class SimulateMembraneCommand<T> : Verb
    where T : SmoothNeuron
{
    private const double DefaultDuration = 1, DefaultSamplingRate = 1e4;

    private readonly MembraneVerb<T> verb;
    private readonly Option<string> preset = new("--preset") { HelpName = "NAME" };
    private readonly Option<Waveform> current;
    private readonly Option<MembraneScheme?> scheme = Parsed.Choice(
        "--scheme", "How to solve; default exact. Noise needs euler-maruyama or heun.",
        ("exact", MembraneScheme.Exact), ("paper2003", MembraneScheme.Paper2003), ("exponential-euler", MembraneScheme.ExponentialEuler), ("runge-kutta-4", MembraneScheme.RungeKutta4),
        ("euler-maruyama", MembraneScheme.EulerMaruyama), ("heun", MembraneScheme.Heun));
    private readonly Option<double?> step = Parsed.Option<double?>("--step", "DURATION", "Step of the schemes with fixed steps; default 0.01ms.", text => DurationSyntax.Positive(text));
    private readonly Option<double?> noise = Parsed.Option<double?>("--noise", "VOLTAGE", "Size sigma of white noise in the voltage; default 0mV.", text => VoltageSyntax.NotNegative(text));
    private readonly Option<double?> start = Parsed.Option<double?>("--start", "VOLTAGE", "Voltage at time 0; default that of the model.", text => VoltageSyntax.Parse(text));
    private readonly Option<double?> duration = Parsed.Option<double?>("--duration", "DURATION", "How long to simulate, from 0 s; default 1s.", text => DurationSyntax.Positive(text));
    private readonly Option<string> voltage = new("--voltage") { HelpName = "FILE.csv", Description = "File for the voltage: columns time and voltage, in seconds and volts." };
    private readonly Option<string> figure = new("--figure") { HelpName = "FILE.svg", Description = "Figure of the voltage and the spikes." };
    private readonly Option<double?> sampling = Parsed.Option<double?>("--sampling", "RATE", "Samples per second of the voltage; default 10kHz.", text => RateSyntax.Positive(text));

    public SimulateMembraneCommand(MembraneVerb<T> verb, VerbFrame frame)
        : base(verb.Name, verb.Description, frame)
    {
        this.verb = verb;
        preset.Description = $"A neuron with its drive: {string.Join(", ", verb.Presets.Select(known => known.Name))}.";
        current = Parsed.Option("--current", "DRIVE", $"The drive: {verb.Drive.Help} Default that of the preset.", verb.Drive.Parse);
        if (verb.Presets.Count > 0) Add(preset);
        verb.Parameters.AddTo(this);
        foreach (Option option in (Option[])[current, scheme, step, noise, start, duration, voltage, figure, sampling]) Add(option);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput(), trace = Plan(parsed.GetValue(voltage), invocation), picture = Plan(parsed.GetValue(figure), invocation);
        NeuronPreset<T>? chosen = parsed.GetValue(preset) is { } name ? Preset(name) : null;
        T neuron = verb.Parameters.Read(parsed, chosen?.Neuron ?? verb.Default);
        Waveform drive = parsed.GetValue(current) ?? chosen?.Drive ?? throw new UsageException($"Say the drive with --current: {verb.Drive.Help}{(verb.Presets.Count > 0 ? " Or take a --preset, which has one." : "")}");
        CurrentClampOptions defaults = new();
        CurrentClamp clamp = new(neuron, drive, new CurrentClampOptions
        {
            Scheme = parsed.GetValue(scheme) ?? defaults.Scheme,
            Step = parsed.GetValue(step) ?? defaults.Step,
            NoiseSigma = parsed.GetValue(noise) ?? 0,
            StartingVoltage = parsed.GetValue(start),
            VoltageSamplingRate = trace is null && picture is null ? 0 : parsed.GetValue(sampling) ?? DefaultSamplingRate,
        });
        string stated = parsed.GetResult(current)?.Tokens[0].Value ?? FormattableString.Invariant($"{chosen!.Level:R}{verb.Drive.Unit}");
        Recording drawn = DrawnSpikes.Deliver(
            clamp, parsed.GetValue(duration) ?? DefaultDuration, verb.Schema, verb.Parameters.Values(neuron), output, invocation,
            (document, spikes) => document with { Drive = stated, FiringPattern = JsonNamingPolicy.CamelCase.ConvertName(FiringPatternReport.Of(spikes[0]).Pattern.ToString()) });
        invocation.Note($"pattern: {FiringPatternReport.Of(drawn[0])}");

        // A voltage that is reset is drawn up to the level at each spike; that of the squid axon has its own peaks.
        double level = neuron is HodgkinHuxley ? double.NaN : neuron.SpikeLevel;
        if (trace is not null) invocation.Save((trace, stream => WriteTrace(drawn.Signals[0], stream)));
        if (picture is not null) invocation.Save((picture, stream => stream.Write(Encoding.UTF8.GetBytes(Picture(drawn, level, chosen, invocation.Settings.Seed).ToSvg()))));
        return ExitCode.Done;
    }

    private static OutputFile? Plan(string? path, Invocation invocation) => path is null ? null : OutputFile.At(path, invocation.Settings.Force);

    private static void WriteTrace(SampledSignal signal, Stream stream)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.Write($"time,{signal.Name}\n");
        for (int i = 0; i < signal.Count; i++) writer.Write(FormattableString.Invariant($"{signal.TimeAt(i):R},{signal.Values[i]:R}\n"));
    }

    private Figure Picture(Recording drawn, double level, NeuronPreset<T>? chosen, ulong seed) => VoltageTraceFigure.Of(
        drawn.Signals[0], drawn[0], level, new FigureOptions { Title = chosen is null ? verb.Name : $"{verb.Name}: {chosen.Title}", Note = drawn.LoadReport[0].Message, Seed = seed });

    private NeuronPreset<T> Preset(string name) => verb.Presets.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException(
            $"--preset: there is no preset '{name}'.{Spelling.Suggestion(name, verb.Presets.Select(known => known.Name))} There are {string.Join(", ", verb.Presets.Select(known => known.Name))}.");
}
