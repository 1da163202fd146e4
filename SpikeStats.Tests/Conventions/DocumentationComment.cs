using System.Reflection;
using System.Xml.Linq;

namespace SpikeStats.Tests.Conventions;

/// <summary>The documentation comments of a library, found by member.</summary>
internal sealed class DocumentationComment
{
    private readonly Dictionary<string, XElement> comments;

    /// <summary>Reads the XML file that the compiler wrote beside the assembly.</summary>
    public DocumentationComment(string library)
    {
        XDocument file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, library + ".xml"), LoadOptions.PreserveWhitespace);
        comments = file.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);
    }

    /// <summary>The comment of a member, or null if it has none.</summary>
    public XElement? Of(MemberInfo member) => comments.GetValueOrDefault(IdentifierOf(member));

    /// <summary>The text of an element: references by their last name, white space reduced to single blanks.</summary>
    public static string Text(XElement? element)
    {
        if (element is null) return "";
        IEnumerable<string> parts = element.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement reference when reference.IsEmpty => (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value.Split('(')[0].Split('.', ':')[^1] ?? " ",
            _ => "",
        });
        return string.Join(' ', string.Concat(parts).Split(default(char[]?), StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The identifier under which the compiler files the comment of a member.</summary>
    public static string IdentifierOf(MemberInfo member) => member switch
    {
        Type type => "T:" + NameOf(type),
        FieldInfo field => $"F:{NameOf(field.DeclaringType!)}.{field.Name}",
        EventInfo happening => $"E:{NameOf(happening.DeclaringType!)}.{happening.Name}",
        PropertyInfo property => $"P:{NameOf(property.DeclaringType!)}.{property.Name}{Arguments(property.GetIndexParameters())}",
        MethodBase method => $"M:{NameOf(method.DeclaringType!)}.{MethodName(method)}{Arguments(method.GetParameters())}{Conversion(method)}",
        _ => throw new ArgumentException($"{member} has no documentation comment.", nameof(member)),
    };

    private static string MethodName(MethodBase method) =>
        method.Name.Replace('.', '#') + (method.IsGenericMethodDefinition ? $"``{method.GetGenericArguments().Length}" : "");

    private static string Arguments(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => ArgumentOf(parameter.ParameterType)))})";

    private static string Conversion(MethodBase method) =>
        method is MethodInfo { Name: "op_Implicit" or "op_Explicit" } conversion ? "~" + ArgumentOf(conversion.ReturnType) : "";

    private static string NameOf(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private static string ArgumentOf(Type type)
    {
        if (type.IsByRef) return ArgumentOf(type.GetElementType()!) + "@";
        if (type.IsPointer) return ArgumentOf(type.GetElementType()!) + "*";
        if (type.IsSZArray) return ArgumentOf(type.GetElementType()!) + "[]";
        if (type.IsArray) return $"{ArgumentOf(type.GetElementType()!)}[{string.Join(',', Enumerable.Repeat("0:", type.GetArrayRank()))}]";
        if (type.IsGenericMethodParameter) return $"``{type.GenericParameterPosition}";
        if (type.IsGenericTypeParameter) return $"`{type.GenericParameterPosition}";
        if (!type.IsGenericType) return NameOf(type);
        string name = NameOf(type.GetGenericTypeDefinition());
        return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(ArgumentOf))}}}";
    }
}
