using System.Globalization;
using System.Reflection;
using System.Text;

namespace SpikeStats.Tests.Conventions;

/// <summary>Prints what a library shows to the world, one line per member, in a fixed order, close enough to C# to read in a review.</summary>
internal static class ApiPrinter
{
    private static readonly NullabilityInfoContext nullability = new();

    /// <summary>The public types of a library with their visible members.</summary>
    public static string Print(string library)
    {
        StringBuilder text = new();
        foreach (Type type in House.PublicTypes(library))
        {
            text.Append(Header(type)).Append('\n');
            IEnumerable<string> lines = type.IsEnum
                ? Enum.GetValues(type).Cast<object>().Select(value => $"{value} = {Convert.ToInt64(value, CultureInfo.InvariantCulture)}")
                : House.VisibleMembers(type).Select(Line).OfType<string>().Order(StringComparer.Ordinal);
            foreach (string line in lines) text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : (type.IsAbstract ? "abstract " : "sealed ") + (type.GetMethod("<Clone>$") is null ? "class" : "record");
        Type[] bases = [.. new[] { type.BaseType }.OfType<Type>().Where(parent => parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            .Concat(type.GetInterfaces().Where(contract => !type.IsEnum && contract.Namespace?.StartsWith("SpikeStats", StringComparison.Ordinal) == true))];
        return $"{kind} {type.Namespace}.{Name(type)}{(bases.Length == 0 ? "" : " : " + string.Join(", ", bases.Select(Name)))}";
    }

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: true } => null,
        ConstructorInfo constructor => $"{Access(constructor)}new({Parameters(constructor.GetParameters())})",
        MethodInfo { IsSpecialName: true } accessor when !accessor.Name.StartsWith("op_", StringComparison.Ordinal) && !accessor.IsStatic => null,
        MethodInfo { IsSpecialName: true } accessor when accessor.IsStatic && accessor.DeclaringType!.GetProperty(accessor.Name[4..]) is not null => null,
        MethodInfo method => $"{Access(method)}{Annotated(method.ReturnParameter)} {method.Name}{Generic(method)}({Parameters(method.GetParameters())})",
        PropertyInfo property => Property(property),
        FieldInfo field => $"{(field.IsLiteral ? "const" : "static readonly")} {Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "")}",
        _ => member.ToString(),
    };

    private static string Property(PropertyInfo property)
    {
        MethodInfo getter = property.GetMethod ?? property.SetMethod!;
        ParameterInfo[] index = property.GetIndexParameters();
        bool annotated = nullability.Create(property).ReadState == NullabilityState.Nullable && !property.PropertyType.IsValueType;
        string required = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(getter)}{required}{Name(property.PropertyType)}{(annotated ? "?" : "")} {(index.Length == 0 ? property.Name : $"this[{Parameters(index)}]")} "
            + (property.SetMethod is { IsPublic: true } ? "{ get; init; }" : "{ get; }");
    }

    private static string Access(MethodBase method)
    {
        bool overrides = method is MethodInfo function && function.GetBaseDefinition() != function;
        return (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : overrides ? "override "
            : method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract " : method is { IsVirtual: true, IsFinal: false, IsAbstract: false } ? "virtual " : "");
    }

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(System.Runtime.CompilerServices.ParamCollectionAttribute)) ? "params " : "")}"
        + $"{Annotated(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Literal(parameter.DefaultValue)}" : "")}"));

    private static string Annotated(ParameterInfo parameter) =>
        Name(parameter.ParameterType) + (!parameter.ParameterType.IsValueType && nullability.Create(parameter).WriteState == NullabilityState.Nullable ? "?" : "");

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } value) return Name(value) + "?";
        string own = type.Name switch { "Double" => "double", "Int32" => "int", "Int64" => "long", "UInt32" => "uint", "UInt64" => "ulong", "Boolean" => "bool", "String" => "string", "Object" => "object", "Void" => "void", _ => type.Name };
        if (type.IsGenericType) own = $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        return type is { IsNested: true, IsGenericParameter: false } ? $"{Name(type.DeclaringType!)}.{own}" : own;
    }
}
