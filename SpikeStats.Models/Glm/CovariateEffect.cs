namespace SpikeStats.Models.Glm;

/// <summary>The effect of the present value of a signal such as a position: coefficient · x^power.</summary>
/// <param name="Signal">Name of the signal; bins without a sample are interpolated.</param>
/// <param name="Power">The power, 1 or more.</param>
/// <param name="Coefficient">What x^power adds to the log rate, per unit of the signal to that power.</param>
public sealed record CovariateEffect(string Signal, int Power, double Coefficient);
