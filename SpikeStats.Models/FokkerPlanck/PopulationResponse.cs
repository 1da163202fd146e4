namespace SpikeStats.Models.FokkerPlanck;

/// <summary>How a population of independent neurons responds to a common input.</summary>
/// <param name="Rate">The rate per neuron, in hertz: its mean over each step. Without return it is the density of the first spike.</param>
/// <param name="Voltages">The centres of the cells, in volts, ascending.</param>
/// <param name="Snapshots">The densities that were asked for, in order of time.</param>
/// <param name="MassError">The largest distance of the mass from one at any time, dimensionless, that in the refractory period and, without return, that which has fired included.</param>
/// <param name="RepeatedSteps">How many steps were repeated by the implicit Euler method lest the density be negative; many say that the time step is too long.</param>
/// <param name="ClippedMass">The negative mass that was set to zero, in all, dimensionless: at most 10⁻¹³ a step.</param>
public sealed record PopulationResponse(
    SampledSignal Rate, IReadOnlyList<double> Voltages, IReadOnlyList<DensitySnapshot> Snapshots, double MassError, int RepeatedSteps, double ClippedMass);
