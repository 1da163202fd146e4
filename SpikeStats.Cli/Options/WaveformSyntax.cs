using System.Text.RegularExpressions;
using SpikeStats.Models.Drives;

namespace SpikeStats.Cli.Options;

/// <summary>Drives as options take them: <c>500pA</c>, <c>step:0..500pA@100ms</c>, <c>pulse:500pA@100ms..120ms</c>, <c>ramp:0..500pA@100ms..400ms</c>, <c>sine:300pA~100pA@5Hz</c>.</summary>
/// <remarks>Several drives separated by commas add up. The levels have the unit of the driven model; the rest is the same for all.</remarks>
internal sealed partial class WaveformSyntax(ParameterUnit unit, string example)
{
    private const string LevelOnly = "", StepName = "step", PulseName = "pulse", RampName = "ramp", SineName = "sine";

    private static readonly string[] names = [StepName, PulseName, RampName, SineName];

    public static WaveformSyntax Current { get; } = new(ParameterUnit.Current, "500pA");

    public static WaveformSyntax VoltageSlope { get; } = new(ParameterUnit.VoltageSlope, "10V/s");

    public static WaveformSyntax CurrentDensity { get; } = new(ParameterUnit.CurrentDensity, "10uA/cm2");

    /// <summary>The SI unit of a level.</summary>
    public string Unit => unit.Name;

    /// <summary>How a drive is written, for the help.</summary>
    public string Help => $"{example}, {Forms}; several, separated by commas, add up.";

    private string Forms => $"step:0..{example}@100ms (from, to, when), pulse:{example}@100ms..120ms, ramp:0..{example}@100ms..400ms, sine:{example}~{example}@5Hz (mean, amplitude, frequency)";

    /// <summary>Reads a drive.</summary>
    /// <exception cref="FormatException">The text is none; the message says how to write it.</exception>
    public Waveform Parse(string text) => text.Split(',', StringSplitOptions.TrimEntries).Select(One).Aggregate((sum, next) => sum.Plus(next));

    private Waveform One(string text)
    {
        Match match = Form().Match(text);
        string name = match.Groups["name"].Value, from = match.Groups["from"].Value, to = match.Groups["to"].Value, start = match.Groups["start"].Value, end = match.Groups["end"].Value;
        string amplitude = match.Groups["amplitude"].Value;
        return (name, to.Length > 0, amplitude.Length > 0, start.Length > 0, end.Length > 0) switch
        {
            (LevelOnly, false, false, false, false) when match.Success => Waveform.Constant(unit.Parse(from)),
            (StepName, true, false, true, false) => Waveform.Step(unit.Parse(from), unit.Parse(to), DurationSyntax.NotNegative(start)),
            (PulseName, false, false, true, true) => Waveform.Pulse(unit.Parse(from), DurationSyntax.NotNegative(start), Length(start, end)),
            (RampName, true, false, true, true) => Waveform.Ramp(unit.Parse(from), unit.Parse(to), DurationSyntax.NotNegative(start), Length(start, end)),
            (SineName, false, true, true, false) => Waveform.Sine(unit.Parse(from), unit.Parse(amplitude), RateSyntax.NotNegative(start)),
            _ => throw new FormatException($"'{text}' is no drive.{(names.Contains(name) ? "" : Spelling.Suggestion(name, names))} Write {example}, {Forms}."),
        };
    }

    private static double Length(string start, string end)
    {
        double length = DurationSyntax.NotNegative(end) - DurationSyntax.NotNegative(start);
        return length > 0 ? length : throw new FormatException($"'{start}..{end}' does not end after it begins.");
    }

    [GeneratedRegex(@"^((?<name>[A-Za-z]+):)?(?<from>[^@~:]+?)(\.\.(?<to>[^@~:]+?))?(~(?<amplitude>[^@~:]+))?(@(?<start>[^@~:]+?)(\.\.(?<end>[^@~:]+))?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
