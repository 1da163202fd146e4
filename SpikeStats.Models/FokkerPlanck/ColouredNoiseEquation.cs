using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>The stationary rate of an integrate-and-fire neuron under noise with an exponential correlation, from the density of voltage and noise.</summary>
/// <remarks>
/// ∂p/∂t = -∂/∂V [(F(V) + μ + x)/τ p] + ∂/∂x [x p/τ_s + σ²τ/(2τ_s²) ∂p/∂x]. A neuron returns with the noise that has gone on during its refractory period.
/// <para><b>Assumptions:</b> none about the size of τ_s but that the grid resolves it: below some τ/50 the layer at the threshold is thinner than a cell, and the boundary shift of white
/// noise is the better formula.</para>
/// <para><b>Accuracy:</b> upwind in voltage, fitted exponentially in the noise, extrapolated from five grids; the result states its error. Tested against simulation, for weak and for
/// slow noise against their limits. <b>Cost:</b> about a second.</para>
/// <para><b>Source:</b> the equation is that of Brunel and Sergi, J Theor Biol 195:87 (1998); the solution is ours.</para>
/// </remarks>
public static class ColouredNoiseEquation
{
    /// <summary>The rate.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">The input.</param>
    /// <param name="cells">Cells of voltage of the coarsest grid; at least 20.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Hertz, with an estimate of the error.</returns>
    /// <exception cref="ArgumentException">There is no noise, or the reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few cells.</exception>
    public static ColouredNoiseRate Rate(IntegrateAndFireNeuron neuron, ColouredNoiseInput input, int cells = 150, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        if (input.Sigma == 0) throw new ArgumentException("The equation needs noise; without it the neuron is a clock or silent.", nameof(input));
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 20);
        neuron.Validate();
        const int NoiseCells = 24;
        double coarse = At(cells, NoiseCells), middle = At(2 * cells, NoiseCells), fine = At(4 * cells, NoiseCells);
        double finerNoise = At(cells, 2 * NoiseCells), inNoise = (finerNoise - coarse) / 3 * 4;

        // First and second order in the voltage, second order in the noise.
        double once = (2 * fine) - middle, twice = ((8 * fine) - (6 * middle) + coarse) / 3;
        return new ColouredNoiseRate(twice + inNoise, (Math.Abs(twice - once) + (0.25 * Math.Abs(inNoise))) / Math.Abs(twice + inNoise));

        double At(int voltageCells, int noiseCells) => new ColouredNoiseGrid(neuron, input, voltageCells, noiseCells).Rate(cancellationToken);
    }
}
