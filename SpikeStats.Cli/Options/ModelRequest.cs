using SpikeStats.Models.Bases;

namespace SpikeStats.Cli.Options;

/// <summary>What all models of a comparison are told.</summary>
/// <param name="Target">The unit to explain.</param>
/// <param name="BinWidth">Width of a bin of models on bins, in seconds.</param>
/// <param name="HistoryBasis">Basis of the post-spike filter of a GLM.</param>
/// <param name="Threads">Most threads to use; -1 for one per processor.</param>
internal sealed record ModelRequest(string Target, double BinWidth, Basis HistoryBasis, int Threads);
