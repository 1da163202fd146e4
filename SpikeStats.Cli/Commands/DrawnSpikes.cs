using System.Text;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.Generators;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Cli.Commands;

/// <summary>Draws spikes from a model and delivers them: to a file, as rows, or in a document.</summary>
internal static class DrawnSpikes
{
    /// <summary>Makes sure, before any work is done, that the file can hold the spikes of all units.</summary>
    /// <exception cref="UsageException">A file of one unit is asked for, but the model has more.</exception>
    public static void RequireRoom(OutputFile? output, IReadOnlyList<string> units)
    {
        if (output is not null && SpikeFile.IsNpy(output.Path) && units.Count > 1)
            throw new UsageException($"A .npy file holds the times of one unit, but the model has {units.Count}. Write --out FILE.csv.");
    }

    /// <summary>Draws with the seed of the invocation, and delivers.</summary>
    public static ExitCode Deliver(IPointProcess model, Recording conditions, string schema, OutputFile? output, Invocation invocation)
    {
        Recording drawn = model.Simulate(conditions, invocation.Settings.Seed, invocation.CancellationToken);
        Deliver(drawn, SimulationDocument.Of(drawn, schema, invocation.Settings.Seed, withSpikes: output is null), output, invocation);
        return ExitCode.Done;
    }

    /// <summary>Runs a generator with the seed of the invocation, and delivers; what its report warns of is shown.</summary>
    /// <param name="generator">What to run.</param>
    /// <param name="duration">How long, in seconds.</param>
    /// <param name="schema">The schema of the document.</param>
    /// <param name="parameters">The parameters of the model, in SI units.</param>
    /// <param name="output">The file of the spikes, if there is one.</param>
    /// <param name="invocation">The run.</param>
    /// <param name="amend">Adds to the document what only this model has.</param>
    /// <returns>What was drawn.</returns>
    public static Recording Deliver(
        ISpikeGenerator generator, double duration, string schema, IReadOnlyDictionary<string, double> parameters, OutputFile? output, Invocation invocation,
        Func<SimulationDocument, Recording, SimulationDocument>? amend = null)
    {
        RequireRoom(output, generator.Units);
        Recording drawn = invocation.Watch("simulating", progress => generator.Simulate(duration, invocation.Settings.Seed, progress, invocation.CancellationToken));
        invocation.Report(drawn.LoadReport);
        SimulationDocument document = SimulationDocument.Of(drawn, schema, invocation.Settings.Seed, withSpikes: output is null) with { Scheme = generator.Scheme, Parameters = parameters };
        Deliver(drawn, amend?.Invoke(document, drawn) ?? document, output, invocation);
        return drawn;
    }

    private static void Deliver(Recording drawn, SimulationDocument document, OutputFile? output, Invocation invocation)
    {
        if (output is not null) invocation.Save((output, stream => Write(drawn, output.Path, stream)));
        invocation.Print(document, DocumentJson.Default.SimulationDocument, () => output is null ? Csv(drawn) : Summary(document));
    }

    private static void Write(Recording drawn, string path, Stream stream)
    {
        if (SpikeFile.IsNpy(path))
        {
            NpyArray.Write(stream, drawn[0].Times);
            return;
        }

        using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        SpikeFile.WriteCsv(drawn, writer);
    }

    private static string Csv(Recording drawn)
    {
        using StringWriter writer = new();
        SpikeFile.WriteCsv(drawn, writer);
        return writer.ToString();
    }

    private static string Summary(SimulationDocument document)
    {
        AlignedTable table = new(new TableColumn("unit", IsNumber: false), "spikes", "rate (Hz)");
        foreach (SimulationDocument.TrainEntry unit in document.Units) table.Add(unit.Id, NumberText.Count(unit.SpikeCount), NumberText.Fixed(unit.Rate, 3));
        return $"{document.SpikeCount} spikes in {NumberText.Seconds(document.Duration)}, seed {document.Seed}\n\n{table}";
    }
}
