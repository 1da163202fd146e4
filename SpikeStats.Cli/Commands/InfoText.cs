using System.Text;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>The description of a recording, for people.</summary>
internal static class InfoText
{
    public static string Of(InfoDocument document, TimeIntervals observed)
    {
        StringBuilder text = new();
        text.Append($"{document.Format}: {NumberText.Count(document.UnitCount, "unit")}, {NumberText.Count(document.SpikeCount, "spike")}, observed {NumberText.Seconds(document.Duration)}");
        text.Append(document.Trials.Count == 0 ? $" in {observed}\n" : $" in {NumberText.Count(document.Trials.Count, "trial")}\n");
        foreach (InfoDocument.SignalEntry signal in document.Signals)
        {
            text.Append($"signal {signal.Name}: {signal.SampleCount} samples at {NumberText.Of(signal.SamplingRate, 6)} Hz, ");
            text.Append($"from {NumberText.Of(signal.Start, 6)} s to {NumberText.Of(signal.End, 6)} s\n");
        }

        string[] labels = [.. document.Units.SelectMany(unit => unit.Labels.Keys).Distinct(StringComparer.Ordinal)];
        AlignedTable table = new(
        [
            new TableColumn("unit", IsNumber: false), "spikes", "first (s)", "last (s)", "rate (Hz)", "ISI mean (ms)", "ISI CV", "ISI min (ms)",
            $"ISI < {NumberText.Seconds(document.RefractoryPeriod)}", .. labels.Select(label => new TableColumn(label, IsNumber: false)),
        ]);
        foreach (InfoDocument.UnitEntry unit in document.Units)
        {
            table.Add(
            [
                unit.Id, NumberText.Count(unit.SpikeCount), NumberText.Fixed(unit.FirstSpike, 3), NumberText.Fixed(unit.LastSpike, 3),
                NumberText.Fixed(unit.Rate, 3), NumberText.Of(1e3 * unit.IsiMean), NumberText.Fixed(unit.IsiCv, 3), NumberText.Of(1e3 * unit.IsiMin),
                NumberText.Count(unit.RefractoryViolations), .. labels.Select(label => unit.Labels[label]),
            ]);
        }

        return text.Append('\n').Append(table).ToString();
    }
}
