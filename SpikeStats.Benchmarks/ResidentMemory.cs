using System.Globalization;

namespace SpikeStats.Benchmarks;

/// <summary>Peak resident memory of the process. Linux only.</summary>
internal static class ResidentMemory
{
    // Writing 5 to clear_refs sets the high-water mark of the resident set back to its present size.
    public static void ResetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    public static double PeakMegabytes()
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
