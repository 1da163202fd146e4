using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Reporting;

/// <summary>The model that a report fits to every unit, and how it was chosen.</summary>
/// <remarks>
/// <para><b>Post-spike filter.</b> Eight raised cosines of log time over 200 ms. The first vanishes after 4 ms, so that refractoriness
/// has its own coefficients; the last reach far enough for bursts and for the slow modulation that a shorter filter would leave to the
/// residuals. Where the usual stretch of observation is shorter than half a second, as in short trials, the filter has two fifths of it: bins
/// without a full history are left out, and most should stay.</para>
/// <para><b>Stimulus filter.</b> Over twenty samples of the signal, 50 ms at least and 1 s at most: ten raised cosines, of log time for a fast
/// signal, evenly spaced for a slow one, whose samples are wider than the first functions of the former.</para>
/// <para><b>Smooth effects.</b> Those that were asked for, with second differences penalised by a strength of 1: where a unit never fires its coefficients are
/// small and not infinite.</para>
/// <para><b>Counts.</b> Bernoulli where no bin holds two spikes of the unit, which is exact for bins that only say spike or none; else Poisson.</para>
/// </remarks>
internal sealed class ReportModel
{
    /// <summary>Probability with which the verdict on a unit rejects a true model, at most.</summary>
    public const double Level = 0.05;

    private const double LongestHistory = 0.2;
    private const double ShortestHistory = 0.02;
    private const double HistoryShare = 0.4;
    private const double CouplingWindow = 0.05;
    private const double ShortestStimulus = 0.05;
    private const double LongestStimulus = 1;
    private const double StimulusSamples = 20;
    private const double SlowSignal = 200;
    private const double EffectSmoothness = 1;

    private readonly Recording recording;
    private readonly ReportOptions options;

    public ReportModel(Recording recording, ReportOptions options)
    {
        this.recording = recording;
        this.options = options;
        HistoryBasis = options.HistoryBasis ?? new RaisedCosineLogBasis(8, HistoryWindow(recording.Observed), scaling: 100);
        CouplingBasis = options.CouplingBasis ?? new RaisedCosineLogBasis(4, CouplingWindow);
        Signal = options.Stimulus is not null ? recording.Signal(options.Stimulus) : recording.Signals.Count > 0 ? recording.Signals[0] : null;
        StimulusBasis = options.StimulusBasis ?? (Signal is null ? null : StimulusBasisFor(Signal));
        CoupledUnits = options.HasCouplings ? ActiveUnits.Of(recording, options.LeastSpikes, options.MostCoupledUnits) : [];
    }

    /// <summary>The basis of the post-spike filter.</summary>
    public Basis HistoryBasis { get; }

    /// <summary>The basis of the coupling filters.</summary>
    public Basis CouplingBasis { get; }

    /// <summary>The signal that is averaged before spikes, and filtered if a stimulus filter was asked for; null if there is none.</summary>
    public SampledSignal? Signal { get; }

    /// <summary>The basis of the stimulus filter; null without a signal.</summary>
    public Basis? StimulusBasis { get; }

    /// <summary>The units that act on each other, in the order of the recording; none unless couplings were asked for.</summary>
    public IReadOnlyList<string> CoupledUnits { get; }

    /// <summary>Number of lags of the spike-triggered average: those of the stimulus filter.</summary>
    public int StimulusLagCount => StimulusBasis?.Sample(options.BinWidth, firstLag: 0).RowCount ?? 0;

    /// <summary>The model of a unit.</summary>
    public GlmSpecification For(SpikeTrain train)
    {
        List<GlmTerm> terms = [];
        if (options.Stimulus is not null) terms.Add(new StimulusTerm(options.Stimulus, StimulusBasis!));
        terms.AddRange(options.SmoothTerms.Select(term => term with { Penalty = new Penalty { Smoothness = EffectSmoothness } }));
        terms.Add(new HistoryTerm(HistoryBasis));
        if (CoupledUnits.Contains(train.Unit, StringComparer.Ordinal))
        {
            terms.AddRange(CoupledUnits.Where(source => !string.Equals(source, train.Unit, StringComparison.Ordinal))
                .Select(source => new CouplingTerm(source, CouplingBasis)));
        }

        return new GlmSpecification { Target = train.Unit, BinWidth = options.BinWidth, Observation = ObservationFor(train), Terms = terms };
    }

    private ObservationModel ObservationFor(SpikeTrain train)
    {
        BinGrid grid = new(train.Observed, options.BinWidth);
        int last = -1;
        foreach (double time in train.Times)
        {
            int bin = grid.BinOf(time);
            if (bin >= 0 && bin == last) return ObservationModel.Poisson;
            last = bin;
        }

        return ObservationModel.Bernoulli;
    }

    private static double HistoryWindow(TimeIntervals observed)
    {
        double[] durations = [.. observed.Select(interval => interval.Duration).Order()];
        double usual = durations.Length == 0 ? double.PositiveInfinity : durations[durations.Length / 2];

        // Whole milliseconds, so that the description of the basis reads well.
        return Math.Clamp(Math.Floor(usual * HistoryShare * 1000) / 1000, ShortestHistory, LongestHistory);
    }

    private static Basis StimulusBasisFor(SampledSignal signal)
    {
        double window = Math.Clamp(Math.Round(StimulusSamples / signal.SamplingRate, 3), ShortestStimulus, LongestStimulus);
        return signal.SamplingRate < SlowSignal ? new RaisedCosineBasis(10, window) : new RaisedCosineLogBasis(10, window);
    }
}
