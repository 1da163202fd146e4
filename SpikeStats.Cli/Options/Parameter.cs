namespace SpikeStats.Cli.Options;

/// <summary>A parameter of a simulated model, as the command line names it.</summary>
/// <param name="Name">The name in <c>--set NAME=VALUE</c>.</param>
/// <param name="Unit">What it is measured in.</param>
/// <param name="Get">Its value in a model, in SI units.</param>
/// <param name="With">A model with another value.</param>
internal sealed record Parameter<T>(string Name, ParameterUnit Unit, Func<T, double> Get, Func<T, double, T> With);
