namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>A number of theory beside that of a simulation.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="Unit">Its unit; empty for a number without.</param>
/// <param name="Theory">The number of theory, in units of <paramref name="Unit"/>.</param>
/// <param name="Simulated">That of the simulation, in units of <paramref name="Unit"/>.</param>
/// <param name="StandardError">The standard error of the simulation, in units of <paramref name="Unit"/>.</param>
public sealed record ValidationRow(string Quantity, string Unit, double Theory, double Simulated, double StandardError)
{
    /// <summary>(simulation - theory) / standard error, dimensionless.</summary>
    public double Z => (Simulated - Theory) / StandardError;
}
