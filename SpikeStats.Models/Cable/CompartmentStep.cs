namespace SpikeStats.Models.Cable;

/// <summary>Room for one step of a <see cref="CompartmentTree"/>, and its result.</summary>
internal sealed class CompartmentStep(int count)
{
    /// <summary>γ = 2 - √2: with it both stages have the same matrix.</summary>
    public const double Fraction = 0.58578643762690495;

    /// <summary>1/(γ(2 - γ)).</summary>
    public const double MiddleWeight = 1 / (Fraction * (2 - Fraction));

    /// <summary>(1 - γ)²/(γ(2 - γ)).</summary>
    public const double StartWeight = (1 - Fraction) * (1 - Fraction) * MiddleWeight;

    /// <summary>The currents into each node at the start of the step, in amperes.</summary>
    public double[] StartCurrent { get; } = new double[count];

    /// <summary>The currents at γ of the step.</summary>
    public double[] MiddleCurrent { get; } = new double[count];

    /// <summary>The currents at the end of the step.</summary>
    public double[] EndCurrent { get; } = new double[count];

    /// <summary>The voltages at γ of the step.</summary>
    public double[] Middle { get; } = new double[count];

    /// <summary>The voltages at the end of the step.</summary>
    public double[] End { get; } = new double[count];

    public double[] Diagonal { get; } = new double[count];
}
