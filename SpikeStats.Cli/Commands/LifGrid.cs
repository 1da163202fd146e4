using System.Globalization;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Commands;

/// <summary>Neurons and inputs from a table: columns in volts and seconds under a header, a point in each row.</summary>
internal static class LifGrid
{
    private const int Mu = 0, Sigma = 1, Tau = 2, Threshold = 3, Reset = 4, Refractory = 5;

    private static readonly NumberColumn[] columns =
    [
        NumberColumn.Voltage("mu"), NumberColumn.NotNegative("sigma", "volts"), NumberColumn.Positive("tau", "seconds"),
        NumberColumn.Voltage("threshold"), NumberColumn.Voltage("reset"), NumberColumn.NotNegative("refractory", "seconds"),
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
        (IReadOnlyList<bool> isThere, IReadOnlyList<(long Line, double[] Values)> rows) = new NumberTable(columns).Read(path);
        double?[] given = [mean, sigma, neuron.TimeConstant, neuron.Threshold, neuron.Reset, neuron.RefractoryPeriod];
        for (int i = 0; i < columns.Length; i++)
        {
            if (given[i] is null && !isThere[i]) throw new UsageException($"The grid {path} has no column {columns[i].Name}; state it for all rows, for example --{columns[i].Name} 5mV.");
        }

        LifPoint[] points = new LifPoint[rows.Count];
        for (int row = 0; row < points.Length; row++)
        {
            (long line, double[] values) = rows[row];
            for (int i = 0; i < columns.Length; i++)
            {
                if (!isThere[i]) values[i] = given[i]!.Value;
            }

            points[row] = Point(path, line, values);
        }

        return points;
    }

    private static LifPoint Point(string path, long line, double[] values)
    {
        if (values[Reset] >= values[Threshold])
            throw new InvalidGridException(path, string.Create(CultureInfo.InvariantCulture, $"the reset ({values[Reset]} V) must lie below the threshold ({values[Threshold]} V)"), NumberTable.Remedy, line);
        LeakyIntegrateAndFire neuron = new() { TimeConstant = values[Tau], Threshold = values[Threshold], Reset = values[Reset], RefractoryPeriod = values[Refractory] };
        return new LifPoint(neuron, new WhiteNoiseInput(values[Mu], values[Sigma]));
    }
}
