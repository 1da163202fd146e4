namespace SpikeStats.Models.FokkerPlanck;

/// <summary>How the voltages of the neurons are distributed in the beginning.</summary>
public abstract record InitialDensity
{
    private InitialDensity()
    {
    }

    /// <summary>The stationary density of the input in the beginning, with its share of refractory neurons.</summary>
    public static InitialDensity Stationary { get; } = new StationaryStart();

    /// <summary>All neurons at one voltage, none refractory.</summary>
    /// <param name="voltage">In volts, below the threshold by two cells or more.</param>
    /// <returns>The density.</returns>
    public static InitialDensity At(double voltage) => double.IsFinite(voltage)
        ? new PointStart(voltage)
        : throw new ArgumentOutOfRangeException(nameof(voltage), voltage, "The voltage must be finite, in volts.");

    /// <summary>A normal density, cut off at threshold and lower boundary and scaled to one; no neuron is refractory.</summary>
    /// <param name="mean">In volts.</param>
    /// <param name="standardDeviation">In volts; positive.</param>
    /// <returns>The density.</returns>
    public static InitialDensity Normal(double mean, double standardDeviation)
    {
        if (!double.IsFinite(mean)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean must be finite, in volts.");
        if (!(standardDeviation > 0) || !double.IsFinite(standardDeviation))
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "The standard deviation must be positive and finite, in volts.");
        return new NormalStart(mean, standardDeviation);
    }

    /// <summary>The lowest voltage of interest, in volts.</summary>
    internal abstract double Lowest { get; }

    /// <summary>The density in the cells, whose mass is 1; null for the stationary one.</summary>
    internal abstract double[]? On(VoltageGrid grid);

    private sealed record StationaryStart : InitialDensity
    {
        internal override double Lowest => double.PositiveInfinity;

        internal override double[]? On(VoltageGrid grid) => null;
    }

    private sealed record PointStart(double Voltage) : InitialDensity
    {
        internal override double Lowest => Voltage;

        internal override double[] On(VoltageGrid grid)
        {
            (int cell, double share) = grid.Split(Voltage, "start");
            double[] density = new double[grid.Cells];
            density[cell] = share / grid.Width;
            density[cell + 1] = (1 - share) / grid.Width;
            return density;
        }
    }

    private sealed record NormalStart(double Mean, double StandardDeviation) : InitialDensity
    {
        // e^-18 of it lies below.
        internal override double Lowest => Mean - (6 * StandardDeviation);

        internal override double[] On(VoltageGrid grid)
        {
            double[] density = new double[grid.Cells];
            double sum = 0;
            for (int i = 0; i < density.Length; i++)
            {
                double z = (grid.Voltage(i) - Mean) / StandardDeviation;
                sum += density[i] = Math.Exp(-0.5 * z * z);
            }

            if (!(sum > 0)) throw new ArgumentException("The normal density lies wholly outside of the grid; start below the threshold and at most some ten deviations from it.");
            for (int i = 0; i < density.Length; i++) density[i] /= sum * grid.Width;
            return density;
        }
    }
}
