using System.Globalization;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.Ensembles;

/// <summary>Whether a time step suits a scheme, told before anything runs.</summary>
internal static class StepVerdict
{
    /// <summary>The warnings.</summary>
    /// <exception cref="UnstableStepException">Euler's scheme would be unstable.</exception>
    public static IReadOnlyList<string> Of(IntegrateAndFireNeuron neuron, EnsembleOptions options)
    {
        double timeConstant = neuron.TimeConstant / Return(neuron), step = options.TimeStep;
        if (options.Scheme == SteppingScheme.Euler && step >= 2 * timeConstant) throw new UnstableStepException(step, 2 * timeConstant);
        return step <= timeConstant
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"The time step of {step} s exceeds the time constant of the membrane, {timeConstant:G6} s: {Consequence(options.Scheme)} Take a tenth of it or less.")];
    }

    // How steeply the drift returns a low voltage, in units of 1/τ.
    private static double Return(IntegrateAndFireNeuron neuron) => neuron switch
    {
        QuadraticIntegrateAndFire quadratic => Math.Abs(((2 * Math.Min(quadratic.Reset, quadratic.Rest)) - quadratic.Rest - quadratic.Onset) / quadratic.Scale),
        _ => 1,
    };

    private static string Consequence(SteppingScheme scheme) => scheme switch
    {
        SteppingScheme.Euler => "Euler's scheme oscillates around the mean.",
        SteppingScheme.Grid => "most crossings of the threshold are missed.",
        _ => "crossings within a step are no longer accurate.",
    };
}
