using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Conventions;

public sealed partial class RepositoryTextTests
{
    private const int LongestFile = 400;

    /// <summary>Files of the libraries that may be longer, with the reason.</summary>
    private static readonly Dictionary<string, string> longFiles = new(StringComparer.Ordinal);

    private static readonly string[] binaryExtensions = [".npy", ".png", ".h5", ".mat", ".nwb"];

    [SkippableFact]
    public void TextFile_AnyTracked_NamesNoMachine()
    {
        House.AssertNone(
            from file in TextFiles()
            from word in MachineWord().Matches(File.ReadAllText(Repository.PathOf(file)))
            select $"{file}: {word.Value}", "No path of one machine and no host of a registry");
    }

    [SkippableFact]
    public void TextFile_AnyTracked_EndsItsLinesWithLineFeeds()
    {
        House.AssertNone(
            from file in TextFiles()
            where File.ReadAllText(Repository.PathOf(file)).Contains('\r', StringComparison.Ordinal)
            select file, "Lines end with a line feed alone");
    }

    [SkippableFact]
    public void Document_RelativeLink_LeadsToAFile()
    {
        House.AssertNone(
            from file in TextFiles()
            where file.EndsWith(".md", StringComparison.Ordinal)
            from link in RelativeLink().Matches(File.ReadAllText(Repository.PathOf(file)))
            where !Path.Exists(Repository.PathOf(Path.GetDirectoryName(file)!, link.Groups["target"].Value))
            select $"{file}: {link.Groups["target"].Value}", "The link leads nowhere");
    }

    [Fact]
    public void SourceFile_OfALibrary_IsShortOrHasAReason()
    {
        string[] tooLong = [.. House.Libraries
            .SelectMany(library => House.SourceFiles(library).Select(file => $"{library}/{file.Replace('\\', '/')}"))
            .Where(file => File.ReadLines(Repository.PathOf(file)).Count() > LongestFile)];
        House.AssertNone(tooLong.Except(longFiles.Keys), $"Over {LongestFile} lines; is it really one concept?");
        House.AssertNone(longFiles.Keys.Except(tooLong), "No longer too long; strike it from the list");
    }

    [Fact]
    public void SampleData_EveryFile_HasItsListedChecksum()
    {
        string folder = Repository.PathOf("sample-data");
        Dictionary<string, string> listed = File.ReadLines(Path.Combine(folder, "checksums.txt"))
            .Select(line => line.Split("  ", 2)).ToDictionary(parts => parts[1], parts => parts[0], StringComparer.Ordinal);
        Dictionary<string, string> found = Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) is not ("README.md" or "checksums.txt"))
            .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), StringComparer.Ordinal);
        Assert.Equal(listed.OrderBy(pair => pair.Key, StringComparer.Ordinal), found.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private static string[] TextFiles()
    {
        Repository.RequireOrSkip(Path.Exists(Repository.PathOf(".git")), "the repository is not a git clone");
        using Process git = Process.Start(new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        })!;
        string[] files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. files.Where(file => File.Exists(Repository.PathOf(file)) && !binaryExtensions.Contains(Path.GetExtension(file)))];
    }

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)(?<target>[^)#\s]+)[^)]*\)", RegexOptions.ExplicitCapture)]
    private static partial Regex RelativeLink();

    // Character classes keep the pattern from finding itself.
    [GeneratedRegex(@"(?<![\w.])/(wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+|tm[p])(/|\b)|[A-Z]:\\[U]sers|nuge[t]\.org|pyp[i]\.org|npmj[s]\.|https?://(localhos[t]|127\.|10\.|192\.168\.)")]
    private static partial Regex MachineWord();
}
