using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Cli.Documents;

/// <summary>Baselines of a Hawkes process that are constant in pieces of time.</summary>
/// <param name="Changes">The instants at which levels change, in seconds; empty if they repeat.</param>
/// <param name="Period">After how many seconds the pieces repeat, counted from time 0; null if they do not.</param>
/// <param name="Levels">In hertz, a row per unit and a column per piece.</param>
/// <param name="LevelStandardErrors">In hertz, likewise; NaN where a level is at its bound 0 or not identified. A model needs none.</param>
internal sealed record BaselinePiecesEntry(
    IReadOnlyList<double> Changes, double? Period, IReadOnlyList<IReadOnlyList<double>> Levels, IReadOnlyList<IReadOnlyList<double>>? LevelStandardErrors = null)
{
    /// <summary>The baselines of a fit; null if they are constant.</summary>
    public static BaselinePiecesEntry? Of(HawkesFit fit)
    {
        HawkesBaseline shape = fit.Model.Baseline;
        if (shape.IsConstant) return null;
        HawkesParameter[] levels = [.. fit.Parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Baseline)];
        double[][] Rows(Func<HawkesParameter, double> value) => [.. levels.Chunk(shape.PieceCount).Select(row => row.Select(value).ToArray())];
        return new BaselinePiecesEntry(shape.Changes, shape.Period, Rows(level => level.Estimate), Rows(level => level.StandardError));
    }

    /// <summary>The pieces and the levels of so many units.</summary>
    /// <exception cref="FormatException">Rows have the wrong number of levels.</exception>
    public (HawkesBaseline Shape, double[,] Levels) ToBaseline(int units)
    {
        int pieces = Levels.Count == 0 ? 0 : Levels[0].Count;
        if (pieces == 0 || Levels.Count != units || Levels.Any(row => row.Count != pieces)) throw new FormatException($"baselinePieces.levels must hold {units} rows of equal length");
        HawkesBaseline shape = Period is double period ? HawkesBaseline.Periodic(period, pieces) : HawkesBaseline.Piecewise(Changes);
        if (shape.PieceCount != pieces) throw new FormatException($"baselinePieces has {shape.PieceCount} pieces, but {pieces} levels in a row");
        double[,] levels = new double[units, pieces];
        for (int i = 0; i < units; i++)
        {
            for (int piece = 0; piece < pieces; piece++) levels[i, piece] = Levels[i][piece];
        }

        return (shape, levels);
    }
}
