using System.Data;
using System.Globalization;

namespace SpikeStats.Fitting.Renewal;

/// <summary>An estimated parameter of an interval distribution.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SiUnit">The SI unit of its value: <c>s</c>, <c>Hz</c>, or <c>1</c> if it is dimensionless.</param>
/// <param name="Value">The estimate, in units of <paramref name="SiUnit"/>.</param>
/// <param name="StandardError">The standard error, in the same unit; NaN if the parameter was given or is not identified.</param>
/// <param name="Lower">Lower end of the 95 % interval, in the same unit; NaN where there is none.</param>
/// <param name="Upper">Upper end of the 95 % interval, in the same unit; NaN where there is none.</param>
/// <remarks>The interval is symmetric for the logarithm of a positive parameter, whose estimate is closer to normal than its own; where the likelihood is far from normal its ends are those of the profile, and may be 0 or infinite.</remarks>
public sealed record ParameterEstimate(string Name, string SiUnit, double Value, double StandardError, double Lower, double Upper)
{
    /// <summary>Estimates as a table: parameter, unit, estimate, standardError, lower, upper, one row each.</summary>
    internal static DataTable Table(IEnumerable<ParameterEstimate> parameters)
    {
        DataTable table = new("parameters") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("parameter", typeof(string));
        table.Columns.Add("unit", typeof(string));
        foreach (string column in (string[])["estimate", "standardError", "lower", "upper"]) table.Columns.Add(column, typeof(double));
        foreach (ParameterEstimate parameter in parameters)
            table.Rows.Add(parameter.Name, parameter.SiUnit, parameter.Value, parameter.StandardError, parameter.Lower, parameter.Upper);
        return table;
    }
}
