using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>Cells of equal width from a reflecting lower boundary to the threshold.</summary>
internal sealed class VoltageGrid
{
    public VoltageGrid(IntegrateAndFireNeuron neuron, int cells, double lower)
    {
        if (lower >= neuron.Reset)
            throw new ArgumentException(FormattableString.Invariant($"The lower boundary ({lower} V) must lie below the reset ({neuron.Reset} V)."));
        Cells = cells;
        Lower = lower;
        Width = (neuron.Threshold - lower) / cells;
        Drift = new double[cells + 1];
        for (int i = 0; i <= cells; i++) Drift[i] = neuron.Drift(i == cells ? neuron.Threshold : lower + (i * Width));
        (ResetCell, ResetShare) = Split(neuron.Reset, "reset");
    }

    public int Cells { get; }

    public double Lower { get; }

    public double Width { get; }

    /// <summary>F(V) at the edges of the cells, in volts: one more than cells.</summary>
    public double[] Drift { get; }

    /// <summary>The lower of the two cells between whose centres the reset lies.</summary>
    public int ResetCell { get; }

    /// <summary>The share of the lower of the two, so that the mean is the reset.</summary>
    public double ResetShare { get; }

    /// <summary>The centre of a cell, in volts.</summary>
    public double Voltage(int cell) => Lower + ((cell + 0.5) * Width);

    /// <summary>Splits a voltage over the two cells between whose centres it lies, keeping its mean: of second order in the width.</summary>
    public (int Cell, double Share) Split(double voltage, string name)
    {
        double position = ((voltage - Lower) / Width) - 0.5;
        int cell = (int)Math.Floor(position);

        // The elimination passes one more cell between the upper of the two and the threshold.
        if (cell < 0 || cell > Cells - 3)
            throw new ArgumentException(FormattableString.Invariant($"The {name} ({voltage} V) must lie two cells of {Width} V or more inside of the grid; take more cells."));
        return (cell, 1 - (position - cell));
    }
}
