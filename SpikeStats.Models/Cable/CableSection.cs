namespace SpikeStats.Models.Cable;

/// <summary>An unbranched piece of a dendrite.</summary>
public sealed record CableSection
{
    /// <summary>The parent of a section that starts at the soma.</summary>
    public const int Soma = -1;

    /// <summary>States a section.</summary>
    /// <param name="parent">The index of the section at whose end it starts, less than its own; <see cref="Soma"/> for the soma.</param>
    /// <param name="length">In metres; positive.</param>
    /// <param name="diameter">In metres; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public CableSection(int parent, double length, double diameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parent, Soma);
        Parent = parent;
        Length = CableMaterial.Positive(length, "length of a section", "metres");
        Diameter = CableMaterial.Positive(diameter, "diameter of a section", "metres");
    }

    /// <summary>The index of the section at whose end it starts; <see cref="Soma"/> for the soma.</summary>
    public int Parent { get; }

    /// <summary>Its length, in metres.</summary>
    public double Length { get; }

    /// <summary>Its diameter, in metres.</summary>
    public double Diameter { get; }

    /// <summary>Into how many compartments of equal length it is cut; the error falls with the square of their length.</summary>
    /// <value>20 by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public int CompartmentCount
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A section needs at least one compartment.");
    }

    = 20;

    /// <summary>Throws unless every section starts at one that stands before it.</summary>
    internal static void RequireTree(IReadOnlyList<CableSection> sections)
    {
        for (int i = 0; i < sections.Count; i++)
        {
            if (sections[i].Parent >= i) throw new ArgumentException($"Section {i} starts at section {sections[i].Parent}; a parent must stand before its children.", nameof(sections));
        }
    }
}
