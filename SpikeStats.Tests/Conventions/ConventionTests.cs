using System.Reflection;
using System.Runtime.CompilerServices;

namespace SpikeStats.Tests.Conventions;

public sealed class ConventionTests
{
    /// <summary>The word of the house, and the words that people write instead.</summary>
    private static readonly (string Word, string LookAlikes)[] words =
    [
        ("binWidth", "binSize bin_size bin_width binDuration binLength dt"),
        ("window", "win windowSize windowLength windowWidth"),
        ("lag", "lagTime timeLag"),
        ("recording", "rec spikeRecording"),
        ("train", "spikeTrain"),
        ("trains", "spikeTrains"),
        ("unit", "unitId unitName"),
        ("samplingRate", "sampleRate samplingFrequency fs"),
        ("binCount", "numBins nBins numberOfBins"),
        ("spikeCount", "numSpikes nSpikes numberOfSpikes"),
        ("unitCount", "numUnits nUnits numberOfUnits"),
        ("seed", "rngSeed randomSeed"),
        ("cancellationToken", "ct token cancel cancellation"),
        ("progress", "reportProgress onProgress"),
        ("path", "fileName filePath"),
    ];

    private static readonly Dictionary<string, string> lookAlikes = new(
        words.SelectMany(entry => entry.LookAlikes.Split(' ').Select(lookAlike => KeyValuePair.Create(lookAlike, entry.Word))),
        StringComparer.OrdinalIgnoreCase);

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void PublicType_Class_IsSealedOrAbstract(string library)
    {
        AssertNone(House.PublicTypes(library).Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }), "Seal the class or make it abstract");
    }

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void PublicProperty_Setter_IsInitOnly(string library)
    {
        AssertNone(
            from member in Members<PropertyInfo>(library)
            where member.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select member, "Make the setter init");
    }

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void PublicField_IsConstantOrReadOnly(string library)
    {
        AssertNone(Members<FieldInfo>(library).Where(field => field is { IsLiteral: false, IsInitOnly: false }), "Make the field constant or readonly");
    }

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void PublicType_ComparableByValue_HasTheOperator(string library)
    {
        AssertNone(
            from type in House.PublicTypes(library)
            where type is { IsInterface: false, IsEnum: false } && typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type)
            where type.GetMethod("op_Equality", [type, type]) is null
            select type, "Add == and !=");
    }

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void PublicEnum_HasAMemberForZero(string library)
    {
        AssertNone(House.PublicTypes(library).Where(type => type.IsEnum && !Enum.GetValuesAsUnderlyingType(type).Cast<object>().Any(value => Convert.ToInt64(value) == 0)), "Name the zero of the enum");
    }

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void PublicException_Name_EndsWithException(string library)
    {
        AssertNone(House.PublicTypes(library).Where(type => type.IsSubclassOf(typeof(Exception)) != type.Name.EndsWith("Exception", StringComparison.Ordinal)), "Exceptions, and only they, are called ...Exception");
    }

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void Name_OfParameterOrProperty_IsTheWordOfTheHouse(string library)
    {
        IEnumerable<(string Place, string Name)> names =
            Parameters(library).Select(parameter => ($"{Place(parameter.Member)}({parameter.Name})", parameter.Name!))
                .Concat(Members<PropertyInfo>(library).Select(property => (Place(property), property.Name)));
        House.AssertNone(names.Where(pair => lookAlikes.ContainsKey(pair.Name)).Select(pair => $"{pair.Place}: {lookAlikes[pair.Name]}"), "One word for one thing");
    }

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void Parameter_OfAKnownKind_HasItsNameAndPlace(string library)
    {
        List<string> wrong = [];
        foreach (ParameterInfo parameter in Parameters(library))
        {
            bool isLast = parameter.Position == ((MethodBase)parameter.Member).GetParameters().Length - 1;
            bool fits = parameter.Name switch
            {
                "cancellationToken" => parameter.ParameterType == typeof(CancellationToken) && isLast,
                "progress" => parameter.ParameterType == typeof(IProgress<double>),
                "seed" => parameter.ParameterType == typeof(ulong),
                _ => parameter.ParameterType != typeof(CancellationToken) && parameter.ParameterType != typeof(IProgress<double>),
            };
            if (!fits) wrong.Add($"{Place(parameter.Member)}({parameter.Name})");
        }

        House.AssertNone(wrong, "cancellationToken is last, progress an IProgress<double>, seed a ulong");
    }

    private static IEnumerable<T> Members<T>(string library) where T : MemberInfo =>
        House.PublicTypes(library).Where(type => !type.IsEnum).SelectMany(House.VisibleMembers).OfType<T>();

    private static IEnumerable<ParameterInfo> Parameters(string library) =>
        Members<MethodBase>(library).Where(method => method is ConstructorInfo or { IsSpecialName: false }).SelectMany(method => method.GetParameters());

    private static string Place(MemberInfo member) => $"{member.DeclaringType?.FullName}.{member.Name}";

    private static void AssertNone(IEnumerable<MemberInfo> offenders, string rule) =>
        House.AssertNone(offenders.Select(member => member is Type type ? type.FullName : Place(member)), rule);
}
