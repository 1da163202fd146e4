using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>A smooth effect of the present values of one or more signals, such as a place field over x and y: Σ_k w_k B_k(x, y, …).</summary>
/// <remarks>
/// Where the functions contain the constant and the penalty does not decide about it, the effect is only determined up to a constant beside the baseline:
/// the function that the most spikes see is left out (its coefficient is 0), which changes no rate and, with B-splines, no penalty on differences.
/// <see cref="GlmFit.Effect"/> gives the effect on a grid, centred on the data, with standard errors.
/// <para><b>Source:</b> Wood, "Generalized additive models", 2006, sections 4.1 to 4.3; Eilers and Marx, Statistical Science 11:89 (1996).</para>
/// </remarks>
public sealed record SmoothTerm : GlmTerm
{
    /// <summary>A smooth effect of one signal.</summary>
    /// <param name="signal">Name of the signal in the recording; bins without a sample are interpolated.</param>
    /// <param name="basis">Functions of its value.</param>
    public SmoothTerm(string signal, ValueBasis basis)
        : this([signal], [basis])
    {
    }

    /// <summary>A smooth effect of several signals together, on the products of functions of each.</summary>
    /// <param name="signals">Names of the signals in the recording; bins without a sample are interpolated.</param>
    /// <param name="margins">Functions of the value of each signal.</param>
    /// <exception cref="ArgumentException">There is no signal, or not one basis for each.</exception>
    public SmoothTerm(IReadOnlyList<string> signals, IReadOnlyList<ValueBasis> margins)
        : base(string.Join(':', signals))
    {
        ArgumentNullException.ThrowIfNull(margins);
        if (signals.Count != margins.Count) throw new ArgumentException($"{signals.Count} signals need as many bases, not {margins.Count}.", nameof(margins));
        Signals = signals;
        Basis = new TensorProductBasis(margins);
    }

    /// <summary>Names of the signals, one per margin of the basis.</summary>
    public IReadOnlyList<string> Signals { get; }

    /// <summary>Functions of the values.</summary>
    public TensorProductBasis Basis { get; }

    /// <inheritdoc/>
    public override string Kind => "smooth";
}
