namespace SpikeStats.Models.Renewal;

/// <summary>A parameter of an <see cref="IntervalDistribution"/>.</summary>
/// <param name="Name">Its name in camel case, for example <c>shape</c>.</param>
/// <param name="SiUnit">The SI unit of its value: <c>s</c>, <c>Hz</c>, or <c>1</c> if it is dimensionless.</param>
/// <param name="Value">Its value, in units of <paramref name="SiUnit"/>.</param>
public sealed record IntervalParameter(string Name, string SiUnit, double Value);
