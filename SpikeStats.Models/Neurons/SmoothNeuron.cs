using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace SpikeStats.Models.Neurons;

/// <summary>A neuron given by smooth equations of its voltage and of what follows it; some jump at a spike.</summary>
/// <remarks>A record says what the neuron is; <see cref="CurrentClamp"/> says how it is computed.</remarks>
public abstract record SmoothNeuron
{
    // Relative to the size of a variable: the cube root of rounding, at which truncation and rounding of a central difference are alike.
    private const double Difference = 6e-6;

    private protected SmoothNeuron()
    {
    }

    /// <summary>The voltage at which it starts if nothing else is said, in volts; the other variables are in equilibrium with it.</summary>
    public abstract double StartingVoltage { get; }

    /// <summary>The voltage whose upward crossing is a spike, in volts.</summary>
    public abstract double SpikeLevel { get; }

    /// <summary>The time constant τ by which the noise of <see cref="CurrentClampOptions.NoiseSigma"/> is scaled, in seconds.</summary>
    public abstract double NoiseTimeConstant { get; }

    /// <summary>What it is, in words.</summary>
    internal abstract string Description { get; }

    /// <summary>What the drive is, with its unit, in words.</summary>
    internal abstract string DriveUnit { get; }

    /// <summary>The sizes below which the error of a variable is absolute; the voltage first. Their number is that of the variables.</summary>
    internal abstract ReadOnlySpan<double> Scales { get; }

    /// <summary>Whether the state jumps at a spike.</summary>
    internal abstract bool IsReset { get; }

    /// <summary>The fastest rate at which a variable relaxes, per second, which limits the step of explicit schemes.</summary>
    internal abstract double FastestRate { get; }

    /// <summary>The lowest equilibrium under a constant drive.</summary>
    /// <remarks>The voltage is a root to rounding, the eigenvalue that of central differences, right to some 1e-8 of the fastest rate.</remarks>
    /// <param name="drive">The drive, in the unit of the model.</param>
    /// <returns>The equilibrium; null if there is none, so that the neuron cannot rest.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The drive is not finite.</exception>
    public NeuronEquilibrium? EquilibriumUnder(double drive)
    {
        if (!double.IsFinite(drive)) throw new ArgumentOutOfRangeException(nameof(drive), drive, "The drive must be finite.");
        double voltage = RestingVoltage(drive);
        return double.IsNaN(voltage) ? null : new NeuronEquilibrium(voltage, LeadingEigenvalue(voltage, drive));
    }

    /// <summary>The derivative of the state, per second.</summary>
    internal abstract void Slope(ReadOnlySpan<double> state, double drive, Span<double> slope);

    /// <summary>The state with a voltage and everything else in equilibrium with it.</summary>
    internal abstract void StateAt(double voltage, Span<double> state);

    /// <summary>What a spike does to the state.</summary>
    internal virtual void Reset(Span<double> state)
    {
    }

    /// <summary>Throws if its voltages contradict each other.</summary>
    internal virtual void Validate()
    {
    }

    /// <summary>The voltage of the lowest equilibrium under a constant drive; NaN if there is none.</summary>
    internal abstract double RestingVoltage(double drive);

    /// <summary>The eigenvalue with the largest real part at an equilibrium.</summary>
    internal Complex LeadingEigenvalue(double voltage, double drive)
    {
        int n = Scales.Length;
        double[] state = new double[n], above = new double[n], below = new double[n];
        StateAt(voltage, state);
        Matrix<double> jacobian = Matrix<double>.Build.Dense(n, n);
        for (int column = 0; column < n; column++)
        {
            double centre = state[column], step = Difference * Math.Max(Scales[column], Math.Abs(centre));
            state[column] = centre + step;
            Slope(state, drive, above);
            state[column] = centre - step;
            Slope(state, drive, below);
            state[column] = centre;
            for (int row = 0; row < n; row++) jacobian[row, column] = (above[row] - below[row]) / (2 * step);
        }

        return jacobian.Evd().EigenValues.MaxBy(value => value.Real);
    }

    private protected static double Positive(double value, string name, string unit) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be positive and finite, in {unit}.");

    private protected static double NotNegative(double value, string name, string unit) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be finite and not negative, in {unit}.");

    private protected static double Finite(double value, string name, string unit) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be finite, in {unit}.");
}
