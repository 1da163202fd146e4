using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.MeanField;

/// <summary>Small deviations of a network from a fixed point: they grow by e^(λt) where det(1 - M(λ)) = 0.</summary>
internal sealed class LinearisedNetwork
{
    private readonly FixedPoint point;
    private readonly LeakyTransfer[] transfers;

    // A neuron that never fires does not respond: only the populations that fire take part.
    private readonly int[] active;
    private readonly Projection[] projections;

    public LinearisedNetwork(RateNetwork network, FixedPoint point)
    {
        if (point.Rates.Count != network.Populations.Count) throw new ArgumentException($"The fixed point has {point.Rates.Count} rates, the network {network.Populations.Count} populations.", nameof(point));
        this.point = point;
        active = [.. Enumerable.Range(0, point.Rates.Count).Where(i => point.Rates[i] > 0)];
        projections = [.. network.Projections.Where(projection => point.Rates[projection.Target] > 0 && point.Rates[projection.Source] > 0)];
        transfers = [.. active.Select(i => network.Populations[i].Transfer as LeakyTransfer
            ?? throw new ArgumentException($"The modes need the response at complex frequencies, known in closed form for leaky neurons only; population {i} has another transfer. Give it a LeakyTransfer.", nameof(network)))];
    }

    /// <summary>Whether no population that fires acts on one that fires.</summary>
    public bool IsUncoupled => projections.Length == 0;

    /// <summary>det(1 - M(λ)).</summary>
    public Complex Characteristic(Complex rate)
    {
        Complex[,] feedback = Feedback(rate);
        if (transfers.Length == 1) return 1 - feedback[0, 0];
        return (Matrix<Complex>.Build.DenseIdentity(transfers.Length) - Matrix<Complex>.Build.DenseOfArray(feedback)).Determinant();
    }

    /// <summary>A bound of the moduli of the eigenvalues of M(λ): its norm in the units of the stationary rates.</summary>
    public double Norm(Complex rate)
    {
        Complex[,] feedback = Feedback(rate);
        double norm = 0;
        for (int i = 0; i < transfers.Length; i++)
        {
            double row = 0;
            for (int j = 0; j < transfers.Length; j++) row += Complex.Abs(feedback[i, j]) * point.Rates[active[j]];
            norm = Math.Max(norm, row / point.Rates[active[i]]);
        }

        return norm;
    }

    // M_ij = Σ τ_i K J e^(-λd) [χ_i(λ) + J χ_i,σ²(λ)/σ_i²].
    private Complex[,] Feedback(Complex rate)
    {
        Complex[,] feedback = new Complex[transfers.Length, transfers.Length];
        (Complex Mean, Complex Variance)[] responses = [.. transfers.Select((transfer, i) => transfer.Responses(point.Inputs[active[i]], rate))];
        foreach (Projection projection in projections)
        {
            int i = Array.IndexOf(active, projection.Target), j = Array.IndexOf(active, projection.Source);
            double sigma = point.Inputs[projection.Target].Sigma, strength = transfers[i].Neuron.TimeConstant * projection.InDegree * projection.Weight;
            feedback[i, j] += strength * Complex.Exp(-rate * projection.Delay) * (responses[i].Mean + (projection.Weight / (sigma * sigma) * responses[i].Variance));
        }

        return feedback;
    }
}
