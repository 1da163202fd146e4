using System.Numerics.Tensors;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>The stationary solution on a grid of cells: the flux is known at every edge, so that each cell follows from the one above it.</summary>
internal static class SteadyDensity
{
    // Deep below the threshold the density of a unit flux overflows; it is scaled down on the way.
    private const double Huge = 1e200;

    /// <summary>Rate in hertz and density per volt.</summary>
    public static (double Rate, double[] Density) Of(VoltageGrid grid, IntegrateAndFireNeuron neuron, WhiteNoiseInput input)
    {
        if (input.Sigma == 0) throw new ArgumentException("Without noise there is no smooth stationary density; start from a point or a normal density, or give the neuron noise.", nameof(input));
        TransportRates rates = new(grid, neuron.TimeConstant);
        rates.Set(input.Mean, input.Sigma, 1);
        int last = grid.Cells - 1;
        double[] density = new double[grid.Cells];
        double flux = 1 / grid.Width;
        density[last] = flux / rates.Up[grid.Cells];
        for (int k = last; k > 0; k--)
        {
            double share = k > grid.ResetCell + 1 ? 1 : k == grid.ResetCell + 1 ? grid.ResetShare : 0;
            density[k - 1] = ((share * flux) + (rates.Down[k] * density[k])) / rates.Up[k];
            if (density[k - 1] < Huge) continue;
            for (int i = k - 1; i <= last; i++) density[i] /= Huge;
            flux /= Huge;
        }

        // The flux per width of a cell, so that the mass is counted in cells.
        double scale = 1 / (grid.Width * (TensorPrimitives.Sum<double>(density) + (flux * neuron.RefractoryPeriod)));
        for (int i = 0; i <= last; i++) density[i] *= scale;
        return (flux * scale * grid.Width, density);
    }
}
