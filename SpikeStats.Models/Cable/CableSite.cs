namespace SpikeStats.Models.Cable;

/// <summary>A place on a neuron: its soma, or a point of a section.</summary>
public readonly record struct CableSite
{
    private CableSite(int section, double position)
    {
        Section = section;
        Position = position;
    }

    /// <summary>The soma.</summary>
    public static CableSite Soma { get; } = new(CableSection.Soma, 0);

    /// <summary>The index of the section; <see cref="CableSection.Soma"/> for the soma.</summary>
    public int Section { get; }

    /// <summary>Where on the section: 0 at its start, 1 at its end (dimensionless).</summary>
    public double Position { get; }

    /// <summary>A point of a section.</summary>
    /// <param name="section">Its index.</param>
    /// <param name="position">0 at its start, 1 at its end (dimensionless).</param>
    /// <returns>The place.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative, or the position not between 0 and 1.</exception>
    public static CableSite Of(int section, double position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(section);
        if (!(position >= 0 && position <= 1)) throw new ArgumentOutOfRangeException(nameof(position), position, "A position runs from 0 at the start of a section to 1 at its end.");
        return new CableSite(section, position);
    }

    /// <summary>The place in words.</summary>
    /// <returns>For example <c>soma</c> or <c>section 2 at 0.5</c>.</returns>
    public override string ToString() => Section == CableSection.Soma ? "soma" : FormattableString.Invariant($"section {Section} at {Position}");
}
