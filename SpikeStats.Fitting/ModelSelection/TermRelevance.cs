namespace SpikeStats.Fitting.ModelSelection;

/// <summary>The strength that the evidence gives to one penalty of a term.</summary>
/// <param name="Term">Name of the term.</param>
/// <param name="Penalty">Which of its penalties: ridge, smoothness, smoothness along a margin, autoregressive or precision.</param>
/// <param name="Factor">Factor of the strength that the specification stated, dimensionless.</param>
/// <param name="DegreesOfFreedom">Number of parameters that the data, and not the penalty, determine; from 0 up, not an integer.</param>
public sealed record TermRelevance(string Term, string Penalty, double Factor, double DegreesOfFreedom)
{
    private const double Nothing = 0.01;

    /// <summary>Whether the data determine next to nothing of what is penalised: less than a hundredth of a parameter.</summary>
    public bool IsSwitchedOff => DegreesOfFreedom < Nothing;
}
