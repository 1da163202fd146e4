namespace SpikeStats.Fitting.Glm;

/// <summary>One term of the linear predictor of a <see cref="GlmSpecification"/>; the baseline is always there and needs no term.</summary>
public abstract record GlmTerm
{
    private protected GlmTerm(string name) => Name = name;

    /// <summary>Name of the term, by which results and penalties refer to it; unique within a specification.</summary>
    public string Name { get; init; }

    /// <summary>What kind of term it is, in lower case.</summary>
    public abstract string Kind { get; }

    /// <summary>The penalty on its coefficients.</summary>
    /// <value><see cref="Penalty.None"/> by default.</value>
    public Penalty Penalty { get; init; } = Penalty.None;
}
