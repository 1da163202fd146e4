namespace SpikeStats.Fitting.Decoding;

/// <summary>The frames of a stimulus on the bins of a grid: a whole number of bins each, counted from the start of every observed interval.</summary>
internal sealed class FrameGrid
{
    private readonly int[] firstFrames;

    /// <summary>Lays frames over a grid; the last frame of an interval may hold fewer bins.</summary>
    /// <exception cref="ArgumentException">A frame is not a whole number of bins.</exception>
    public FrameGrid(BinGrid grid, double frameDuration)
    {
        double bins = Math.Round(frameDuration / grid.BinWidth);
        if (!(bins >= 1) || !(bins <= int.MaxValue) || Math.Abs(frameDuration - (bins * grid.BinWidth)) > 1e-9 * frameDuration)
            throw new ArgumentException(FormattableString.Invariant($"A frame of {frameDuration} s is not a whole number of bins of {grid.BinWidth} s."), nameof(frameDuration));
        Grid = grid;
        BinsPerFrame = (int)bins;
        firstFrames = new int[grid.Segments.Length + 1];
        for (int i = 0; i < grid.Segments.Length; i++)
            firstFrames[i + 1] = firstFrames[i] + ((grid.Segments[i].BinCount + BinsPerFrame - 1) / BinsPerFrame);
    }

    public BinGrid Grid { get; }

    public int BinsPerFrame { get; }

    public int FrameCount => firstFrames[^1];

    /// <summary>The frames of a segment: the first one and their number.</summary>
    public (int First, int Count) FramesOf(int segment) => (firstFrames[segment], firstFrames[segment + 1] - firstFrames[segment]);

    /// <summary>The start of every frame, in seconds.</summary>
    public double[] Times()
    {
        double[] times = new double[FrameCount];
        for (int segment = 0; segment < Grid.Segments.Length; segment++)
        {
            (int first, int count) = FramesOf(segment);
            for (int frame = 0; frame < count; frame++) times[first + frame] = Grid.Segments[segment].Start + (frame * BinsPerFrame * Grid.BinWidth);
        }

        return times;
    }

    /// <summary>The mean over each frame of values that are given in bins.</summary>
    public double[] Average(ReadOnlySpan<double> bins)
    {
        double[] means = new double[FrameCount];
        for (int segment = 0; segment < Grid.Segments.Length; segment++)
        {
            BinSegment run = Grid.Segments[segment];
            (int first, int count) = FramesOf(segment);
            for (int frame = 0; frame < count; frame++)
            {
                int start = frame * BinsPerFrame, length = Math.Min(BinsPerFrame, run.BinCount - start);
                double sum = 0;
                foreach (double value in bins.Slice(run.FirstBin + start, length)) sum += value;
                means[first + frame] = sum / length;
            }
        }

        return means;
    }
}
