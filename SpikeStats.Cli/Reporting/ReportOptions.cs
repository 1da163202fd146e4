using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Reporting;

/// <summary>What a report shows and fits; the defaults suit a recording that nobody has looked at yet.</summary>
internal sealed record ReportOptions
{
    /// <summary>The heading of the page.</summary>
    /// <value>Default: empty, the name of the file.</value>
    public string Title { get; init; } = "";

    /// <summary>The signal whose filter is part of every model.</summary>
    /// <value>Default: null, no stimulus filter. The spike-triggered average of the first signal is shown in any case.</value>
    public string? Stimulus { get; init; }

    /// <summary>Smooth effects of the values of signals that are part of every model.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<SmoothTerm> SmoothTerms { get; init; } = [];

    /// <summary>Whether the models have coupling filters from the other units.</summary>
    /// <value>Default: false.</value>
    public bool HasCouplings { get; init; }

    /// <summary>Width of the bins of the models, in seconds.</summary>
    /// <value>Default: 1 ms.</value>
    public double BinWidth { get; init; } = 0.001;

    /// <summary>The basis of the post-spike filter.</summary>
    /// <value>Default: null, raised cosines of log time; see <see cref="ReportModel"/>.</value>
    public Basis? HistoryBasis { get; init; }

    /// <summary>The basis of the stimulus filter.</summary>
    /// <value>Default: null, raised cosines as long as the signal is fast; see <see cref="ReportModel"/>.</value>
    public Basis? StimulusBasis { get; init; }

    /// <summary>The basis of the coupling filters.</summary>
    /// <value>Default: null, four raised cosines of log time over 50 ms.</value>
    public Basis? CouplingBasis { get; init; }

    /// <summary>Refractory period whose violations are counted, in seconds.</summary>
    /// <value>Default: 1.5 ms.</value>
    public double RefractoryPeriod { get; init; } = RefractoryViolations.DefaultRefractoryPeriod;

    /// <summary>Units with fewer spikes are described but not fitted.</summary>
    /// <value>Default: 100, about ten per coefficient of the default model.</value>
    public int LeastSpikes { get; init; } = 100;

    /// <summary>How many cross-correlograms are shown at most: those of the most correlated pairs.</summary>
    /// <value>Default: 12.</value>
    public int MostPairs { get; init; } = 12;

    /// <summary>How many units are coupled at most: those with the most spikes.</summary>
    /// <value>Default: 16.</value>
    public int MostCoupledUnits { get; init; } = 16;

    /// <summary>Seed of the random numbers of time rescaling; every unit derives its own.</summary>
    /// <value>Default: 0.</value>
    public ulong Seed { get; init; }

    /// <summary>Most threads to use; -1 for one per processor. The report does not depend on it.</summary>
    /// <value>Default: -1.</value>
    public int Threads { get; init; } = -1;

    /// <summary>Checks the options against a recording.</summary>
    /// <exception cref="ArgumentException">A number is out of range, or the recording has no such signal.</exception>
    public void Validate(Recording recording)
    {
        Require(BinWidth > 0 && double.IsFinite(BinWidth), "The bin width must be positive.");
        Require(RefractoryPeriod > 0 && double.IsFinite(RefractoryPeriod), "The refractory period must be positive.");
        Require(LeastSpikes >= 1, "A fit needs at least one spike.");
        Require(MostPairs >= 0, "The number of pairs cannot be negative.");
        Require(MostCoupledUnits >= 2, "Couplings need at least two units.");
        if (Stimulus is not null) _ = recording.Signal(Stimulus);
        foreach (string signal in SmoothTerms.SelectMany(term => term.Signals)) _ = recording.Signal(signal);
    }

    private static void Require(bool isValid, string rule)
    {
        if (!isValid) throw new ArgumentException(rule);
    }
}
