using SpikeStats.Models.Cable;
using SpikeStats.Models.Drives;

namespace SpikeStats.Tests.Models.Cable;

/// <summary>Rall's rule, and a branched dendrite against its cylinder in simulation.</summary>
public sealed class EquivalentCylinderTests
{
    // Two daughters of 1 µm continue a parent of 2^(2/3) µm (SpikeStats.Tests/Reference/cable.json), each half a length constant long.
    private static readonly CableSection[] branched = Tree(1.5874010519681994e-6, 1e-6, 1e-6);

    [Fact]
    public void TreeThatObeysTheRule_CollapsesExactly()
    {
        EquivalentCylinder cylinder = EquivalentCylinder.Of(branched);
        Assert.True(cylinder.IsExact, $"{cylinder}");
        Assert.Equal(1, cylinder.ElectrotonicLength, 1e-12);
        Assert.Equal(1.5874010519681994e-6, cylinder.Diameter);
    }

    [Fact]
    public void TreeThatBreaksTheRule_SaysByHowMuch()
    {
        EquivalentCylinder cylinder = EquivalentCylinder.Of(Tree(2e-6, 1e-6, 1e-6));
        Assert.False(cylinder.IsExact);
        Assert.Equal(1 - (2 / Math.Pow(2, 1.5)), cylinder.BranchDeviation, 1e-12);
        EquivalentCylinder uneven = EquivalentCylinder.Of([branched[0], branched[1], new CableSection(0, 2 * branched[2].Length, 1e-6)]);
        Assert.Equal(0.2, uneven.TipDeviation, 1e-12);
    }

    [Fact]
    public void Simulation_OfTreeAndCylinder_GiveTheSameSoma()
    {
        EquivalentCylinder cylinder = EquivalentCylinder.Of(branched);
        double[] tree = Soma(branched), one = Soma([new CableSection(CableSection.Soma, cylinder.Length, cylinder.Diameter) { CompartmentCount = 40 }]);
        Assert.Equal(one.Length, tree.Length);
        for (int i = 0; i < one.Length; i++) Assert.Equal(one[i], tree[i], 1e-12);
        Assert.True(one[^1] > -0.0649);

        static double[] Soma(CableSection[] sections) => new CableNeuron(
            new SpikingSoma { Threshold = double.PositiveInfinity }, sections, [new CableInjection(CableSite.Soma, Waveform.Pulse(50e-12, 0, 0.02))])
        { TimeStep = 1e-4, RecordedSites = [CableSite.Soma] }
            .Simulate(0.05, seed: 0).Signal("soma").Values.ToArray();
    }

    [Fact]
    public void TreesWithoutOneRoot_AreRefused()
    {
        Assert.Contains("2 sections start at the soma", Assert.Throws<ArgumentException>(() => EquivalentCylinder.Of([branched[0], branched[0]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => EquivalentCylinder.Of([]));
        Assert.Contains("a parent must stand before its children", Assert.Throws<ArgumentException>(() => EquivalentCylinder.Of([new CableSection(0, 1e-3, 1e-6)])).Message, StringComparison.Ordinal);
    }

    private static CableSection[] Tree(double root, double left, double right) =>
    [
        new(CableSection.Soma, 0.5 * new PassiveCable(root).LengthConstant, root),
        new(0, 0.5 * new PassiveCable(left).LengthConstant, left),
        new(0, 0.5 * new PassiveCable(right).LengthConstant, right),
    ];
}
