using SpikeStats.Models.Cable;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Cable;

/// <summary>Closed forms of cable theory against values computed elsewhere (SpikeStats.Tests/Reference/cable.json).</summary>
public sealed class PassiveCableTests
{
    private static readonly PassiveCable cable = new(2e-6);

    [Fact]
    public void Constants_AreThoseOfTheReference()
    {
        AssertClose(816.4965809277261e-6, cable.LengthConstant);
        AssertClose(20e-3, cable.Material.TimeConstant);
        AssertClose(389.84840061683803e6, cable.SemiInfiniteResistance);
        AssertClose(0.5 * 389.84840061683803e6, cable.InfiniteResistance);
    }

    [Fact]
    public void SealedEnd_ResistanceAndAttenuation_AreThoseOfTheReference()
    {
        AssertClose(463.52679195439316e6, cable.SealedResistance(1e-3));
        AssertClose(0.5409600990622745, cable.SealedAttenuation(1e-3, 1e-3));
        AssertClose(Math.Cosh(0.3) / Math.Cosh(1), cable.SealedAttenuation(0.7 * cable.LengthConstant, cable.LengthConstant));
    }

    [Fact]
    public void LongCable_HasTheResistanceAndTheDecayOfAnInfiniteOne()
    {
        AssertClose(cable.SemiInfiniteResistance, cable.SealedResistance(1));
        AssertClose(cable.SemiInfiniteResistance, cable.KilledResistance(double.PositiveInfinity));
        AssertClose(Math.Exp(-2), cable.SealedAttenuation(2 * cable.LengthConstant, double.PositiveInfinity));
        AssertClose(Math.Exp(-2), cable.SealedAttenuation(2 * cable.LengthConstant, 1));
    }

    [Fact]
    public void KilledAndSealedResistance_MultiplyToTheSquareOfTheInfinite() =>
        AssertClose(cable.SemiInfiniteResistance * cable.SemiInfiniteResistance, cable.SealedResistance(3e-4) * cable.KilledResistance(3e-4));

    [Theory]
    [InlineData(0.1, 0.0036363788687539932)]
    [InlineData(0.5, 0.12209845031594008)]
    [InlineData(1, 0.23361244046833307)]
    [InlineData(2, 0.32642282488655733)]
    [InlineData(5, 0.3663799236166266)]
    public void StepResponse_AtOneLengthConstant_IsThatOfTheReference(double timeConstants, double expected) =>
        Assert.Equal(expected, cable.StepResponse(cable.LengthConstant, timeConstants * 20e-3), 1e-13);

    [Theory]
    [InlineData(0, 1e-9, 3.5682482311161e-05)]
    [InlineData(0, 1e3, 1)]
    [InlineData(40, 1e6, 4.248354255291589e-18)]
    [InlineData(5, -1, 0)]
    public void StepResponse_AtTheEdges_IsItsLimit(double lengthConstants, double timeConstants, double expected) =>
        Assert.Equal(expected, cable.StepResponse(lengthConstants * cable.LengthConstant, timeConstants * 20e-3), expected * 1e-9);

    [Fact]
    public void StepResponse_SolvesTheCableEquation()
    {
        const double x = 0.8, t = 0.6, h = 1e-3;
        double At(double dx, double dt) => cable.StepResponse((x + dx) * cable.LengthConstant, (t + dt) * 20e-3);
        double curvature = (At(h, 0) - (2 * At(0, 0)) + At(-h, 0)) / (h * h), speed = (At(0, h) - At(0, -h)) / (2 * h);
        Assert.Equal(speed + At(0, 0), curvature, 1e-5);
    }

    [Fact]
    public void BadValues_AreNamed()
    {
        Assert.Contains("metres", Assert.Throws<ArgumentOutOfRangeException>(() => new PassiveCable(0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => cable.SealedResistance(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => cable.SealedAttenuation(2e-3, 1e-3));
        Assert.Throws<ArgumentOutOfRangeException>(() => cable.StepResponse(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CableMaterial { AxialResistivity = double.NaN });
    }

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, Math.Abs(expected) * 1e-13);
}
