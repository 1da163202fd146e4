namespace SpikeStats.Fitting.Glm;

/// <summary>Covariance of the coefficients when bins of one trial are not independent given the model.</summary>
public static class ClusteredCovariance
{
    // Stands for an infinite coefficient: the bins in which its feature acts are certainly silent and have no score.
    private const double Infinite = 1e300;

    /// <summary>The sandwich (H + P)⁻¹ (Σ_g s_g s_gᵀ) (H + P)⁻¹ with s_g the score summed over trial g.</summary>
    /// <remarks>
    /// Valid for many trials that are independent of each other, whatever happens within them; no correction for few trials is made. Bins outside trials form
    /// one cluster per observed interval; without trials every observed interval is a cluster.
    /// <para><b>Source:</b> Liang and Zeger, Biometrika 73:13 (1986).</para>
    /// </remarks>
    /// <param name="fit">A fit without a lasso.</param>
    /// <param name="recording">The recording that was fitted.</param>
    /// <returns>Coefficients × coefficients, in products of their units; zero rows and columns where a coefficient is not identified.</returns>
    /// <exception cref="ArgumentException">The fit has a lasso, the recording is another one, or there are fewer than two clusters.</exception>
    public static double[,] OfTrials(GlmFit fit, Recording recording)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(recording);
        if (!fit.IsInferenceValid) throw new ArgumentException("After a lasso there is no valid covariance.", nameof(fit));
        GlmDesign design = GlmLayout.Of(fit.Specification, recording).Design;
        if (design.RowCount != fit.BinCount) throw new ArgumentException("The fit was made to another recording.", nameof(recording));
        List<double[]> scores = [.. Scores(fit, design, recording).Values];
        if (scores.Count < 2) throw new ArgumentException("A clustered covariance needs several trials or observed intervals.", nameof(recording));
        int size = design.ColumnCount;
        double[,] covariance = new double[size, size];
        foreach (double[] score in scores)
        {
            double[] influence = new double[size];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++) influence[i] += fit.Covariance[i, j] * score[j];
            }

            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++) covariance[i, j] += influence[i] * influence[j];
            }
        }

        return covariance;
    }

    // The score of every cluster; trials by their number, the bins outside of an interval by -1 minus its first bin.
    private static SortedDictionary<int, double[]> Scores(GlmFit fit, GlmDesign design, Recording recording)
    {
        AlignedBuffer features = new((GlmDesign.BlockRows * design.Stride) + GramKernel.Lanes);
        double[] variables = new double[design.Stride], counts = new double[GlmDesign.BlockRows];
        double[] predictor = new double[GlmDesign.BlockRows], score = new double[GlmDesign.BlockRows], information = new double[GlmDesign.BlockRows];
        for (int i = 0; i < design.ColumnCount; i++) variables[i] = Math.Clamp(fit.Coefficients[i], -Infinite, Infinite);
        (int Number, Trial Trial)[] trials = [.. recording.Trials.Select((trial, number) => (number, trial)).OrderBy(pair => pair.trial.Interval.Start)];
        SortedDictionary<int, double[]> scores = [];
        foreach (DesignBlock block in design.Blocks)
        {
            int rows = block.Rows;
            design.Generate(block, features.Span, counts.AsSpan(0, rows));
            RowKernels.Predict(features.Span, design.Stride, variables, design.Observation.Offset(design.Grid.BinWidth), predictor.AsSpan(0, rows));
            design.Observation.Differentiate(predictor.AsSpan(0, rows), counts.AsSpan(0, rows), score.AsSpan(0, rows), information.AsSpan(0, rows));
            for (int row = 0; row < rows; row++)
            {
                double middle = block.Segment.Start + ((block.FirstBin - block.Segment.FirstBin + row + 0.5) * design.Grid.BinWidth);
                int cluster = TrialAt(trials, middle) ?? -1 - block.Segment.FirstBin;
                if (!scores.TryGetValue(cluster, out double[]? sum)) scores[cluster] = sum = new double[design.ColumnCount];
                for (int column = 0; column < sum.Length; column++) sum[column] += score[row] * features.Span[(row * design.Stride) + column];
            }
        }

        return scores;
    }

    private static int? TrialAt((int Number, Trial Trial)[] ascending, double time)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ascending[middle].Trial.Interval.Start <= time) low = middle + 1;
            else high = middle;
        }

        return low > 0 && time < ascending[low - 1].Trial.Interval.End ? ascending[low - 1].Number : null;
    }
}
