using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Commands;

/// <summary>Neurons and inputs from a table: columns in volts and seconds under a header, a point in each row.</summary>
internal static class LifGrid
{
    private const int Mu = 0, Sigma = 1, Tau = 2, Threshold = 3, Reset = 4, Refractory = 5;
    private const string Remedy = "mend or remove the row";

    private static readonly (string Name, string Demand, Func<double, bool> Holds)[] columns =
    [
        ("mu", "finite, in volts", double.IsFinite),
        ("sigma", "finite and not negative, in volts", value => value >= 0 && double.IsFinite(value)),
        ("tau", "finite and positive, in seconds", value => value > 0 && double.IsFinite(value)),
        ("threshold", "finite, in volts", double.IsFinite),
        ("reset", "finite, in volts", double.IsFinite),
        ("refractory", "finite and not negative, in seconds", value => value >= 0 && double.IsFinite(value)),
    ];

    /// <summary>Reads the points.</summary>
    /// <param name="path">A file of comma-separated values.</param>
    /// <param name="neuron">The values of columns that the file has not.</param>
    /// <param name="mean">μ, in volts, if there is no such column; null if it is not stated.</param>
    /// <param name="sigma">σ, in volts, if there is no such column; null if it is not stated.</param>
    /// <returns>At least one point.</returns>
    /// <exception cref="InvalidGridException">The header, a row or a value cannot be used, or there is no row.</exception>
    /// <exception cref="UsageException">Neither a column nor an option states the mean or the noise.</exception>
    public static IReadOnlyList<LifPoint> Read(string path, LeakyIntegrateAndFire neuron, double? mean, double? sigma)
    {
        using TextTable table = TextTable.Open(path, ',');
        if (!table.Read()) throw new InvalidGridException(path, "the file is empty", $"write a header ({string.Join(',', columns.Select(column => column.Name))}) and at least one row");
        int[] places = Places(table);
        double?[] given = [mean, sigma, neuron.TimeConstant, neuron.Threshold, neuron.Reset, neuron.RefractoryPeriod];
        for (int i = 0; i < columns.Length; i++)
        {
            if (given[i] is null && !places.Contains(i)) throw new UsageException($"The grid {path} has no column {columns[i].Name}; state it for all rows, for example --{columns[i].Name} 5mV.");
        }

        List<LifPoint> points = [];
        while (table.Read()) points.Add(Point(table, places, [.. given.Select(value => value ?? double.NaN)]));
        return points.Count > 0 ? points : throw new InvalidGridException(path, "the grid is empty: there is no row below the header", "add at least one row");
    }

    // Which of the columns each field of the header is.
    private static int[] Places(TextTable table)
    {
        int[] places = new int[table.FieldCount];
        for (int field = 0; field < places.Length; field++)
        {
            string name = table.Text(field).TrimStart('\uFEFF');
            places[field] = Array.FindIndex(columns, column => column.Name == name);
            if (places[field] < 0)
                throw new InvalidGridException(table.Path, $"there is no quantity '{name}'", $"name the columns {string.Join(", ", columns.Select(column => column.Name))}", table.Row);
            if (Array.IndexOf(places, places[field]) < field) throw new InvalidGridException(table.Path, "the column stands there twice", "leave one of them out", table.Row, name);
        }

        return places;
    }

    private static LifPoint Point(TextTable table, int[] places, double[] values)
    {
        if (table.FieldCount != places.Length)
            throw new InvalidGridException(table.Path, $"it has {NumberText.Count(table.FieldCount, "field")}, but the header has {NumberText.Count(places.Length)}", Remedy + "; write decimal points", table.Row);
        for (int field = 0; field < places.Length; field++)
        {
            (string name, string demand, Func<double, bool> holds) = columns[places[field]];
            string text = table.Text(field);
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                throw new InvalidGridException(table.Path, $"'{text}' is not a number", Remedy + "; the columns are in volts and seconds, without units", table.Row, name);
            if (!holds(value)) throw new InvalidGridException(table.Path, $"{text} is not possible; the value must be {demand}", Remedy, table.Row, name);
            values[places[field]] = value;
        }

        if (values[Reset] >= values[Threshold])
            throw new InvalidGridException(table.Path, string.Create(CultureInfo.InvariantCulture, $"the reset ({values[Reset]} V) must lie below the threshold ({values[Threshold]} V)"), Remedy, table.Row);
        LeakyIntegrateAndFire neuron = new() { TimeConstant = values[Tau], Threshold = values[Threshold], Reset = values[Reset], RefractoryPeriod = values[Refractory] };
        return new LifPoint(neuron, new WhiteNoiseInput(values[Mu], values[Sigma]));
    }
}
