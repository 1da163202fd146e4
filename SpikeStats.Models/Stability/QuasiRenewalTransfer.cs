using SpikeStats.Models.Glm;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Stability;

/// <summary>The rate of a unit whose last spike acts exactly and everything else through its mean: f(A) of the quasi-renewal approximation.</summary>
/// <remarks>The law of the counts enters through its hazard, so that a bin ends the interval with the probability that it holds a spike.</remarks>
internal sealed class QuasiRenewalTransfer
{
    private readonly GlmModel model;
    private readonly double[] history, hazard, predictor;
    private readonly double binWidth;

    public QuasiRenewalTransfer(GlmModel model)
    {
        // Only where the predictor is the logarithm of a rate do the factors e^h of many spikes average as the approximation has it.
        if (model.Observation.Offset(Math.E) == 0)
        {
            throw new ArgumentException(
                $"Unit '{model.Unit}' has the link '{model.Observation.Link}', which is not exponential; the quasi-renewal verdict does not apply to it.", nameof(model));
        }

        this.model = model;
        history = PostSpikeGain.Of(model);
        hazard = new double[history.Length + 1];
        predictor = new double[history.Length + 1];
        binWidth = model.BinWidth;
    }

    /// <summary>f, in hertz.</summary>
    /// <param name="meanRate">A, the mean rate of the unit's earlier spikes, in hertz.</param>
    /// <param name="drive">What acts besides the unit's own spikes and its baseline: the logarithm of a factor.</param>
    public double At(double meanRate, double drive)
    {
        // ∫_s^∞ (e^h - 1) over the bins after the present one, updated from the longest lag down; the survival is needed from the shortest up.
        double constant = model.Baseline + model.Observation.Offset(binWidth) + drive, remaining = PostSpikeGain.Excess(history, binWidth);
        for (int bin = 0; bin < history.Length; bin++)
        {
            remaining -= (Math.Exp(history[bin]) - 1) * binWidth;
            predictor[bin] = constant + history[bin] + (meanRate * remaining);
        }

        predictor[^1] = constant;
        model.Observation.Hazard(predictor, hazard);
        double survival = 1, interval = 0;
        for (int bin = 0; bin < history.Length; bin++)
        {
            interval += survival;
            survival *= Math.Exp(-hazard[bin]);
        }

        // Beyond the last lag the hazard is constant and the interval geometric: its mean length, in bins, in closed form.
        return 1 / (binWidth * (interval + (survival / -Exponentials.MinusOne(-hazard[^1]))));
    }
}
