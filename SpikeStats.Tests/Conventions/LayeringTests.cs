using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Conventions;

public sealed class LayeringTests
{
    /// <summary>What each assembly may refer to besides the framework: SpikeStats &lt;- Models &lt;- Fitting &lt;- Cli, and few packages.</summary>
    private static readonly Dictionary<string, string[]> allowed = new()
    {
        ["SpikeStats"] = ["CsvHelper", "MathNet.Numerics"],
        ["SpikeStats.Models"] = ["SpikeStats", "MathNet.Numerics", "System.Numerics.Tensors"],
        ["SpikeStats.Fitting"] = ["SpikeStats", "SpikeStats.Models", "MathNet.Numerics", "System.Numerics.Tensors"],
        ["SpikeStats.Cli"] = ["SpikeStats", "SpikeStats.Models", "SpikeStats.Fitting", "MathNet.Numerics", "System.CommandLine"],
    };

    private static readonly string[] nameless = ["Utils", "Utilities", "Helpers", "Common", "Misc", "Core", "Shared"];

    public static TheoryData<string> Projects => [.. allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assembly_References_PointOnlyTowardsTheData(string project)
    {
        IEnumerable<string> references = Assembly.Load(project).GetReferencedAssemblies().Select(reference => reference.Name!);
        House.AssertNone(references.Where(name => !IsFramework(name)).Except(allowed[project]), $"{project} may not refer to");
    }

    // The core's own name must not be hidden by another assembly: the runtime compares names without case.
    [Fact]
    public void Assemblies_Names_DifferInMoreThanCase()
    {
        string[] files = [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Select(file => Path.GetFileName(file))];
        Assert.Equal(files.Length, files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(allowed.Keys, project => Assert.Equal(project, Assembly.Load(project).GetName().Name));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    [InlineData("SpikeStats.Tests")]
    public void SourceFile_Namespace_IsItsProjectAndFolder(string project)
    {
        foreach (string file in House.SourceFiles(project))
        {
            Match declaration = Regex.Match(File.ReadAllText(Repository.PathOf(project, file)), @"^namespace ([\w.]+);", RegexOptions.Multiline);
            if (!declaration.Success && Path.GetFileName(file) == "Program.cs") continue;
            string folder = Path.GetDirectoryName(file)!.Replace(Path.DirectorySeparatorChar, '.');
            Assert.Equal($"{file}: {(folder.Length == 0 ? project : $"{project}.{folder}")}", $"{file}: {declaration.Groups[1].Value}");
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folder_Name_SaysWhatIsInIt(string project)
    {
        IEnumerable<string> folders = House.SourceFiles(project).SelectMany(file => Path.GetDirectoryName(file)!.Split(Path.DirectorySeparatorChar));
        House.AssertNone(folders.Intersect(nameless, StringComparer.OrdinalIgnoreCase), "Name the folder after the concept in it");
    }

    private static bool IsFramework(string assembly) => File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), assembly + ".dll"));
}
