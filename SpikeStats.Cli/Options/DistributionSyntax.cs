using System.Globalization;
using SpikeStats.Models.Renewal;
using SpikeStats.Units;

namespace SpikeStats.Cli.Options;

/// <summary>Interval distributions by the names of families and parameters that the command line and the documents use.</summary>
internal static class DistributionSyntax
{
    private const string Seconds = "s", Hertz = "Hz", Volts = "V", One = "1";

    private static readonly (string Family, (string Name, string Unit, bool IsOptional)[] Parameters, Func<double[], IntervalDistribution> Create)[] all =
    [
        ("exponential", [("rate", Hertz, false)], p => new Exponential(p[0])),
        ("gamma", [("shape", One, false), ("rate", Hertz, false)], p => new Gamma(p[0], p[1])),
        ("inverse-gaussian", [("mu", Seconds, false), ("lambda", Seconds, false)], p => new InverseGaussian(p[0], p[1])),
        ("lognormal", [("mu", One, false), ("sigma", One, false)], p => new Lognormal(p[0], p[1])),
        ("weibull", [("shape", One, false), ("scale", Seconds, false)], p => new Weibull(p[0], p[1])),
        ("log-logistic", [("shape", One, false), ("scale", Seconds, false)], p => new LogLogistic(p[0], p[1])),
        ("recovering-hazard", [("peakRate", Hertz, false), ("recoveryTime", Seconds, false), ("refractoryPeriod", Seconds, true)], p => new RecoveringHazard(p[0], p[1], p[2])),
        (
            "escape-rate",
            [
                ("rateAtThreshold", Hertz, false), ("softness", Volts, false), ("meanInput", Volts, false), ("threshold", Volts, false), ("reset", Volts, false), ("membraneTime", Seconds, false),
                ("refractoryPeriod", Seconds, true),
            ],
            p => new EscapeRate(p[0], p[1], p[2], p[3], p[4], p[5], p[6])),
    ];

    /// <summary>The distribution of a family.</summary>
    /// <param name="family">Name of the family.</param>
    /// <param name="values">Its parameters by name, in SI units.</param>
    /// <exception cref="FormatException">There is no such family, or a parameter is missing or unknown.</exception>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static IntervalDistribution Create(string family, IReadOnlyDictionary<string, double> values)
    {
        (_, (string Name, string Unit, bool IsOptional)[] parameters, Func<double[], IntervalDistribution> create) = Find(family);
        foreach (string name in values.Keys) _ = UnitOf(family, name);
        if (parameters.FirstOrDefault(parameter => !parameter.IsOptional && !values.ContainsKey(parameter.Name)).Name is { } missing)
            throw new FormatException($"{family} intervals need the parameter '{missing}'");
        return create([.. parameters.Select(parameter => values.GetValueOrDefault(parameter.Name))]);
    }

    /// <summary>Reads <c>shape=2,rate=20Hz</c>: parameters with their units.</summary>
    /// <exception cref="FormatException">There is no such family or parameter, or a value has not its unit.</exception>
    public static IntervalDistribution Parse(string family, string text)
    {
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length != 2 || !values.TryAdd(pair[0], Value(pair[1], UnitOf(family, pair[0]))))
                throw new FormatException($"'{part}' in '{text}' is no parameter. Write each once, for example shape=2,rate=20Hz.");
        }

        return Create(family, values);
    }

    private static double Value(string text, string unit) => unit switch
    {
        Hertz => RateSyntax.Positive(text),
        Seconds => Duration.Parse(text),
        Volts => VoltageSyntax.Parse(text),
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{text}' is no number; this parameter has no unit."),
    };

    private static string UnitOf(string family, string name)
    {
        (string Name, string Unit, bool IsOptional)[] parameters = Find(family).Parameters;
        return Array.Find(parameters, parameter => parameter.Name == name).Unit
            ?? throw new FormatException($"{family} intervals have no parameter '{name}'; they have {string.Join(", ", parameters.Select(parameter => parameter.Name))}");
    }

    private static (string Family, (string Name, string Unit, bool IsOptional)[] Parameters, Func<double[], IntervalDistribution> Create) Find(string family) =>
        Array.Find(all, known => known.Family == family) is { Family: not null } found
            ? found
            : throw new FormatException($"'{family}' is no family of interval distributions; there are {string.Join(", ", all.Select(known => known.Family))}");
}
