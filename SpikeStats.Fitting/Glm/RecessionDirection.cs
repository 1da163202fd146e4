using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Glm;

/// <summary>Decides whether the likelihood of a design rises forever along a direction.</summary>
/// <remarks>
/// It does along d if and only if x_t d ≤ 0 in every silent bin and x_t d = 0 in every bin with a spike (≥ 0 if a bin holds at most one), and not all are 0
/// (Albert and Anderson 1984, for counts as well). The step of an iteration only tends to such a direction, so that small products cannot be told from zero:
/// a slack would call data separated whose optimum is merely far. The step is therefore rounded to the face it points to: bins whose product is small must
/// have product 0, and the part of the step that gives them 0 exactly is tested with the tolerance of rounding. If the test fails the iterations go on.
/// </remarks>
internal sealed class RecessionDirection(GlmDesign design, double[,] penalty, int[] maskColumns)
{
    // Products below this share of the largest are taken for zeros; the test that follows finds out whether they can be. Bins may lie so differently far
    // from the boundary that the nearest of them has a small product too: then a smaller share tells, to a step that points more exactly.
    private static readonly double[] small = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    // What rounding leaves of a product that is zero, relative to the largest.
    private const double Rounding = 1e-9;

    // Eigenvalues of a matrix with unit diagonal.
    private const double NullSpace = 1e-13;

    /// <summary>The direction of recession that an iteration points to.</summary>
    /// <param name="step">The step that is subtracted from the coefficients.</param>
    /// <returns>The step against which the likelihood rises forever; null if there is none, or if the given one is too far from it to tell.</returns>
    public double[]? Near(double[] step)
    {
        double[] direction = Array.ConvertAll(step, value => -value);

        // Below a floor the likelihood no longer rises.
        if (double.IsFinite(design.Observation.Floor)) return null;
        Extremes rough = ExtremesOf(direction);
        foreach (double share in small)
        {
            if (!rough.AllowsRecession(share, SpikesMayRise)) return null;
            double[] exact = Project(direction, Gram(direction, share * rough.Scale));
            Extremes after = ExtremesOf(exact);
            if (after.Scale > share * rough.Scale && after.AllowsRecession(Rounding, SpikesMayRise)) return Array.ConvertAll(exact, value => -value);
        }

        return null;
    }

    private bool SpikesMayRise => design.Observation.Clip(2) == 1;

    private Extremes ExtremesOf(double[] direction)
    {
        Extremes extremes = new();
        ForEachBlock(direction, (rows, features, predictor, counts) =>
        {
            for (int row = 0; row < rows; row++) extremes.Add(predictor[row], counts[row] > 0);
        });
        return extremes;
    }

    // Σ x xᵀ over the bins whose product is small, and the penalty, along which nothing may cost.
    private Matrix<double> Gram(double[] direction, double small)
    {
        int size = design.ColumnCount, stride = design.Stride;
        AlignedBuffer weighted = new(GlmDesign.BlockRows * stride), sums = new(stride * stride);
        double[] indicator = new double[GlmDesign.BlockRows];
        ForEachBlock(direction, (rows, features, predictor, _) =>
        {
            for (int row = 0; row < rows; row++) indicator[row] = Math.Abs(predictor[row]) <= small ? 1 : 0;
            RowKernels.Scale(features.Span, stride, indicator.AsSpan(0, rows), weighted.Span);
            GramKernel.Accumulate(weighted, features, rows, stride, sums);
        });
        return Matrix<double>.Build.Dense(size, size, (i, j) => sums.Span[(Math.Max(i, j) * stride) + Math.Min(i, j)] + penalty[i, j]);
    }

    // The part of a direction in the null space of a matrix, in units that give every column the same weight.
    private static double[] Project(double[] direction, Matrix<double> gram)
    {
        Vector<double> scale = gram.Diagonal().Map(value => value > 0 ? 1 / Math.Sqrt(value) : 1);
        Evd<double> evd = Matrix<double>.Build.Dense(gram.RowCount, gram.RowCount, (i, j) => gram[i, j] * scale[i] * scale[j]).Evd(Symmetricity.Symmetric);
        Vector<double> given = Vector<double>.Build.Dense(direction).PointwiseDivide(scale), projected = Vector<double>.Build.Dense(direction.Length);
        for (int k = 0; k < direction.Length; k++)
        {
            if (evd.EigenValues[k].Real > NullSpace * direction.Length) continue;
            Vector<double> own = evd.EigenVectors.Column(k);
            projected += own * (own * given);
        }

        return projected.PointwiseMultiply(scale).ToArray();
    }

    // Bins in which a certainly silent feature acts are not part of the likelihood.
    private void ForEachBlock(double[] direction, BlockAction use)
    {
        int stride = design.Stride;
        double[] padded = new double[stride], counts = new double[GlmDesign.BlockRows], predictor = new double[GlmDesign.BlockRows];
        direction.CopyTo(padded, 0);
        AlignedBuffer features = new((GlmDesign.BlockRows * stride) + GramKernel.Lanes);
        foreach (DesignBlock block in design.Blocks)
        {
            design.Generate(block, features.Span, counts.AsSpan(0, block.Rows));
            int rows = RowKernels.RemoveMasked(features.Span, stride, maskColumns, counts.AsSpan(0, block.Rows));
            RowKernels.Predict(features.Span, stride, padded, 0, predictor.AsSpan(0, rows));
            use(rows, features, predictor.AsSpan(0, rows), counts.AsSpan(0, rows));
        }
    }

    private delegate void BlockAction(int rows, AlignedBuffer features, ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts);

    /// <summary>The extremes of the products of a direction with bins with and without spikes.</summary>
    private sealed class Extremes
    {
        private double silentMax = double.NegativeInfinity, silentMin, spikingMin = double.PositiveInfinity, spikingMax = double.NegativeInfinity;

        public double Scale => Math.Max(-silentMin, spikingMax);

        public void Add(double product, bool hasSpike)
        {
            if (hasSpike) (spikingMin, spikingMax) = (Math.Min(spikingMin, product), Math.Max(spikingMax, product));
            else (silentMin, silentMax) = (Math.Min(silentMin, product), Math.Max(silentMax, product));
        }

        public bool AllowsRecession(double slack, bool spikesMayRise) => Scale > 0 && silentMax <= slack * Scale && spikingMin >= -slack * Scale
            && (spikesMayRise || spikingMax <= slack * Scale);
    }
}
