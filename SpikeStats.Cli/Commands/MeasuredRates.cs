using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Commands;

/// <summary>Measured or simulated rates from a table, to be held against theory.</summary>
internal static class MeasuredRates
{
    private const int Mu = 0, Sigma = 1, Rate = 2, StandardError = 3;

    private static readonly NumberColumn[] columns =
        [NumberColumn.Voltage("mu"), NumberColumn.NotNegative("sigma", "volts"), NumberColumn.NotNegative("rate", "hertz"), NumberColumn.Positive("standardError", "hertz")];

    /// <summary>Reads the rates.</summary>
    /// <param name="path">A file of comma-separated values.</param>
    /// <param name="neuron">The neuron of the theory, with the steps of the simulation.</param>
    /// <param name="sigma">σ, in volts, if there is no such column; null if no single one is stated.</param>
    /// <returns>The rates with those of the theory; at least one.</returns>
    /// <exception cref="InvalidGridException">The header, a row or a value cannot be used, or there is no row.</exception>
    /// <exception cref="UsageException">Neither a column nor an option states the noise.</exception>
    public static IReadOnlyList<TransferDocument.MeasuredRow> Read(string path, SimulatedNeuron neuron, double? sigma)
    {
        (IReadOnlyList<bool> isThere, IReadOnlyList<(long Line, double[] Values)> rows) = new NumberTable(columns).Read(path);
        foreach (int needed in (int[])[Mu, Rate, StandardError])
        {
            if (!isThere[needed]) throw new InvalidGridException(path, $"there is no column {columns[needed].Name}", "write columns mu, rate and standardError, and sigma unless --sigma states one");
        }

        if (!isThere[Sigma] && sigma is null) throw new UsageException($"The table {path} has no column sigma; state one for all rows, for example --sigma 5mV.");
        return [.. rows.Select(row => Of(row.Values))];

        TransferDocument.MeasuredRow Of(double[] values)
        {
            double noise = isThere[Sigma] ? values[Sigma] : sigma!.Value, predicted = Siegert.Rate(neuron.At(noise), new WhiteNoiseInput(values[Mu], noise));
            return new TransferDocument.MeasuredRow(values[Mu], noise, values[Rate], values[StandardError], predicted, (values[Rate] - predicted) / values[StandardError]);
        }
    }
}
