using SpikeStats.Cli.Documents;
using SpikeStats.Models.Glm;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Loading;

namespace SpikeStats.Tests.Cli.Documents;

public sealed class StoredModelTests
{
    private const string Hawkes = "{\"schema\":\"spikestats.model.hawkes/1\",\"units\":[\"a\"],\"baseline\":[2],";

    [Fact]
    public void Read_Schema_DecidesWhatTheModelIs()
    {
        using TemporaryFolder folder = new();
        StoredModel hawkes = StoredModel.Read(folder.Write("h.json", Hawkes + "\"decays\":[5,50],\"adjacencyByDecay\":[[[0.25]],[[0.5]]]}"));
        HawkesModel model = Assert.IsType<HawkesModel>(hawkes.Process);
        Assert.Equal((2, 0.25, 0.5), (model.Baselines[0], model.Branching(0, 0, 0), model.Branching(0, 0, 1)));
        Assert.Empty(hawkes.TrainingRates);
        StoredModel glm = StoredModel.Read(folder.Write("g.json", "{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1}]}"));
        Assert.IsType<GlmPopulation>(glm.Process);
        Assert.Equal("spikestats.model.glm/1", glm.Schema);
    }

    [Theory]
    [InlineData("", "it is no JSON document")]
    [InlineData("{\"schema\":", "it is no JSON document")]
    [InlineData("[]", "it states no schema")]
    [InlineData("{\"schema\":\"spikestats.info/1\"}", "its schema is 'spikestats.info/1'")]
    [InlineData("{\"schema\":\"spikestats.fit.hawkes/0\"}", "its schema is 'spikestats.fit.hawkes/0'")]
    [InlineData("{\"schema\":\"spikestats.fit.hawkes/2\"}", "newer than 'spikestats.fit.hawkes/1'")]
    [InlineData("{\"schema\":\"spikestats.fit.glm/17\"}", "use a newer version of spikestats")]
    [InlineData("{\"schema\":\"spikestats.fit.hawkes/1\"}", "missing required properties including: 'units', 'baseline', 'decays'")]
    [InlineData("{\"schema\":\"spikestats.fit.renewal/1\",\"version\":\"0\"}", "'target'")]
    [InlineData("{\"schema\":\"spikestats.fit.renewal/1\",\"version\":\"0\",\"target\":\"a\",\"start\":\"first-spike\",\"countsOpenIntervals\":true,\"spikeCount\":1,\"intervalCount\":0,\"openIntervalCount\":0,\"families\":[],\"best\":null}", "no family of the document reached its optimum")]
    [InlineData(Hawkes + "\"decays\":[5]}", "adjacencyByDecay is missing")]
    [InlineData(Hawkes + "\"decays\":[5],\"adjacency\":[[0.5,1]]}", "adjacency must hold 1 rows of 1 numbers")]
    [InlineData(Hawkes + "\"decays\":[5,50],\"adjacencyByDecay\":[[[0.5]]]}", "adjacencyByDecay must hold")]
    [InlineData(Hawkes + "\"decays\":[-5],\"adjacency\":[[0.5]]}", "Decays must be positive")]
    [InlineData(Hawkes + "\"decays\":[5],\"adjacency\":[[-0.5]]}", "must be finite and not negative")]
    [InlineData(Hawkes + "\"decays\":[5],\"adjacency\":[[0.5]],\"link\":\"log\"}", "no link 'log'")]
    [InlineData(Hawkes + "\"decays\":[5],\"adjacency\":[[0.5]],\"link\":\"softplus\"}", "softness is missing")]
    [InlineData(Hawkes + "\"decays\":[5],\"adjacency\":[[0.5]],\"baselinePieces\":{\"changes\":[1,2],\"period\":null,\"levels\":[[1,2]]}}", "3 pieces, but 2 levels")]
    [InlineData(Hawkes + "\"decays\":[],\"basisKernels\":{\"basis\":\"windows:0s,1s\",\"weights\":[[[1,2]]]}}", "basisKernels.weights must hold")]
    [InlineData(Hawkes + "\"decays\":[\"fast\"],\"adjacency\":[[0.5]]}", "$.decays[0]")]
    public void Read_AnythingElse_SaysWhatIsWrong(string text, string fragment)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.json", text);
        InvalidDocumentException error = Assert.Throws<InvalidDocumentException>(() => StoredModel.Read(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        Assert.Contains("Remedy: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SpikeStats.Cli", error.Message, StringComparison.Ordinal);
    }
}
