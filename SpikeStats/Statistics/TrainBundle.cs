using System.Runtime.Intrinsics;

namespace SpikeStats.Statistics;

/// <summary>Up to eight trains side by side, one per lane of a vector, to be compared with another train at once.</summary>
/// <remarks>
/// Spike j of all lanes stands together. The recursion of <see cref="VictorPurpura"/> runs along a train from left to right, each cell waiting
/// for the one before; eight trains at a time fill the vector with cells that do not wait for each other.
/// </remarks>
internal sealed class TrainBundle
{
    public const int Size = 8;

    // Later than every spike, yet finite: 0 · ∞ is not a number.
    private const double NoSpike = double.MaxValue;

    private readonly Vector512<double>[] times;
    private readonly int[] lengths;

    private TrainBundle(SpikeTrain[] trains)
    {
        lengths = Array.ConvertAll(trains, train => train.Count);
        times = new Vector512<double>[lengths.Max()];
        for (int j = 0; j < times.Length; j++)
        {
            Vector512<double> row = Vector512.Create(NoSpike);
            for (int lane = 0; lane < trains.Length; lane++)
            {
                if (j < lengths[lane]) row = row.WithElement(lane, trains[lane].Times[j]);
            }

            times[j] = row;
        }
    }

    public static TrainBundle[] Of(IReadOnlyList<SpikeTrain> trains) => [.. trains.Chunk(Size).Select(chunk => new TrainBundle(chunk))];

    /// <summary>The distance of Victor and Purpura from a train to each train of the bundle.</summary>
    public double[] DistancesTo(ReadOnlySpan<double> train, double cost)
    {
        Vector512<double> reach = Vector512.Create(2 / cost), rate = Vector512.Create(cost), both = Vector512.Create(2.0);
        Vector512<double>[] gain = new Vector512<double>[times.Length + 1];
        int low = 0, high = 0;
        foreach (double spike in train)
        {
            // The band of the bundle is the union of the bands of its trains; where a lane is outside its own, nothing is gained.
            Vector512<double> time = Vector512.Create(spike);
            while (low < times.Length && Vector512.GreaterThanOrEqualAll(time - times[low], reach)) low++;
            for (; high < times.Length && Vector512.LessThanAny(times[high] - time, reach); high++) gain[high + 1] = gain[high];
            Vector512<double> diagonal = gain[low], left = diagonal;
            for (int j = low; j < high; j++)
            {
                Vector512<double> above = gain[j + 1];
                Vector512<double> moved = diagonal + (both - (rate * Vector512.Abs(time - times[j])));
                left = Vector512.MaxNative(left, Vector512.MaxNative(above, moved));
                gain[j + 1] = left;
                diagonal = above;
            }
        }

        double[] distances = new double[lengths.Length];
        for (int lane = 0; lane < distances.Length; lane++)
            distances[lane] = train.Length + lengths[lane] - gain[Math.Min(high, lengths[lane])][lane];
        return distances;
    }
}
