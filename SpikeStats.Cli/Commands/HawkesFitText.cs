using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>A fitted Hawkes process, for people: baselines, branching ratios, decays, scores, certificate and verdicts.</summary>
internal static class HawkesFitText
{
    // A screen holds so many pairs; the document holds all.
    private const int MostPairs = 36;

    public static string Of(HawkesFitDocument document) => $"""
        Hawkes process of {NumberText.Count(document.Units.Count, "unit")}: {document.Kernel} kernel, {Estimated(document)}
        {NumberText.Count(document.SpikeCounts.Sum(), "spike")} in {NumberText.Seconds(document.Duration)}

        {Baselines(document)}{Levels(document)}
        {Branching(document)}
        {Shape(document)}
        {Scores(document)}
        {Stability(document)}
        Optimum ({document.Certificate.Status}): {document.Certificate.Message}

        {VerdictText.Table(document.GoodnessOfFit)}
        {VerdictText.Fitted}

        """;

    private static string Estimated(HawkesFitDocument document)
    {
        if (document.BasisKernels is not null) return "weights estimated";
        if (document.PowerLaw is { } law) return law.IsEstimated ? "c and theta estimated" : "c and theta given";
        string decays = document.DecaysEstimated ? "decays estimated" : "decays given";
        return document.Softness is double softness ? $"{decays}, softplus of softness {NumberText.Of(softness)} Hz" : decays;
    }

    private static string Levels(HawkesFitDocument document)
    {
        if (document.BaselinePieces is not { } pieces) return "";
        int count = pieces.Levels[0].Count;
        AlignedTable table = new([new TableColumn("unit", IsNumber: false), "piece", "from (s)", "level (Hz)", "SE"]);
        (int Unit, int Piece)[] all = [.. from unit in Enumerable.Range(0, document.Units.Count) from piece in Enumerable.Range(0, count) select (unit, piece)];
        foreach ((int unit, int piece) in all.Take(MostPairs))
        {
            double from = pieces.Period is double period ? piece * period / count : piece == 0 ? double.NegativeInfinity : pieces.Changes[piece - 1];
            (string estimate, string standardError) = NumberText.Estimate(pieces.Levels[unit][piece], pieces.LevelStandardErrors![unit][piece]);
            table.Add(document.Units[unit], NumberText.Count(piece + 1), NumberText.Of(from), estimate, standardError);
        }

        string rest = all.Length > MostPairs ? $"the first {MostPairs} of {NumberText.Count(all.Length)} levels; --json prints all\n" : "";
        return $"the mean over the observed time, of these levels{(pieces.Period is double every ? $", which repeat every {NumberText.Seconds(every)}" : "")}:\n{table}{rest}";
    }

    private static AlignedTable Baselines(HawkesFitDocument document)
    {
        AlignedTable table = new(new TableColumn("unit", IsNumber: false), "spikes", "rate (Hz)", "baseline (Hz)", "SE");
        for (int i = 0; i < document.Units.Count; i++)
        {
            (string estimate, string standardError) = NumberText.Estimate(document.Baseline[i], document.BaselineStandardErrors[i]);
            table.Add(document.Units[i], NumberText.Count(document.SpikeCounts[i]), NumberText.Fixed(document.SpikeCounts[i] / document.Duration, 3), estimate, standardError);
        }

        return table;
    }

    // One column per exponential if there are several; the spikes that one spike triggers are their sum.
    private static string Branching(HawkesFitDocument document)
    {
        // The exponentials of a power law are no parts that mean something.
        int decays = document.PowerLaw is null ? document.Decays.Count : 0;
        IEnumerable<TableColumn> parts = decays < 2 ? [] : Enumerable.Range(1, decays).Select(decay => new TableColumn($"part {NumberText.Count(decay)}"));
        AlignedTable table = new([new TableColumn("target", IsNumber: false), new TableColumn("source", IsNumber: false), document.Softness is null ? "triggered spikes" : "coupling", "SE", .. parts]);
        (int Target, int Source)[] all = [.. from target in Enumerable.Range(0, document.Units.Count) from source in Enumerable.Range(0, document.Units.Count) select (target, source)];
        (int Target, int Source)[] shown = all.Length <= MostPairs
            ? all
            : [.. all.OrderByDescending(pair => Math.Abs(document.Adjacency[pair.Target][pair.Source])).Take(MostPairs)];
        foreach ((int target, int source) in shown)
        {
            (string estimate, string standardError) = NumberText.Estimate(document.Adjacency[target][source], document.AdjacencyStandardErrors[target][source]);
            IEnumerable<string> values = decays < 2 ? [] : document.AdjacencyByDecay.Select(matrix => NumberText.Of(matrix[target][source]));
            table.Add([document.Units[target], document.Units[source], estimate, standardError, .. values]);
        }

        return shown.Length == all.Length ? table.ToString() : $"{table}the largest {MostPairs} of {NumberText.Count(all.Length)}; --json prints all\n";
    }

    private static string Shape(HawkesFitDocument document)
    {
        if (document.BasisKernels is { } kernels) return Weights(document, kernels);
        return (document.PowerLaw is { } law ? PowerLaw(law) : Decays(document)).ToString();
    }

    private static AlignedTable PowerLaw(PowerLawEntry law)
    {
        AlignedTable table = new(new TableColumn("power law", IsNumber: false), "value", "SE");
        void Add(string name, double value, double error)
        {
            (string estimate, string standardError) = NumberText.Estimate(value, error);
            table.Add(name, estimate, law.IsEstimated ? standardError : "given");
        }

        Add("c (s)", law.TimeScale, law.TimeScaleStandardError);
        Add("theta", law.Exponent, law.ExponentStandardError);
        return table;
    }

    // A row per pair and window or function; the document holds those that a screen does not.
    private static string Weights(HawkesFitDocument document, BasisKernelsEntry kernels)
    {
        int functions = kernels.Weights[0][0].Count;
        string Name(int function) => kernels.Edges is { } edges ? $"{NumberText.Seconds(edges[function])} to {NumberText.Seconds(edges[function + 1])}" : NumberText.Count(function + 1);
        AlignedTable table = new(
            new TableColumn("target", IsNumber: false), new TableColumn("source", IsNumber: false),
            new TableColumn(kernels.Edges is null ? "function" : "lags", IsNumber: false), kernels.Edges is null ? "weight (Hz)" : "added rate (Hz)", "SE");
        (int Target, int Source, int Function)[] rows = [.. from target in Enumerable.Range(0, document.Units.Count)
                                                            from source in Enumerable.Range(0, document.Units.Count)
                                                            from function in Enumerable.Range(0, functions)
                                                            select (target, source, function)];
        foreach ((int target, int source, int function) in rows.Take(MostPairs))
        {
            (string estimate, string standardError) = NumberText.Estimate(kernels.Weights[target][source][function], kernels.WeightStandardErrors![target][source][function]);
            table.Add(document.Units[target], document.Units[source], Name(function), estimate, standardError);
        }

        return rows.Length <= MostPairs ? table.ToString() : $"{table}the first {MostPairs} of {NumberText.Count(rows.Length)} weights; --json prints all\n";
    }

    private static AlignedTable Decays(HawkesFitDocument document)
    {
        AlignedTable table = new(new TableColumn("exponential", IsNumber: false), "decay (1/s)", "SE", "time constant");
        for (int decay = 0; decay < document.Decays.Count; decay++)
        {
            (string estimate, string standardError) = NumberText.Estimate(document.Decays[decay], document.DecayStandardErrors[decay]);
            table.Add(NumberText.Count(decay + 1), estimate, document.DecaysEstimated ? standardError : "given", NumberText.Seconds(1 / document.Decays[decay]));
        }

        return table;
    }

    private static AlignedTable Scores(HawkesFitDocument document)
    {
        AlignedTable table = new(new TableColumn("score", IsNumber: false), "value");
        table.Add("log-likelihood (nats)", NumberText.Of(document.LogLikelihood, 10));
        table.Add("of constant rates (nats)", NumberText.Of(document.NullLogLikelihood, 10));
        table.Add("AIC", NumberText.Of(document.Aic, 8));
        table.Add("BIC", NumberText.Of(document.Bic, 8));
        table.Add("bits per spike", NumberText.Fixed(document.BitsPerSpike, 4));
        if (document.Softness is null) table.Add("branching ratio", NumberText.Fixed(document.BranchingRatio, 4));
        return table;
    }

    private static string Stability(HawkesFitDocument document)
    {
        HawkesFitDocument.RadiusEntry radius = document.SpectralRadius;
        string interval = double.IsNaN(radius.Low) ? "no interval" : $"95 % interval {NumberText.Fixed(radius.Low, 4)} to {NumberText.Fixed(radius.High, 4)}";
        string verdict = radius.Value >= 1 ? "without a stationary rate" : radius.High >= 1 ? "perhaps without a stationary rate"
            : double.IsNaN(radius.High) ? "stationary, if it is exact" : "stationary";
        if (document.Softness is not null)
        {
            string bound = radius.Value < 1 ? "stationary" : "perhaps without a stationary rate";
            return $"Spectral radius of the absolute couplings {NumberText.Fixed(radius.Value, 4)}: {bound}.";
        }

        return $"Spectral radius {NumberText.Fixed(radius.Value, 4)} ({interval}): {verdict}.";
    }
}
