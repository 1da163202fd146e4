using SpikeStats.Models.Neurons;
using SpikeStats.Statistics;

namespace SpikeStats.Tests.Models.Neurons;

/// <summary>The presets show the patterns that their records state, in the time of their sources.</summary>
public sealed class NeuronPresetTests
{
    public static TheoryData<string> Cells => [.. IzhikevichCells.All.Select(preset => preset.Name)];

    public static TheoryData<string> Patterns => [.. NaudPatterns.All.Select(preset => preset.Name)];

    [Theory]
    [MemberData(nameof(Cells))]
    public void IzhikevichCell_OneSecond_ShowsItsPattern(string name) => AssertPattern(IzhikevichCells.All.Single(preset => preset.Name == name), 1);

    [Theory]
    [MemberData(nameof(Patterns))]
    public void NaudPattern_HalfASecond_ShowsItsPattern(string name) => AssertPattern(NaudPatterns.All.Single(preset => preset.Name == name), 0.5);

    private static void AssertPattern<T>(NeuronPreset<T> preset, double duration)
        where T : SmoothNeuron
    {
        FiringPatternReport report = FiringPatternReport.Of(new CurrentClamp(preset.Neuron, preset.Drive).Simulate(duration, 1)[0]);
        Assert.True(preset.Pattern == report.Pattern, $"{preset.Name}: {report}");
    }
}
