using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

public sealed class LoadOptionsTests
{
    [Fact]
    public void Defaults_ThrowOnEveryIrregularity()
    {
        LoadOptions options = new();
        Assert.All([options.OnUnsorted, options.OnDuplicate, options.OnNonFinite, options.OnOutside], policy => Assert.Equal(IrregularityPolicy.Throw, policy));
        Assert.Equal(TextLayout.Auto, options.Layout);
        Assert.Null(options.TimeUnit);
        Assert.Null(options.Observed);
    }

    [Fact]
    public void Policies_ThatDoNotApply_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new LoadOptions { OnUnsorted = IrregularityPolicy.Keep });
        Assert.Throws<ArgumentException>(() => new LoadOptions { OnDuplicate = IrregularityPolicy.Sort });
        Assert.Throws<ArgumentException>(() => new LoadOptions { OnNonFinite = IrregularityPolicy.Keep });
        Assert.Throws<ArgumentException>(() => new LoadOptions { OnOutside = IrregularityPolicy.Sort });
        Assert.Throws<ArgumentException>(() => new LoadOptions { OnOutside = (IrregularityPolicy)9 });
    }

    [Fact]
    public void Values_ThatCannotBe_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new LoadOptions { Observed = TimeIntervals.Empty });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoadOptions { SamplingRate = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoadOptions { SamplingRate = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoadOptions { Layout = (TextLayout)7 });
    }
}
