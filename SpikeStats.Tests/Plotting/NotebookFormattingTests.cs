using System.Collections;
using System.Reflection;
using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Glm;
using SpikeStats.Plotting;

namespace SpikeStats.Tests.Plotting;

/// <summary>
/// Finds the formatters as .NET Interactive does (documented by its test of convention-based formatter sources): by the name of the
/// attribute, then by the names FormatterSourceType, CreateTypeFormatters, MimeType and Format, all public.
/// </summary>
public sealed class NotebookFormattingTests
{
    private static readonly Assembly[] libraries = [typeof(Figure).Assembly, typeof(GlmModel).Assembly, typeof(GlmFit).Assembly];

    public static TheoryData<string> RenderedTypes =>
        [.. libraries.SelectMany(library => library.GetExportedTypes()).Where(type => type.GetMethod("ToHtml", Type.EmptyTypes) is not null).Select(type => type.FullName!)];

    [Fact]
    public void Figure_ShownInANotebook_IsItsHtml()
    {
        Figure figure = ExampleFigures.Small["ks"];
        using StringWriter writer = new();
        object formatter = Assert.Single(FormattersOf(typeof(Figure)));
        Assert.Equal("text/html", formatter.GetType().GetProperty("MimeType")!.GetValue(formatter));
        Assert.True(Format(formatter, figure, writer));
        Assert.Equal(figure.ToHtml(), writer.ToString());
    }

    [Fact]
    public void Formatter_ValueWithoutToHtml_DeclinesAndWritesNothing()
    {
        using StringWriter writer = new();
        Assert.False(Format(Assert.Single(FormattersOf(typeof(HtmlTable))), 17, writer));
        Assert.Equal("", writer.ToString());
    }

    [Theory]
    [MemberData(nameof(RenderedTypes))]
    public void TypeWithToHtml_OfTheLibrary_IsMarkedForNotebooks(string name) =>
        Assert.NotEmpty(FormattersOf(libraries.Select(library => library.GetType(name)).OfType<Type>().Single()));

    private static List<object> FormattersOf(Type type)
    {
        List<object> formatters = [];
        foreach (object attribute in type.GetCustomAttributes(inherit: true).Where(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute"))
        {
            Type sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
            object source = Activator.CreateInstance(sourceType)!;
            formatters.AddRange(((IEnumerable)sourceType.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!).Cast<object>());
        }

        return formatters;
    }

    private static bool Format(object formatter, object value, TextWriter writer)
    {
        // The notebook compiles the call as Func<object, TextWriter, bool>, so the parameters must be exactly these.
        MethodInfo method = formatter.GetType().GetMethod("Format")!;
        Func<object, TextWriter, bool> call = method.CreateDelegate<Func<object, TextWriter, bool>>(formatter);
        return call(value, writer);
    }
}
