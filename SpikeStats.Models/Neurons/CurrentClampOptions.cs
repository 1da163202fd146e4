namespace SpikeStats.Models.Neurons;

/// <summary>How a <see cref="CurrentClamp"/> computes, starts and records.</summary>
public sealed record CurrentClampOptions
{
    /// <summary>How the equations are solved.</summary>
    /// <value>Default: <see cref="MembraneScheme.Exact"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">There is no such scheme.</exception>
    public MembraneScheme Scheme
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such scheme.");
    }

    /// <summary>The error that <see cref="MembraneScheme.Exact"/> allows in a step, as a ratio to the state.</summary>
    /// <value>1e-9 by default; from 1e-13 to 1e-2.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public double Tolerance
    {
        get;
        init => field = value is >= 1e-13 and <= 1e-2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The tolerance must lie between 1e-13, where rounding takes over, and 1e-2.");
    }

    = 1e-9;

    /// <summary>The step of the schemes with fixed steps, in seconds; that of <see cref="MembraneScheme.Paper2003"/> is 1 ms whatever is said here.</summary>
    /// <value>10 µs by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Step
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The step must be positive and finite, in seconds.");
    }

    = 1e-5;

    /// <summary>The size σ of white noise in the equation of the voltage, in volts: dV = … dt + σ √(dt/τ) N(0, 1).</summary>
    /// <remarks>τ is <see cref="SmoothNeuron.NoiseTimeConstant"/>; a passive membrane with that time constant gets the standard deviation σ/√2.</remarks>
    /// <value>0 by default; not negative. Noise needs the scheme <see cref="MembraneScheme.EulerMaruyama"/> or <see cref="MembraneScheme.Heun"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double NoiseSigma
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The noise σ must be finite and not negative, in volts.");
    }

    /// <summary>The voltage at time 0, in volts, with all other variables in equilibrium with it.</summary>
    /// <value>Default: none, <see cref="SmoothNeuron.StartingVoltage"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double? StartingVoltage
    {
        get;
        init => field = value is null || double.IsFinite(value.Value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The voltage at the start must be finite, in volts.");
    }

    /// <summary>The samples per second of the voltage that is recorded, in hertz.</summary>
    /// <value>0 by default: the voltage is not recorded.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double VoltageSamplingRate
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The sampling rate of the voltage must be finite and not negative, in hertz.");
    }
}
