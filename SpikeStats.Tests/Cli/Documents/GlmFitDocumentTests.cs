using System.Text.Json;
using SpikeStats.Cli.Documents;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Fitting.Glm;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Documents;

public sealed class GlmFitDocumentTests
{
    private static readonly Recording recording = Regression.Recording(Counts(), [Values()]);

    [Fact]
    public void Read_TermsOfAllOtherKinds_GiveTheLikelihoodOfTheFit()
    {
        GlmTerm[] terms = [new HistoryTerm(new LagBasis(2)), new StimulusTerm("x0", new LagBasis(2)), new CovariateTerm("x0", 2)];
        GlmFit fit = Fit(terms);
        StatisticalAssert.Close(fit.LogLikelihood, Read(fit).LogLikelihood(recording), relative: 1e-12);
    }

    [Fact]
    public void Read_SmoothEffect_IsRefusedRatherThanDropped() => AssertRefused(new SmoothTerm("x0", ValueBasis.BSpline(5, 0, 1)), "'x0' (smooth)");

    [Fact]
    public void Read_NonlinearFilter_IsRefusedRatherThanDropped() =>
        AssertRefused(new NonlinearStimulusTerm("x0", new LagBasis(2), ValueBasis.BSpline(4, 0, 1)), "'lag:x0' (nonlinear-stimulus)");

    private static void AssertRefused(GlmTerm term, string name)
    {
        GlmFit fit = Fit(term);
        InvalidDocumentException error = Assert.Throws<InvalidDocumentException>(() => Read(fit));
        Assert.Contains($"the document does not hold the functions of the term {name}", error.Message, StringComparison.Ordinal);
        ArgumentException unwritten = Assert.Throws<ArgumentException>(() => GlmModelDocument.Of(new GlmPopulation([fit.Model])));
        Assert.Contains("smooth effects or nonlinear filters", unwritten.Message, StringComparison.Ordinal);
    }

    private static GlmFit Fit(params GlmTerm[] terms) => new GlmSpecification { Target = "y", BinWidth = 1, Terms = terms }.Fit(recording);

    private static GlmModel Read(GlmFit fit)
    {
        GlmFitDocument document = GlmFitDocument.Of(fit, TimeRescaling.Test(fit.Model, recording, "y"), new GlmFitDocument.Seconds(0, 0, 0));
        using TemporaryFolder folder = new();
        string path = folder.Write("fit.json", JsonSerializer.Serialize(document, DocumentJson.Default.GlmFitDocument));
        return Assert.Single(GlmModelDocument.Read(path).Models);
    }

    private static double[] Values()
    {
        RandomStream random = new(seed: 11);
        return [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble())];
    }

    private static int[] Counts()
    {
        RandomStream random = new(seed: 12);
        return [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble() < 0.3 ? 1 : 0)];
    }
}
