using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Commands;

/// <summary>Results of theory, for people: millivolts and milliseconds.</summary>
internal static class TheoryText
{
    /// <summary>Millivolts per volt, milliseconds per second.</summary>
    public const double Thousand = 1000;

    private const double Degrees = 180 / Math.PI;
    private const int InstantsPerLine = 5;

    public static string Of(LifTheoryDocument document)
    {
        AlignedTable table = new(
            "mu (mV)", "sigma (mV)", "tau (ms)", "threshold (mV)", "reset (mV)", "refractory (ms)", "rate (Hz)", "log rate", "CV", "dRate/dMu (Hz/mV)", "dRate/dSigma (Hz/mV)");
        foreach (LifTheoryDocument.RateRow row in document.Rows)
        {
            table.Add(
                Milli(row.Mu), Milli(row.Sigma), Milli(row.Tau), Milli(row.Threshold), Milli(row.Reset), Milli(row.Refractory),
                Many(row.Rate), Many(row.LogRate), NumberText.Of(row.Cv), NumberText.Of(row.DRateDMu / Thousand), NumberText.Of(row.DRateDSigma / Thousand));
        }

        return table.ToString();
    }

    public static string Of(TransferDocument document)
    {
        AlignedTable table = new(["mu (mV)", .. document.Curves.Select(curve => (TableColumn)Noise(curve.Sigma))]);
        for (int i = 0; i < document.Mu.Count; i++) table.Add([Milli(document.Mu[i]), .. document.Curves.Select(curve => Many(curve.Rate[i]))]);
        if (document.Measured is not { } measured) return $"Rates in Hz.{Step(document)}\n\n{table}";
        AlignedTable residuals = new("mu (mV)", "sigma (mV)", "measured (Hz)", "SE (Hz)", "theory (Hz)", "residual (SE)");
        foreach (TransferDocument.MeasuredRow row in measured)
            residuals.Add(Milli(row.Mu), Milli(row.Sigma), Many(row.Rate), NumberText.Of(row.StandardError), Many(row.Predicted), NumberText.Fixed(row.Residual, 2));
        return $"Rates in Hz.{Step(document)}\n\n{table}\n{residuals}";
    }

    public static string Of(IntervalTheoryDocument document)
    {
        AlignedTable table = new("interval (ms)", "density (1/s)", "survivor", "hazard (1/s)");
        foreach (IntervalTheoryDocument.IntervalRow row in document.Rows) table.Add(Milli(row.Interval), NumberText.Of(row.Density), NumberText.Of(row.Survivor), NumberText.Of(row.Hazard));
        string observed = document.Observed is not { } unit
            ? ""
            : $"Unit {unit.Target}: {NumberText.Count(unit.IntervalCount, "interval")}, mean {NumberText.Seconds(unit.Mean)}, CV {NumberText.Of(unit.Cv)}; against the theory KS D {NumberText.Of(unit.Ks.Statistic)}, p {NumberText.Probability(unit.Ks.PValue)}\n";
        return $"Rate {Many(document.Rate)} Hz, mean interval {NumberText.Seconds(document.Mean)}, CV {NumberText.Of(document.Cv)}\n{observed}\n{table}";
    }

    public static string Of(DensityDocument document)
    {
        AlignedTable table = new("time (ms)", "mu (mV)", "rate (Hz)", "mean voltage (mV)", "refractory");
        for (int i = 0; i < document.Density.Count; i += InstantsPerLine)
        {
            DensityDocument.InstantEntry instant = document.Density[i];
            int step = Math.Clamp((int)(instant.Time / document.TimeStep), 0, document.Rate.Count - 1);
            double mass = 0, moment = 0;
            for (int row = 0; row < instant.Values.Count; row++)
            {
                (double low, double high) = (document.VoltageEdges[row], document.VoltageEdges[row + 1]);
                mass += (high - low) * instant.Values[row];
                moment += 0.5 * (high + low) * (high - low) * instant.Values[row];
            }

            table.Add(Milli(instant.Time), Milli(document.Mu[step]), Many(document.Rate[step]), Milli(moment / mass), NumberText.Fixed(instant.RefractoryShare, 4));
        }

        return table.ToString();
    }

    public static string Of(SusceptibilityDocument document)
    {
        AlignedTable table = new("f (Hz)", "|chiMu| (Hz/mV)", "phase (deg)", "|chiVar| (Hz)", "phase (deg)", "spectrum (Hz)", "coherence", "of signal");
        foreach (SusceptibilityDocument.FrequencyRow row in document.Rows)
        {
            table.Add(
                Many(row.Frequency), Many(row.ChiMu.Gain / Thousand), NumberText.Fixed(row.ChiMu.Phase * Degrees, 2), Many(row.ChiVar.Gain),
                NumberText.Fixed(row.ChiVar.Phase * Degrees, 2), Many(row.PowerSpectrum), NumberText.Fixed(row.Coherence, 4), NumberText.Fixed(row.SignalCoherence, 4));
        }

        SusceptibilityDocument.WhiteSignalEntry signal = document.Signal;
        return $"""
            Rate {Many(document.Rate)} Hz, CV {NumberText.Of(document.Cv)}
            A white Gaussian signal of {Milli(signal.StandardDeviation)} mV up to {NumberText.Of(signal.Band)} Hz: at least {NumberText.Of(signal.InformationRate)} bits/s, {NumberText.Of(signal.InformationPerSpike)} bits/spike

            {table}
            """;
    }

    public static string Of(ResonanceDocument document)
    {
        AlignedTable table = new("sigma (mV)", "gain (Hz/mV)", "background (Hz)", "signal to noise (Hz)", "modulation", new TableColumn("linear", IsNumber: false));
        foreach (ResonanceDocument.NoiseRow row in document.Rows)
        {
            table.Add(
                Milli(row.Sigma), NumberText.Of(row.Gain / Thousand), NumberText.Of(row.Background), NumberText.Of(row.SignalToNoise), NumberText.Of(row.ModulationDepth),
                row.IsLinear ? "yes" : "no");
        }

        ResonanceDocument.NoiseRow ratio = document.BestForSignalToNoise.Point, gain = document.BestForGain.Point;
        return $"""
            {Signal(document)}
            Best signal to noise: {Many(ratio.SignalToNoise)} Hz at sigma = {Many(ratio.Sigma * Thousand)} mV
            Largest gain: {Many(gain.Gain / Thousand)} Hz/mV at sigma = {Many(gain.Sigma * Thousand)} mV

            {table}
            """;
    }

    /// <summary>A level of noise, as legends and headers name it.</summary>
    public static string Noise(double sigma) => sigma == 0 ? "no noise" : $"sigma {Milli(sigma)} mV";

    /// <summary>That rates are those of a simulation in steps, in a sentence after a blank; empty if they are not.</summary>
    public static string Step(TransferDocument document) => document.TimeStep is { } step ? $" Theory for a simulation in steps of {NumberText.Seconds(step)}." : "";

    /// <summary>A neuron and its input, in a sentence.</summary>
    public static string Point(LeakyIntegrateAndFire neuron, WhiteNoiseInput input) => $"Input: mu {Milli(input.Mean)} mV, sigma {Milli(input.Sigma)} mV. {Neuron(neuron)}";

    /// <summary>A neuron, in a sentence.</summary>
    public static string Neuron(LeakyIntegrateAndFire neuron) =>
        $"Neuron: tau {Milli(neuron.TimeConstant)} ms, threshold {Milli(neuron.Threshold)} mV, reset {Milli(neuron.Reset)} mV, refractory period {Milli(neuron.RefractoryPeriod)} ms.";

    /// <summary>The signal of a resonance, in a sentence.</summary>
    public static string Signal(ResonanceDocument document) =>
        $"Signal of {Milli(document.Amplitude)} mV at {NumberText.Of(document.Frequency)} Hz around mu {Milli(document.Mu)} mV.";

    private static string Milli(double value) => NumberText.Of(value * Thousand);

    private static string Many(double value) => NumberText.Of(value, 6);
}
