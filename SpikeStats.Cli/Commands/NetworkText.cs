using System.Globalization;
using System.Text;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>Fixed points and phase diagram of a network, for people and as rows.</summary>
internal static class NetworkText
{
    private const int ModesShown = 3;

    // One letter or two for each place of the diagram.
    private static readonly Dictionary<string, string> marks = new(StringComparer.Ordinal) { ["AI"] = " .", ["AR"] = " r", ["SI-slow"] = " s", ["SI-fast"] = " f", ["SR"] = " R" };

    public static string Of(NetworkTheoryDocument document)
    {
        AlignedTable table = new(
            "point", new TableColumn("population", IsNumber: false), "rate (Hz)", "mu (mV)", "sigma (mV)", "CV", "gain", new TableColumn("stability", IsNumber: false), new TableColumn("leading modes: growth (1/s) at frequency (Hz)", IsNumber: false));
        for (int i = 0; i < document.FixedPoints.Count; i++)
        {
            NetworkTheoryDocument.FixedPointEntry point = document.FixedPoints[i];
            for (int k = 0; k < point.Populations.Count; k++)
            {
                NetworkTheoryDocument.PopulationEntry population = point.Populations[k];
                bool isFirst = k == 0;
                table.Add(
                    isFirst ? NumberText.Count(i + 1) : "", population.Name, NumberText.Of(population.Rate, 6), Milli(population.Mu), Milli(population.Sigma), NumberText.Of(population.Cv),
                    isFirst ? NumberText.Of(point.LeadingGain) : "", isFirst ? Stability(point) : "", isFirst ? Modes(point) : "");
            }
        }

        StringBuilder text = new();
        if (document.State is { } state && document.Brunel is { } brunel) text.Append(State(state, brunel)).Append("\n\n");
        text.Append(table);
        if (document.Diagram is { } diagram) text.Append('\n').Append(Map(diagram));
        return text.ToString();
    }

    /// <summary>The diagram as comma-separated values, a row for each place.</summary>
    public static string Rows(NetworkTheoryDocument.DiagramEntry diagram)
    {
        StringBuilder text = new("g,eta,regime,rate,cv,growthRate,frequency,fixedPoints\n");
        for (int i = 0; i < diagram.States.Count; i++)
        {
            NetworkTheoryDocument.NetworkStateEntry state = diagram.States[i];
            text.Append(CultureInfo.InvariantCulture, $"{diagram.G[i % diagram.G.Count]:R},{diagram.Eta[i / diagram.G.Count]:R},{state.Regime},{state.Rate:R},{state.Cv:R},{state.GrowthRate:R},{state.Frequency:R},{state.FixedPointCount}\n");
        }

        return text.ToString();
    }

    private static string Milli(double value) => NumberText.Of(value * TheoryText.Thousand);

    private static string Stability(NetworkTheoryDocument.FixedPointEntry point) => point switch
    {
        { IsStable: true } => "stable",
        { IsStaticallyStable: false } => "unstable: rates run away",
        { IsStable: false } => "unstable: oscillates",
        _ => "stable if slow",
    };

    private static string Modes(NetworkTheoryDocument.FixedPointEntry point) => point.Eigenvalues.Count == 0
        ? "-"
        : string.Join(", ", point.Eigenvalues.Take(ModesShown).Select(mode => $"{NumberText.Of(mode.GrowthRate)} at {NumberText.Of(mode.Frequency)}"));

    private static string State(NetworkTheoryDocument.NetworkStateEntry state, NetworkTheoryDocument.BrunelEntry brunel) =>
        $"Brunel's network at g = {NumberText.Of(brunel.G)}, eta = {NumberText.Of(brunel.Eta)} (threshold rate {NumberText.Of(brunel.ThresholdRate)} Hz), delay {Milli(brunel.Delay)} ms: "
        + $"{state.Regime}, {NumberText.Of(state.Rate)} Hz, CV {NumberText.Of(state.Cv)}"
        + (double.IsNaN(state.Frequency) ? ", no mode grows" : $", a mode of {NumberText.Of(state.Frequency)} Hz grows");

    private static string Map(NetworkTheoryDocument.DiagramEntry diagram)
    {
        StringBuilder text = new($"eta from {NumberText.Of(diagram.Eta[0])} (below) to {NumberText.Of(diagram.Eta[^1])}, g from {NumberText.Of(diagram.G[0])} to {NumberText.Of(diagram.G[^1])}: . AI, r AR, s SI-slow, f SI-fast, R SR\n");
        for (int row = diagram.Eta.Count - 1; row >= 0; row--)
        {
            for (int column = 0; column < diagram.G.Count; column++) text.Append(marks[diagram.States[(row * diagram.G.Count) + column].Regime]);
            text.Append('\n');
        }

        return text.ToString();
    }
}
