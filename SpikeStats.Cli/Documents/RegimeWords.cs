using SpikeStats.Models.MeanField;

namespace SpikeStats.Cli.Documents;

/// <summary>How a network fires, by the names of Brunel's paper.</summary>
internal static class RegimeWords
{
    public static string Of(NetworkRegime regime) => regime switch
    {
        NetworkRegime.AsynchronousIrregular => "AI",
        NetworkRegime.AsynchronousRegular => "AR",
        NetworkRegime.SynchronousIrregularSlow => "SI-slow",
        NetworkRegime.SynchronousIrregularFast => "SI-fast",
        _ => "SR",
    };
}
