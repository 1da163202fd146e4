using SpikeStats.Cli.Output;
using SpikeStats.Models.MeanField;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats theory network</c> computed: all self-consistent rates of a network, their stability, and its phase diagram. SI units.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="Network">The network.</param>
/// <param name="Brunel">The same in the quantities of Brunel's paper; null for a network from a file.</param>
/// <param name="IsCertified">Whether the search for fixed points looked at all rates.</param>
/// <param name="FixedPoints">By rising rate of the first population.</param>
/// <param name="State">How Brunel's network fires; null for a network from a file.</param>
/// <param name="Diagram">The phase diagram; null unless asked for.</param>
internal sealed record NetworkTheoryDocument(
    string Schema, string Version, NetworkModelDocument Network, NetworkTheoryDocument.BrunelEntry? Brunel, bool IsCertified,
    IReadOnlyList<NetworkTheoryDocument.FixedPointEntry> FixedPoints, NetworkTheoryDocument.NetworkStateEntry? State, NetworkTheoryDocument.DiagramEntry? Diagram)
{
    public const string SchemaName = "spikestats.theory.network/1";

    /// <summary>Brunel's parameters: volts and seconds; <see cref="ThresholdRate"/>, in hertz, is the external rate that brings the mean to threshold.</summary>
    internal sealed record BrunelEntry(double G, double Eta, double InDegree, double InhibitoryShare, double Weight, double Delay, double ThresholdRate)
    {
        public static BrunelEntry Of(BrunelNetwork network) => new(
            network.RelativeInhibition, network.RelativeDrive, network.ExcitatoryInDegree, network.InhibitoryShare, network.Weight, network.Delay, network.ThresholdRate);
    }

    /// <summary>Rates at which the network reproduces itself.</summary>
    /// <param name="Populations">One entry for each.</param>
    /// <param name="LeadingGain">The largest real part of the eigenvalues of the slopes of rates in rates; slow deviations die out below 1.</param>
    /// <param name="IsStaticallyStable">Whether it is below 1.</param>
    /// <param name="IsStable">Whether no mode grows, delays included; null where a projection has none.</param>
    /// <param name="GrowingModes">How many modes grow, by the argument principle; null where a projection has no delay.</param>
    /// <param name="IsComplete">Whether as many growing modes were found; null where a projection has no delay.</param>
    /// <param name="DominantFrequency">Of the leading mode, in hertz; null without one.</param>
    /// <param name="Eigenvalues">The modes, by falling growth rate.</param>
    internal sealed record FixedPointEntry(
        IReadOnlyList<PopulationEntry> Populations, double LeadingGain, bool IsStaticallyStable, bool? IsStable, int? GrowingModes, bool? IsComplete, double? DominantFrequency,
        IReadOnlyList<EigenvalueEntry> Eigenvalues)
    {
        public static FixedPointEntry Of(RateNetwork network, IReadOnlyList<string> names, FixedPoint point, DelaySpectrum? spectrum) => new(
            [.. names.Select((name, i) => PopulationEntry.Of(name, network.Populations[i].Transfer, point.Rates[i], point.Inputs[i]))],
            point.LeadingGain, point.IsStaticallyStable, spectrum?.IsStable, spectrum?.UnstableCount, spectrum?.IsComplete,
            spectrum is { Eigenvalues: [var leading, ..] } ? leading.Frequency : null,
            [.. spectrum?.Eigenvalues.Select(value => new EigenvalueEntry(value.GrowthRate, value.Frequency)) ?? []]);
    }

    /// <summary>A population at a fixed point: hertz, volts, volts; NaN is the coefficient of variation of silence.</summary>
    internal sealed record PopulationEntry(string Name, double Rate, double Mu, double Sigma, double Cv)
    {
        public static PopulationEntry Of(string name, IRateTransfer transfer, double rate, WhiteNoiseInput input) =>
            new(name, rate, input.Mean, input.Sigma, rate > 0 ? transfer.CoefficientOfVariation(input) : double.NaN);
    }

    /// <summary>A mode: its growth rate in inverse seconds and its frequency in hertz.</summary>
    internal sealed record EigenvalueEntry(double GrowthRate, double Frequency);

    /// <summary>How the network fires at its statically stable fixed point of the highest rate; growth rate and frequency of the growing mode are NaN where none grows.</summary>
    internal sealed record NetworkStateEntry(string Regime, double Rate, double Cv, double GrowthRate, double Frequency, int FixedPointCount)
    {
        public static NetworkStateEntry Of(NetworkState state) => new(RegimeWords.Of(state.Regime), state.Rate, state.CoefficientOfVariation, state.GrowthRate, state.Frequency, state.FixedPointCount);
    }

    /// <summary>States over g (columns) and eta (rows), row by row.</summary>
    internal sealed record DiagramEntry(IReadOnlyList<double> G, IReadOnlyList<double> Eta, IReadOnlyList<NetworkStateEntry> States)
    {
        public static DiagramEntry Of(BrunelPhaseDiagram diagram) => new(diagram.RelativeInhibitions, diagram.RelativeDrives, [.. diagram.States.Select(NetworkStateEntry.Of)]);
    }

    public static NetworkTheoryDocument Of(
        NetworkModelDocument network, BrunelNetwork? brunel, bool isCertified, IReadOnlyList<FixedPointEntry> points, BrunelPhaseDiagram? diagram) => new(
        SchemaName, ProductVersion.Text, network, brunel is null ? null : BrunelEntry.Of(brunel), isCertified, points,
        brunel is null ? null : NetworkStateEntry.Of(BrunelPhaseDiagram.StateOf(brunel)), diagram is null ? null : DiagramEntry.Of(diagram));
}
