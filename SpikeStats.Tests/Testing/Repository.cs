namespace SpikeStats.Tests.Testing;

/// <summary>Where the repository and the optional recordings beside it lie.</summary>
internal static class Repository
{
    /// <summary>The folder that holds SpikeStats.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below the root of the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// A recording of ../shared/data. The test is skipped with the reason if it is not there, and fails instead when
    /// SPIKESTATS_REQUIRE_ALL=1.
    /// </summary>
    public static string SharedData(params string[] parts)
    {
        string path = Path.Combine([Root, "..", "shared", "data", .. parts]);
        RequireOrSkip(File.Exists(path) || Directory.Exists(path), $"the recording {Path.Combine(parts)} is not in ../shared/data");
        return path;
    }

    /// <summary>Skips the test unless a condition holds; fails it instead when SPIKESTATS_REQUIRE_ALL=1.</summary>
    public static void RequireOrSkip(bool condition, string missing)
    {
        if (!condition && Environment.GetEnvironmentVariable("SPIKESTATS_REQUIRE_ALL") == "1")
            Assert.Fail($"SPIKESTATS_REQUIRE_ALL=1, but {missing}.");
        Skip.IfNot(condition, missing);
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SpikeStats.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests must run from within the repository.");
    }
}
