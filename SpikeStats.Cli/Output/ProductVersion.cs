using System.Reflection;

namespace SpikeStats.Cli.Output;

/// <summary>The version of the command, as every document states it.</summary>
internal static class ProductVersion
{
    /// <summary>For example <c>0.1.0</c>; the commit that builds append after a plus sign is left out.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
