using System.Globalization;

namespace SpikeStats.Models.Ensembles;

/// <summary>The time step is so long that the scheme would amplify every deviation.</summary>
public sealed class UnstableStepException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="timeStep">The step that was asked for, in seconds.</param>
    /// <param name="limit">Steps must be shorter than this, in seconds.</param>
    public UnstableStepException(double timeStep, double limit)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"Euler's scheme is unstable at a time step of {timeStep} s: it must be shorter than {limit:G6} s, two time constants. Take a shorter step, or a scheme with exact steps (Bridge, Grid)."))
    {
        TimeStep = timeStep;
        Limit = limit;
    }

    /// <summary>The step that was asked for, in seconds.</summary>
    public double TimeStep { get; }

    /// <summary>Steps must be shorter than this, in seconds.</summary>
    public double Limit { get; }
}
