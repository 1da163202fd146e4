using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;

namespace SpikeStats.Tests.Fitting.Glm;

/// <summary>Tiny designs of whole numbers, separated or all but separated, against the exact decision.</summary>
public sealed class SeparationClassificationTests
{
    private static readonly ObservationModel[] laws =
        [ObservationModel.Poisson, ObservationModel.BernoulliLogit, ObservationModel.Bernoulli, ObservationModel.BernoulliProbit, ObservationModel.PoissonSoftplus];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void RandomDesigns_NearSeparation_AreClassifiedExactly(int law)
    {
        List<string> wrong = [];
        int separated = 0, converged = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            (long[][] rows, int[] counts) = Draw(new RandomStream(seed, (uint)law), laws[law].Clip(2) == 1);
            bool isSeparated = RecessionCone.IsSeparated(rows, counts, laws[law].Clip(2) == 1);
            FitStatus expected = isSeparated ? FitStatus.Separated : RecessionCone.IndependentColumns(rows).Length < rows[0].Length ? FitStatus.RankDeficient : FitStatus.Converged;
            GlmFit fit = Regression.Fit(counts, [.. Enumerable.Range(1, rows[0].Length - 1).Select(column => rows.Select(row => (double)row[column]).ToArray())], observation: laws[law]);
            separated += expected == FitStatus.Separated ? 1 : 0;
            converged += expected == FitStatus.Converged ? 1 : 0;
            if (fit.Certificate.Status != expected) wrong.Add($"seed {seed}: {fit.Certificate.Status} instead of {expected}, {fit.Certificate.Iterations} iterations, {fit.Certificate.Message} [{string.Join(" | ", rows.Zip(counts, (row, count) => string.Join(' ', row) + ": " + count))}]");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.True(separated >= 10 && converged >= 10, $"{separated} separated and {converged} converged designs of 40 test little.");
    }

    // Rows whose products with a hidden direction have the signs of a separated design, but for one row (two, of opposite effect, for binary counts) of most designs:
    // these violate it by the least there is.
    private static (long[][] Rows, int[] Counts) Draw(RandomStream stream, bool isBinary)
    {
        int size = 2 + Below(stream, 3), length = 8 + Below(stream, 5);
        long scale = ((long[])[2, 20, 300])[Below(stream, 3)];
        long[] direction = [.. Enumerable.Range(0, size - 1).Select(_ => (long)Below(stream, 5) - 2), 1];
        int[] counts = [.. Enumerable.Range(0, length).Select(row => row == 0 || Below(stream, 3) == 0 ? 1 + (isBinary ? 0 : Below(stream, 2)) : 0)];
        bool isNear = Below(stream, 3) > 0;
        int[] odd = [Below(stream, length), isBinary ? Below(stream, length) : -1, isBinary ? Array.IndexOf(counts, 0) : -1, isBinary ? 0 : -1];
        long[][] rows = [.. counts.Select((count, row) =>
        {
            long[] own = [1, .. Enumerable.Range(0, size - 2).Select(_ => Below(stream, (int)(2 * scale) + 1) - scale)];
            long product = count > 0 ? (isBinary ? Below(stream, (int)scale) : 0) : -Below(stream, (int)scale);
            if (isNear && odd.Contains(row)) product = count > 0 ? -1 : 1;
            return (long[])[.. own, product - own.Zip(direction, (x, d) => x * d).Sum()];
        })];
        return (rows, counts);
    }

    private static int Below(RandomStream stream, int limit) => (int)(stream.NextDouble() * limit);
}
