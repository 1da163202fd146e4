using System.Globalization;
using System.Numerics;
using MathNet.Numerics.Distributions;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Ensembles;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>Leaky integrate-and-fire neurons under white noise, simulated and in theory side by side: rate, regularity, law of the intervals and response to a modulation.</summary>
/// <remarks>
/// For the schemes that look at the threshold after each step theory is that of <see cref="DiscreteTime.Equivalent"/>, which holds for short steps. Of each neuron the same number of
/// intervals is used, so that long ones are not missing. The response is that to a sum of sines, estimated by χ = 2i/(εNT) Σ e^(-2πift) over all spikes; a first second is left out.
/// </remarks>
public sealed record LeakyValidation
{
    // Neurons forget how they started, and what the modulation was before.
    private const double Settling = 1;

    // So many standard deviations of the count are kept as a reserve for neurons with few spikes.
    private const double Reserve = 6;

    private LeakyValidation(LeakyValidationOptions options) => Options = options;

    /// <summary>How they were compared.</summary>
    public LeakyValidationOptions Options { get; }

    /// <summary>What was simulated and how, in a sentence.</summary>
    public required string Scheme { get; init; }

    /// <summary>Rate, coefficient of variation, and real and imaginary part of each susceptibility.</summary>
    public required IReadOnlyList<ValidationRow> Rows { get; init; }

    /// <summary>The intervals against the first-passage law, by the test of Kolmogorov and Smirnov.</summary>
    public required KolmogorovSmirnovResult Intervals { get; init; }

    /// <summary>The simulated intervals, in seconds.</summary>
    public required IReadOnlyList<double> SimulatedIntervals { get; init; }

    /// <summary>Their law in theory.</summary>
    public required LeakyPassage Law { get; init; }

    /// <summary>The frequencies of the susceptibilities, in hertz.</summary>
    public required IReadOnlyList<double> Frequencies { get; init; }

    /// <summary>The simulated susceptibilities, in hertz per volt.</summary>
    public required IReadOnlyList<Complex> Susceptibilities { get; init; }

    /// <summary>The normal deviate that is as improbable as the test of the intervals, dimensionless and not negative.</summary>
    public double IntervalDeviate => Normal.InvCDF(0, 1, 1 - (0.5 * Math.Clamp(Intervals.PValue, 1e-15, 1)));

    /// <summary>The largest |z| of all, dimensionless.</summary>
    public double LargestDeviate => Math.Max(IntervalDeviate, Rows.Max(row => Math.Abs(row.Z)));

    /// <summary>Whether no |z| exceeds the bound.</summary>
    public bool IsPassed => LargestDeviate <= Options.Bound;

    /// <summary>Simulates and compares.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">Mean and noise.</param>
    /// <param name="seed">Seed of the simulations.</param>
    /// <param name="ensemble">How many neurons and how they are simulated; 1000 if null.</param>
    /// <param name="options">What is compared.</param>
    /// <param name="progress">Receives the fraction done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The numbers side by side.</returns>
    /// <exception cref="ArgumentException">There is no noise, or the neurons fire too seldom for the duration.</exception>
    /// <exception cref="UnstableStepException">Euler's scheme would be unstable.</exception>
    public static LeakyValidation Run(
        LeakyIntegrateAndFire neuron,
        WhiteNoiseInput input,
        ulong seed,
        EnsembleOptions? ensemble = null,
        LeakyValidationOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        options ??= new LeakyValidationOptions();
        ensemble = (ensemble ?? new EnsembleOptions { Count = 1000 }) with { WarmUp = Settling };
        if (ensemble.Count < 2) throw new ArgumentException("A standard error needs at least two neurons.", nameof(ensemble));
        IntegrateAndFireEnsemble steady = new(neuron, input, ensemble);
        (LeakyIntegrateAndFire equivalent, WhiteNoiseInput noise) = DiscreteTime.Equivalent(neuron, input, ensemble.TimeStep, ensemble.Scheme);
        LeakyPassage law = new(equivalent, noise);
        double rate = Siegert.Rate(equivalent, noise), variation = Siegert.CoefficientOfVariation(equivalent, noise), spikes = rate * options.Duration;
        int perNeuron = (int)Math.Floor(spikes - (Reserve * variation * Math.Sqrt(spikes)) - 1);
        if (perNeuron < 1)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"At {rate:G3} Hz neurons fire too seldom for {options.Duration} s: take {Math.Ceiling(100 / rate)} s or more."), nameof(options));
        }

        Recording recording = steady.Simulate(options.Duration, seed, Half(progress, 0), cancellationToken);
        double[] intervals = [.. recording.Trains.SelectMany(train => FirstIntervals(train, perNeuron))];
        double[] frequencies = [.. options.Frequencies.Select(frequency => Math.Max(1, Math.Round(frequency * options.Duration)) / options.Duration)];
        Complex[] responses = Responses(neuron, input, ensemble, options, frequencies, seed + 1, Half(progress, 0.5), cancellationToken);
        return new LeakyValidation(options)
        {
            Scheme = steady.Scheme,
            Rows = [RateRow(recording, rate), VariationRow(intervals, variation), .. frequencies.SelectMany((frequency, i) => ResponseRows(frequency, responses[i]))],
            Intervals = KolmogorovSmirnov.Test([.. intervals.Select(interval => Math.Clamp(1 - Math.Exp(law.LogSurvivor(interval)), 0, 1)).Order()]),
            SimulatedIntervals = intervals,
            Law = law,
            Frequencies = frequencies,
            Susceptibilities = responses,
        };

        IEnumerable<ValidationRow> ResponseRows(double frequency, Complex response)
        {
            LeakyTransfer transfer = new(equivalent);
            Complex expected = transfer.Susceptibility(noise, frequency);
            double error = Math.Sqrt(2 * transfer.PowerSpectrum(noise, frequency) / (ensemble.Count * options.Duration)) / (options.Modulation * input.Sigma);
            string name = string.Create(CultureInfo.InvariantCulture, $"susceptibility at {frequency} Hz");
            yield return new ValidationRow($"{name}, real part", "Hz/V", expected.Real, response.Real, error);
            yield return new ValidationRow($"{name}, imaginary part", "Hz/V", expected.Imaginary, response.Imaginary, error);
        }
    }

    private static IEnumerable<double> FirstIntervals(SpikeTrain train, int count)
    {
        double[] times = train.Times.ToArray();
        return Enumerable.Range(0, Math.Min(count, times.Length - 1)).Select(i => times[i + 1] - times[i]);
    }

    private static ValidationRow RateRow(Recording recording, double expected)
    {
        double[] rates = [.. recording.Trains.Select(train => train.Count / recording.Observed.Duration)];
        double mean = rates.Average(), variance = rates.Sum(rate => (rate - mean) * (rate - mean)) / (rates.Length - 1);
        return new ValidationRow("rate", "Hz", expected, mean, Math.Sqrt(variance / rates.Length));
    }

    // The standard error by the influence of each interval on the quotient.
    private static ValidationRow VariationRow(double[] intervals, double expected)
    {
        double mean = intervals.Average(), variance = intervals.Sum(interval => (interval - mean) * (interval - mean)) / intervals.Length, found = Math.Sqrt(variance) / mean;
        double squares = intervals.Sum(interval =>
        {
            double deviation = (interval / mean) - 1, influence = (((deviation * deviation) - (found * found)) / (2 * found)) - (found * deviation);
            return influence * influence;
        });
        return new ValidationRow("coefficient of variation", "", expected, found, Math.Sqrt(squares) / intervals.Length);
    }

    private static Complex[] Responses(
        LeakyIntegrateAndFire neuron, WhiteNoiseInput input, EnsembleOptions ensemble, LeakyValidationOptions options, double[] frequencies, ulong seed, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (frequencies.Length == 0) return [];
        double amplitude = options.Modulation * input.Sigma;
        TimeVaryingInput modulated = TimeVaryingInput.Of(time => input.Mean + (amplitude * frequencies.Sum(frequency => Math.Sin(2 * Math.PI * frequency * (time - Settling)))), _ => input.Sigma);
        Recording recording = new IntegrateAndFireEnsemble(neuron, modulated, ensemble with { WarmUp = 0 }).Simulate(Settling + options.Duration, seed, progress, cancellationToken);
        Complex factor = new(0, 2 / (amplitude * ensemble.Count * options.Duration));
        return [.. frequencies.Select(frequency => factor * recording.Trains.Aggregate(Complex.Zero, (sum, train) => sum + Transform(train, frequency)))];
    }

    private static Complex Transform(SpikeTrain train, double frequency)
    {
        (double real, double imaginary) = (0, 0);
        foreach (double time in train.Times)
        {
            if (time < Settling) continue;
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * frequency * (time - Settling));
            real += cosine;
            imaginary -= sine;
        }

        return new Complex(real, imaginary);
    }

    private static Progress? Half(IProgress<double>? progress, double from) => progress is null ? null : new Progress(progress, from);

    private sealed class Progress(IProgress<double> whole, double from) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (0.5 * value));
    }
}
