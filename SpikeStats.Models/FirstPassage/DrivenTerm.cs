namespace SpikeStats.Models.FirstPassage;

/// <summary>The kernel for one pair of times, with slopes and curvatures by α, β and γ: the source, and the part of the past that is forgotten.</summary>
/// <remarks>K = e^(-q²/v)/√(πv) (c - 2q/v); q and c are linear in the coefficients, with slopes that are given.</remarks>
internal readonly ref struct DrivenTerm
{
    private readonly double bell, rest, twice, inverse;
    private readonly ReadOnlySpan<double> distances, speeds;

    /// <summary>Creates the term.</summary>
    /// <param name="coefficients">α, β and γ.</param>
    /// <param name="variance">v.</param>
    /// <param name="distances">∂q by α, β, γ.</param>
    /// <param name="speeds">∂c by α, β, γ.</param>
    public DrivenTerm(in DrivenCoefficients coefficients, double variance, ReadOnlySpan<double> distances, ReadOnlySpan<double> speeds)
    {
        this.distances = distances;
        this.speeds = speeds;
        double distance = Along(coefficients, distances);
        inverse = 1 / variance;
        twice = 2 * distance * inverse;
        rest = Along(coefficients, speeds) - twice;
        bell = Math.Exp(-0.5 * distance * twice) / Math.Sqrt(Math.PI * variance);
    }

    /// <summary>K.</summary>
    public double Value => bell * rest;

    /// <summary>∂K by a coefficient.</summary>
    public double Slope(int i) => bell * (Rest(i) + (rest * Bell(i)));

    /// <summary>∂²K by two coefficients.</summary>
    public double Curvature(int i, int j) =>
        bell * ((Rest(i) * Bell(j)) + (Rest(j) * Bell(i)) + (rest * ((Bell(i) * Bell(j)) - (2 * distances[i] * distances[j] * inverse))));

    private double Bell(int i) => -twice * distances[i];

    private double Rest(int i) => speeds[i] - (2 * distances[i] * inverse);

    private static double Along(in DrivenCoefficients at, ReadOnlySpan<double> slopes) => (at.Alpha * slopes[0]) + (at.Beta * slopes[1]) + (at.Gamma * slopes[2]);
}
