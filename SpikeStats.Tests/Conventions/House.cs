using System.Reflection;
using System.Runtime.CompilerServices;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Conventions;

/// <summary>The projects of the house, from the data to the command line, and what the world sees of them.</summary>
internal static class House
{
    public const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The libraries, in the order of their dependencies.</summary>
    public static string[] Libraries { get; } = ["SpikeStats", "SpikeStats.Models", "SpikeStats.Fitting"];

    /// <summary>The libraries as cases of a theory.</summary>
    public static TheoryData<string> LibraryCases => [.. Libraries];

    /// <summary>The public types of a library, in the order of their names.</summary>
    public static Type[] PublicTypes(string library) =>
        [.. Assembly.Load(library).GetExportedTypes().Where(IsWritten).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>The members of a type that are written in its source and that a user or a derived class can reach.</summary>
    public static IEnumerable<MemberInfo> VisibleMembers(Type type) => type.GetMembers(Declared).Where(member => IsWritten(member) && IsVisible(member));

    /// <summary>The source files of a project, by path from its folder.</summary>
    public static IEnumerable<string> SourceFiles(string project)
    {
        string folder = Repository.PathOf(project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file));
    }

    /// <summary>Asserts that nothing breaks a rule, and names all that does.</summary>
    public static void AssertNone(IEnumerable<string?> offenders, string rule)
    {
        string[] all = [.. offenders.OfType<string>()];
        Assert.True(all.Length == 0, $"{rule}:\n{string.Join('\n', all)}");
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo happening => IsVisible(happening.AddMethod!),
        _ => false, // A nested type is listed as a type.
    };

    // The compiler writes members of records, and types that mark extension blocks; their names are no identifiers.
    private static bool IsWritten(MemberInfo member) => !member.Name.Contains('<', StringComparison.Ordinal) && !member.IsDefined(typeof(CompilerGeneratedAttribute));
}
