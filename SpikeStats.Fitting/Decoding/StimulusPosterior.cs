using System.Data;
using System.Globalization;
using MathNet.Numerics;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>A reconstructed stimulus: its most probable frames, their uncertainty, and what the spikes told about it.</summary>
public sealed class StimulusPosterior
{
    private const double NormalQuantile = 1.959963984540054;
    private readonly StimulusPrior prior;
    private readonly FrameGrid frames;
    private readonly BandedCholesky factor;
    private readonly double[] times;
    private readonly double[] mean;
    private readonly double[] deviations;

    internal StimulusPosterior(StimulusReconstruction reconstruction, FrameGrid frames, double[] mean, BandedCholesky factor, FitCertificate certificate)
    {
        Signal = reconstruction.Signal;
        prior = reconstruction.Prior;
        this.frames = frames;
        this.mean = mean;
        this.factor = factor;
        times = frames.Times();
        deviations = Array.ConvertAll(factor.InverseDiagonal(), Math.Sqrt);
        Certificate = certificate;
        Duration = frames.Grid.BinCount * frames.Grid.BinWidth;
        double priorLogDeterminant = 0;
        for (int segment = 0; segment < frames.Grid.Segments.Length; segment++)
        {
            int count = frames.FramesOf(segment).Count;
            double[] atMean = [.. Enumerable.Repeat(prior.Mean, count)];
            priorLogDeterminant -= 2 * prior.AddEnergy(atMean, new double[count]);
        }

        Information = 0.5 * (factor.LogDeterminant - priorLogDeterminant) / Constants.Ln2;
    }

    /// <summary>Name of the reconstructed signal.</summary>
    public string Signal { get; }

    /// <summary>Start of every frame, in seconds.</summary>
    public ReadOnlySpan<double> Times => times;

    /// <summary>Duration of a frame, in seconds; the last frame of an observed interval may be shorter.</summary>
    public double FrameDuration => frames.BinsPerFrame * frames.Grid.BinWidth;

    /// <summary>Time that was reconstructed, in seconds.</summary>
    public double Duration { get; }

    /// <summary>The most probable value of every frame, in the unit of the signal.</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>Posterior standard deviation of every frame, in the unit of the signal: √diag of the inverse Hessian, exact.</summary>
    public ReadOnlySpan<double> StandardDeviations => deviations;

    /// <summary>How far the reconstruction is from the maximum of the posterior.</summary>
    public FitCertificate Certificate { get; }

    /// <summary>Entropy that the spikes took from the stimulus, in bits: ½ log₂ (det H / det P), with H and P the inverse covariances after and before.</summary>
    /// <remarks>Its mean over recordings is the mutual information in Laplace's approximation (Pillow et al. 2011, section 5).</remarks>
    public double Information { get; }

    /// <summary>The reconstruction as a signal, to be drawn or compared.</summary>
    /// <returns>One sample per frame, at its start; regular if there is one observed interval.</returns>
    /// <exception cref="InvalidOperationException">There is no frame.</exception>
    public SampledSignal ToSignal()
    {
        if (mean.Length == 0) throw new InvalidOperationException("No frame was reconstructed: no observed interval holds a bin.");
        return frames.Grid.Segments.Length == 1
            ? SampledSignal.Regular(Signal, mean, times[0], 1 / FrameDuration)
            : SampledSignal.Irregular(Signal, times, mean);
    }

    /// <summary>Judges the reconstruction by the true stimulus.</summary>
    /// <remarks>For an honest score the models were fitted to another recording, or to another part of this one.</remarks>
    /// <param name="truth">The true signal; its mean over each frame is the truth.</param>
    /// <returns>The score.</returns>
    /// <exception cref="InvalidRecordingException">The signal does not cover the frames.</exception>
    public StimulusScore Score(SampledSignal truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        double[] actual = frames.Average(truth.InBins(frames.Grid)), residual = new double[mean.Length], unused = new double[mean.Length];
        int count = mean.Length;
        double average = actual.Sum() / count, squared = 0, total = 0, priorEnergy = 0;
        int covered = 0;
        for (int i = 0; i < count; i++)
        {
            residual[i] = actual[i] - mean[i];
            squared += residual[i] * residual[i];
            total += (actual[i] - average) * (actual[i] - average);
            if (Math.Abs(residual[i]) <= NormalQuantile * deviations[i]) covered++;
        }

        for (int segment = 0; segment < frames.Grid.Segments.Length; segment++)
        {
            (int first, int length) = frames.FramesOf(segment);
            priorEnergy += prior.AddEnergy(actual.AsSpan(first, length), unused.AsSpan(first, length));
        }

        double gain = (0.5 * (factor.LogDeterminant - factor.QuadraticForm(residual))) + priorEnergy;
        return new StimulusScore(count, 1 - (squared / total), (double)covered / count, gain / Constants.Ln2 / Duration);
    }

    /// <summary>The reconstruction as a table: start (s), estimate, standardDeviation, lower, upper (95 %), all in the unit of the signal.</summary>
    /// <returns>One row per frame.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("stimulus") { Locale = CultureInfo.InvariantCulture };
        foreach (string column in (string[])["start", "estimate", "standardDeviation", "lower", "upper"]) table.Columns.Add(column, typeof(double));
        for (int i = 0; i < mean.Length; i++)
            table.Rows.Add(times[i], mean[i], deviations[i], mean[i] - (NormalQuantile * deviations[i]), mean[i] + (NormalQuantile * deviations[i]));
        return table;
    }
}
