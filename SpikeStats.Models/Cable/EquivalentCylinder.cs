namespace SpikeStats.Models.Cable;

/// <summary>The single cylinder that a dendrite behaves like, seen from where it starts, if it obeys Rall's rule.</summary>
/// <remarks>
/// If at every branch d^(3/2) of the parent is the sum of those of its children, and all tips are at the same electrotonic distance from the soma, the dendrite collapses to a cylinder with the diameter of its
/// root. A dendrite that breaks the rule has none, and how far it is from it stands in <see cref="BranchDeviation"/> and <see cref="TipDeviation"/>.
/// <para><b>Source:</b> Rall, Ann N Y Acad Sci 96:1071 (1962).</para>
/// </remarks>
/// <param name="Diameter">The diameter of the cylinder, that of the root, in metres.</param>
/// <param name="Length">Its length, in metres: the mean electrotonic distance of the tips times the length constant of the root.</param>
/// <param name="ElectrotonicLength">Its length in length constants (dimensionless).</param>
/// <param name="BranchDeviation">The largest deviation from 1 of Σ d_child^(3/2)/d_parent^(3/2) over the branches (dimensionless); 0 without a branch.</param>
/// <param name="TipDeviation">The largest deviation of the electrotonic distance of a tip from their mean, relative to it (dimensionless).</param>
public sealed record EquivalentCylinder(double Diameter, double Length, double ElectrotonicLength, double BranchDeviation, double TipDeviation)
{
    private const double Rounding = 1e-9;

    /// <summary>Whether the dendrite obeys the rule to rounding, so that the cylinder is exact.</summary>
    public bool IsExact => BranchDeviation <= Rounding && TipDeviation <= Rounding;

    /// <summary>The cylinder of a dendrite.</summary>
    /// <param name="sections">A tree with one root, whose parent is <see cref="CableSection.Soma"/>; parents before children.</param>
    /// <param name="material">What it is made of; the defaults if omitted.</param>
    /// <returns>The cylinder and how far the dendrite is from the rule.</returns>
    /// <exception cref="ArgumentException">There is not exactly one root, or a parent stands after its child.</exception>
    public static EquivalentCylinder Of(IReadOnlyList<CableSection> sections, CableMaterial? material = null)
    {
        ArgumentNullException.ThrowIfNull(sections);
        CableSection.RequireTree(sections);
        int roots = sections.Count(section => section.Parent == CableSection.Soma);
        if (roots != 1) throw new ArgumentException($"A dendrite has one root, but {roots} sections start at the soma.", nameof(sections));
        double[] distance = new double[sections.Count], children = new double[sections.Count];
        for (int i = 0; i < sections.Count; i++)
        {
            int parent = sections[i].Parent;
            distance[i] = (sections[i].Length / new PassiveCable(sections[i].Diameter, material).LengthConstant) + (parent == CableSection.Soma ? 0 : distance[parent]);
            if (parent != CableSection.Soma) children[parent] += Math.Pow(sections[i].Diameter, 1.5);
        }

        int[] tips = [.. Enumerable.Range(0, sections.Count).Where(i => children[i] == 0)], branches = [.. Enumerable.Range(0, sections.Count).Except(tips)];
        double mean = tips.Average(tip => distance[tip]);
        return new EquivalentCylinder(
            sections[0].Diameter,
            mean * new PassiveCable(sections[0].Diameter, material).LengthConstant,
            mean,
            branches.Select(i => Math.Abs((children[i] / Math.Pow(sections[i].Diameter, 1.5)) - 1)).DefaultIfEmpty(0).Max(),
            tips.Max(tip => Math.Abs((distance[tip] / mean) - 1)));
    }
}
