using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using SpikeStats.Tests.Conventions;

namespace SpikeStats.Tests.Notebooks;

/// <summary>Runs pieces of C# one after the other as a notebook kernel does: each sees what those before it declared.</summary>
internal sealed class ScriptSession
{
    // What a .net-csharp kernel imports by itself.
    private static readonly string[] imports =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Text", "System.Threading.Tasks"];

    private static readonly ScriptOptions options = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp14)
        .WithImports(imports)
        .AddReferences(TrustedAssemblies().Concat(House.Libraries.Select(Assembly.Load).Select(library => library.Location)).Select(path => MetadataReference.CreateFromFile(path)));

    private ScriptState<object?>? state;

    /// <summary>Runs a piece of code in a working directory.</summary>
    /// <returns>The value of the trailing expression; null if the piece ends with a statement.</returns>
    public async Task<object?> Run(string code, string directory)
    {
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(directory);
        try
        {
            state = state is null ? await CSharpScript.RunAsync<object?>(code, options) : await state.ContinueWithAsync<object?>(code);
            return state.ReturnValue;
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    /// <summary>What a notebook shows for a value: the text of its public parameterless ToHtml(), or null if it has none.</summary>
    public static string? Html(object? value) => value?.GetType().GetMethod("ToHtml", Type.EmptyTypes)?.Invoke(value, null) as string;

    private static IEnumerable<string> TrustedAssemblies()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetDirectoryName(path) == framework);
    }
}
