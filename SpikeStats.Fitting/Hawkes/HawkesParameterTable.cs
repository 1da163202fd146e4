using System.Data;
using System.Globalization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The parameters of a Hawkes process as a table, and by name.</summary>
internal static class HawkesParameterTable
{
    public static DataTable Of(IReadOnlyList<HawkesParameter> parameters)
    {
        DataTable table = new("parameters") { Locale = CultureInfo.InvariantCulture };
        foreach (string column in (string[])["parameter", "target", "source"]) table.Columns.Add(column, typeof(string));
        foreach (string column in (string[])["estimate", "standardError", "lower", "upper"]) table.Columns.Add(column, typeof(double));
        table.Columns.Add("atBound", typeof(bool));
        foreach (HawkesParameter parameter in parameters)
        {
            table.Rows.Add(
                parameter.Name, parameter.Target, parameter.Source, parameter.Estimate, parameter.StandardError, parameter.Lower, parameter.Upper, parameter.IsAtBound);
        }

        return table;
    }

    public static HawkesParameter Find(IReadOnlyList<HawkesParameter> parameters, string name) =>
        parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"There is no parameter '{name}'. Parameters begin with {string.Join(", ", parameters.Take(8).Select(parameter => parameter.Name))}.", nameof(name));
}
