using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SpikeStats.Tests.Conventions;

public sealed partial class DocumentationTests
{
    /// <summary>Numbers whose comment needs no unit, with the reason. Keep it short: "dimensionless" in the comment is mostly the better answer.</summary>
    private static readonly Dictionary<string, string> unitless = new(StringComparer.Ordinal)
    {
        ["M:SpikeStats.Units.Quantities"] = "the number before the unit that is the method's name",
    };

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void PublicMember_HasASummaryOfOneSentence(string library)
    {
        DocumentationComment comments = new(library);
        List<string> wrong = [];
        foreach (MemberInfo member in Documented(library))
        {
            XElement? comment = comments.Of(member);
            if (comment?.Descendants("inheritdoc").Any() == true || (comment is null && IsParameterless(member))) continue;
            string summary = DocumentationComment.Text(comment?.Element("summary"));
            if (summary.Length == 0) wrong.Add($"{DocumentationComment.IdentifierOf(member)}: no summary");
            else if (!summary.EndsWith('.') || SentenceBreak().Count(summary) >= SentencesOf(member)) wrong.Add($"{DocumentationComment.IdentifierOf(member)}: {summary}");
        }

        House.AssertNone(wrong, "The summary is one sentence with a full stop (two for a value of an enum or a positional property); more goes into remarks or value");
    }

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void PublicMethod_ParametersAndReturnValue_AreDocumented(string library)
    {
        DocumentationComment comments = new(library);
        List<string> wrong = [];
        foreach (MethodBase method in Documented(library).OfType<MethodBase>())
        {
            XElement? comment = comments.Of(method);
            if (comment is null || comment.Descendants("inheritdoc").Any()) continue;
            string[] described = [.. comment.Elements("param").Where(element => DocumentationComment.Text(element).Length > 0).Select(element => element.Attribute("name")!.Value)];
            wrong.AddRange(method.GetParameters().Select(parameter => parameter.Name!).Except(described).Select(name => $"{DocumentationComment.IdentifierOf(method)}: parameter {name}"));
            bool returns = method is MethodInfo { IsSpecialName: false } function && function.ReturnType != typeof(void);
            if (returns && DocumentationComment.Text(comment.Element("returns")).Length == 0) wrong.Add($"{DocumentationComment.IdentifierOf(method)}: return value");
        }

        House.AssertNone(wrong, "Document it");
    }

    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void Number_ParameterOrProperty_NamesItsUnit(string library)
    {
        DocumentationComment comments = new(library);
        List<string> wrong = [];
        foreach (MemberInfo member in Documented(library))
        {
            string identifier = DocumentationComment.IdentifierOf(member);
            XElement? comment = comments.Of(member);
            if (comment is null || comment.Descendants("inheritdoc").Any() || unitless.Keys.Any(exempt => identifier.StartsWith(exempt, StringComparison.Ordinal))) continue;
            if (member is PropertyInfo property && IsNumber(property.PropertyType) && !NamesUnit(comment)) wrong.Add(identifier);
            if (member is not MethodBase { IsSpecialName: false } and not ConstructorInfo) continue;
            foreach (ParameterInfo parameter in ((MethodBase)member).GetParameters().Where(parameter => IsNumber(parameter.ParameterType)))
            {
                XElement? description = comment.Elements("param").FirstOrDefault(element => element.Attribute("name")!.Value == parameter.Name);
                if (description is not null && !NamesUnit(description)) wrong.Add($"{identifier}: parameter {parameter.Name}: {DocumentationComment.Text(description)}");
            }
        }

        House.AssertNone(wrong, "Say the unit (seconds, hertz, bins, nats, ...) or 'dimensionless'");
    }

    private static IEnumerable<MemberInfo> Documented(string library) =>
        House.PublicTypes(library).SelectMany(type => House.VisibleMembers(type).Where(member => !IsImplied(member)).Prepend<MemberInfo>(type));

    // The compiler writes it, or asks for the comment itself.
    private static bool IsParameterless(MemberInfo member) => member is ConstructorInfo constructor && constructor.GetParameters().Length == 0;

    // Accessors are documented with their property, the field of an enum's value nowhere, delegates at their type, and Main at none.
    private static bool IsImplied(MemberInfo member) => member switch
    {
        FieldInfo field => field.IsSpecialName,
        MethodInfo method => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal),
        ConstructorInfo constructor => constructor.IsStatic,
        _ => false,
    } || member.DeclaringType?.IsSubclassOf(typeof(Delegate)) == true;

    // An editor lists the values of an enum and the parameters of a record by this text alone, so that it may take a second sentence.
    private static int SentencesOf(MemberInfo member) => member is FieldInfo { DeclaringType.IsEnum: true } || IsPositional(member) ? 2 : 1;

    private static bool IsPositional(MemberInfo member) =>
        member is PropertyInfo && member.DeclaringType!.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.Name == member.Name));

    private static bool IsNumber(Type type) => type == typeof(double) || type == typeof(double?) || type == typeof(double[]) || type == typeof(double[,])
        || type == typeof(ReadOnlySpan<double>) || type == typeof(ReadOnlyMemory<double>) || type == typeof(IReadOnlyList<double>);

    private static bool NamesUnit(XElement description) => UnitWord().IsMatch(DocumentationComment.Text(description));

    // Units, quantities that have none by their definition, and ways to say which unit or range it is.
    [GeneratedRegex("""
        \b(
            (milli|micro)?seconds? | hertz | (milli)?volts? | (nano|pico)?amperes? | farads? | siemens | ohms? | radians? | degrees | (milli)?met(re|er)s? | pixels?
          | nats? | bits? | (same|any\ one|any)\ unit | in\ (bins?|samples?|spikes?|points?) | (bins?|samples?|spikes?)\ per
          | dimensionless | units?\ (of|as) | probabilit(y|ies) | p[-\ ]values? | fractions? | shares? | ratios? | correlations? | coefficients?\ of\ variation | numbers?\ of | counts?
        )\b
        | (between|from)\ -?[01]\ (and|to)\ [01] | \b(in|on)\ [(\[]0,\ 1[)\]]
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex UnitWord();

    // A full stop and a blank: a second sentence, unless the stop ends an abbreviation or an initial.
    [GeneratedRegex(@"(?<!\b(\p{Lu}|et al|e\.g|i\.e|vs|[Ee]qs?|cf|pp?))\. \S")]
    private static partial Regex SentenceBreak();
}
