using System.Globalization;
using SpikeStats.Fitting.Comparison;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Neurons;

namespace SpikeStats.Cli.Options;

/// <summary>The models that can be compared, as <c>NAME</c> or <c>NAME:VARIANT</c>. A further family is one more entry of the list.</summary>
internal static class ModelSyntax
{
    /// <summary>Strength of the ridge on the post-spike filter, which keeps a lag at which no spike ever came from ruling one out for ever.</summary>
    public const double Ridge = 1;

    public const string Words = "glm,hawkes[:N],renewal[:FAMILY],lif[:time-constant],poisson";

    private const string Example = "glm,hawkes,renewal:gamma,poisson";

    // Without a refractory period, which every train admits; threshold, reset and time constant only set the scale and a default.
    private static readonly LeakyPassageFamily leaky = new() { Neuron = new LeakyIntegrateAndFire { RefractoryPeriod = 0 } };

    private static readonly ModelFamily[] families =
    [
        new("glm", variant => [Plain("glm", variant, Glm)]),
        new("hawkes", variant => [Hawkes(variant)]),
        new("renewal", variant => (variant is null ? IntervalFamily.All : FamilySyntax.Parse(variant)).Select(Renewal)),
        new("lif", variant => [Leaky(variant)]),
        new("poisson", variant => [Plain("poisson", variant, request => new ConstantRateCandidate("poisson", request.Target))]),
    ];

    /// <summary>The models that a list asks for, in its order.</summary>
    /// <exception cref="FormatException">There is no such model or variant.</exception>
    public static IReadOnlyList<ModelChoice> Parse(string text) => [.. text.Split(',').SelectMany(One).DistinctBy(choice => choice.Name, StringComparer.Ordinal)];

    private static IEnumerable<ModelChoice> One(string text)
    {
        string[] parts = text.Split(':', 2);
        ModelFamily family = families.FirstOrDefault(family => family.Name == parts[0])
            ?? throw new FormatException($"'{text}' is no model. Write some of {string.Join(", ", families.Select(family => family.Name))}, for example {Example}.");
        return family.Choices(parts.Length > 1 ? parts[1] : null);
    }

    private static ModelChoice Plain(string name, string? variant, Func<ModelRequest, ModelCandidate> create) => variant is null
        ? new ModelChoice(name, create)
        : throw new FormatException($"'{name}:{variant}': the model {name} has no variants.");

    private static GlmCandidate Glm(ModelRequest request)
    {
        HistoryTerm history = new(request.HistoryBasis) { Penalty = new Penalty { Ridge = Ridge } };
        GlmSpecification specification = new() { Target = request.Target, BinWidth = request.BinWidth, Terms = [history] };
        return new GlmCandidate("glm", specification) { Options = new GlmFitOptions { Threads = request.Threads } };
    }

    private static ModelChoice Hawkes(string? variant)
    {
        const int Most = 4;
        int count = 1;
        if (variant is not null && (!int.TryParse(variant, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > Most))
            throw new FormatException($"'hawkes:{variant}': the variant is the number of exponentials, 1 to {Most}.");
        string name = variant is null ? "hawkes" : $"hawkes:{variant}";
        return new ModelChoice(name, request => new HawkesCandidate(name, new HawkesSpecification { Units = [request.Target], Kernel = HawkesKernel.FreeExponentials(count) })
        {
            Options = new HawkesFitOptions { Threads = request.Threads },
        });
    }

    private static ModelChoice Leaky(string? variant)
    {
        LeakyPassageFamily family = variant is null ? leaky : EstimateSyntax.Parse(variant) with { Neuron = leaky.Neuron };
        string name = variant is null ? "lif" : $"lif:{variant}";
        return new ModelChoice(name, request => new RenewalCandidate(name, new RenewalSpecification { Target = request.Target, Family = family }));
    }

    private static ModelChoice Renewal(IntervalFamily family) => new(
        $"renewal:{family.Name}", request => new RenewalCandidate($"renewal:{family.Name}", new RenewalSpecification { Target = request.Target, Family = family }));

    private sealed record ModelFamily(string Name, Func<string?, IEnumerable<ModelChoice>> Choices);
}
