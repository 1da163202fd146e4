using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Documents;

/// <summary>The smooth effect of the present values of signals, such as a place field.</summary>
/// <param name="Signals">Names of the signals.</param>
/// <param name="Bases">Functions of the value of each, for example <c>bspline:n=8,order=4,from=0,to=100</c>.</param>
/// <param name="Coefficients">What each product of functions adds to the predictor, that of the last signal running fastest; -Infinity forbids spikes where it is not zero.</param>
public sealed record SmoothEffectEntry(IReadOnlyList<string> Signals, IReadOnlyList<string> Bases, IReadOnlyList<double> Coefficients)
{
    internal static SmoothEffectEntry Of(SmoothEffect effect) => new(effect.Signals, [.. effect.Basis.Margins.Select(margin => margin.Description)], effect.Coefficients);

    /// <summary>The effect.</summary>
    /// <exception cref="FormatException">A basis is unknown, or numbers are missing or impossible.</exception>
    internal SmoothEffect ToEffect()
    {
        if (Signals.Count == 0 || Signals.Count != Bases.Count) throw new FormatException($"a smooth effect of {Signals.Count} signals needs as many bases, not {Bases.Count}");
        TensorProductBasis basis = new([.. Bases.Select(text => ValueBasisSyntax.Parse(text))]);
        if (Coefficients.Count != basis.FunctionCount)
            throw new FormatException($"the smooth effect of {string.Join(", ", Signals)} has {basis.FunctionCount} functions, but {Coefficients.Count} coefficients");
        if (Coefficients.Any(double.IsNaN)) throw new FormatException($"a coefficient of the smooth effect of {string.Join(", ", Signals)} is not a number");
        return new SmoothEffect(Signals, basis, Coefficients);
    }
}
