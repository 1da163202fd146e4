using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>Spikes in two arrays of equal length: when each happened and which cluster it was sorted to.</summary>
internal static class ClusteredSpikes
{
    private const int SpikesPerReport = 1 << 16;

    /// <summary>Takes the spikes into a collector.</summary>
    /// <param name="times">Times in the unit of the file.</param>
    /// <param name="clusters">Clusters, one per time.</param>
    /// <param name="timeUnit">The unit of the file.</param>
    /// <param name="collector">Receives the spikes.</param>
    /// <param name="progress">Told the fraction that was taken.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidRecordingException">An array is no vector, or the lengths differ.</exception>
    public static void Collect(
        NpyArray times, NpyArray clusters, TimeUnit timeUnit, SpikeCollector collector, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        RequireVector(times);
        RequireVector(clusters);
        if (times.Count != clusters.Count)
        {
            throw new InvalidRecordingException(
                string.Create(CultureInfo.InvariantCulture, $"it holds {clusters.Count} clusters for {times.Count} times of {Path.GetFileName(times.Path)}"),
                "save both arrays again from the same sorting", clusters.Path);
        }

        double[] values = times.ToDoubles();
        long[] labels = clusters.ToInt64s();
        Dictionary<long, int> groups = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (i % SpikesPerReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report((double)i / values.Length);
            }

            if (!groups.TryGetValue(labels[i], out int group))
            {
                group = collector.GroupOf(collector.Units.IndexOf(labels[i].ToString(CultureInfo.InvariantCulture)));
                groups.Add(labels[i], group);
            }

            collector.Add(group, timeUnit.ToSeconds(values[i]), i + 1L, times.Path);
        }
    }

    /// <summary>Refuses an array of more than one long dimension.</summary>
    public static void RequireVector(NpyArray array)
    {
        if (array.IsVector) return;
        throw new InvalidRecordingException(
            $"the array has the shape ({string.Join(", ", array.Shape.ToArray())}), but one value per spike is needed",
            "save it with shape (n,) or (n, 1)", array.Path);
    }
}
