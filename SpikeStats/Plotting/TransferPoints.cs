namespace SpikeStats.Plotting;

/// <summary>Simulated or measured rates, and what the theory says at the same inputs.</summary>
/// <param name="Means">Mean inputs, in volts; length n.</param>
/// <param name="Rates">Rates, in spikes per second; length n.</param>
/// <param name="StandardErrors">Their standard errors, in spikes per second; length n.</param>
/// <param name="Predicted">Rates of the theory at these inputs, in spikes per second; length n.</param>
public sealed record TransferPoints(ReadOnlyMemory<double> Means, ReadOnlyMemory<double> Rates, ReadOnlyMemory<double> StandardErrors, ReadOnlyMemory<double> Predicted)
{
    /// <summary>The residuals (rate - prediction)/(standard error), dimensionless; length n.</summary>
    internal double[] Residuals => [.. Enumerable.Range(0, Means.Length).Select(i => (Rates.Span[i] - Predicted.Span[i]) / StandardErrors.Span[i])];

    /// <summary>The rates, some standard errors up or down; length n.</summary>
    internal double[] Bound(double quantile) => [.. Enumerable.Range(0, Means.Length).Select(i => Rates.Span[i] + (quantile * StandardErrors.Span[i]))];

    internal void Validate()
    {
        if (Rates.Length != Means.Length || StandardErrors.Length != Means.Length || Predicted.Length != Means.Length)
            throw new ArgumentException($"{Means.Length} inputs need as many rates ({Rates.Length}), standard errors ({StandardErrors.Length}) and predictions ({Predicted.Length}).");
    }
}
