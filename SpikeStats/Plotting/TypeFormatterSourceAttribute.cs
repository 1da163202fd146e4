namespace SpikeStats.Plotting;

/// <summary>Names the class that tells a notebook how to show a type.</summary>
/// <remarks>
/// .NET Interactive finds an attribute of exactly this name on the type of a value, whichever assembly declares it, and reads its
/// property <see cref="FormatterSourceType"/>; so results render in a notebook without a package and without a display call.
/// </remarks>
/// <param name="formatterSourceType">A type with a parameterless constructor and a method <c>CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class that creates the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;
}
