namespace SpikeStats.Models.Ensembles;

/// <summary>Adds up the work of several threads and reports it, a hundred times in all.</summary>
internal sealed class EnsembleProgress(long total, IProgress<double>? progress)
{
    private const int Reports = 100;

    private readonly Lock gate = new();
    private long done;
    private double reported;

    public void Add(long work)
    {
        if (progress is null) return;
        double fraction = (double)Interlocked.Add(ref done, work) / total;
        if (fraction < Volatile.Read(ref reported) + (1.0 / Reports) && fraction < 1) return;
        lock (gate)
        {
            if (fraction <= reported) return;
            Volatile.Write(ref reported, fraction);
            progress.Report(fraction);
        }
    }
}
