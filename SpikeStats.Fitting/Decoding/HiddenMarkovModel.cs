using System.Globalization;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Fitting.Decoding;

/// <summary>A hidden Markov model of several units: Poisson counts whose rates depend on a state that jumps from bin to bin.</summary>
/// <remarks>
/// P(s_t = j | s_{t-1} = i) = exp(v_ij · u_t) / Σ_k exp(v_ik · u_t), with u_t = (1, transition inputs in bin t); given the state k, unit n has Poisson counts of
/// mean Δ exp(w_kn · z_nt), with z_nt = (1, emission inputs in bin t, functions of the unit's own spikes in earlier bins). Without inputs and history these are a
/// constant matrix and constant rates. Every observed interval is a chain of its own that begins with the initial probabilities and an empty past.
/// <para><b>As a point process</b> the model says, from the spikes of all units in earlier bins, how probable each state is and so how probable a spike of each unit:
/// P(no spike | past) = Σ_k P(k | past) e^{-μ_k}. <see cref="Intensity"/> and <see cref="Compensate"/> are those of this predictive law, and time rescaling judges it.</para>
/// <para><b>Source:</b> Rabiner, Proceedings of the IEEE 77 (1989) 257-286; Escola, Fontanini, Katz and Paninski, Neural Computation 23 (2011) 1071-1132 for the
/// transitions and rates that depend on inputs.</para>
/// </remarks>
public sealed class HiddenMarkovModel : IBinnedPointProcess
{
    private readonly double[] initial;

    internal HiddenMarkovModel(
        IReadOnlyList<string> units, double binWidth, IReadOnlyList<string> transitionInputs, IReadOnlyList<string> emissionInputs,
        double[] initial, double[] transitionWeights, double[] emissionWeights, Basis? historyBasis = null, bool isHistoryShared = true)
    {
        Units = units;
        BinWidth = binWidth;
        TransitionInputs = transitionInputs;
        EmissionInputs = emissionInputs;
        this.initial = initial;
        TransitionWeights = transitionWeights;
        EmissionWeights = emissionWeights;
        HistoryBasis = historyBasis;
        IsHistoryShared = isHistoryShared;
        History = historyBasis?.Sample(binWidth, firstLag: 1);
    }

    /// <summary>Identifiers of the units.</summary>
    public IReadOnlyList<string> Units { get; }

    /// <summary>Width of a bin, which is one step of the chain, in seconds.</summary>
    public double BinWidth { get; }

    /// <summary>Names of the signals that drive the transitions; empty for constant probabilities.</summary>
    public IReadOnlyList<string> TransitionInputs { get; }

    /// <summary>Names of the signals that drive the rates; empty for constant rates.</summary>
    public IReadOnlyList<string> EmissionInputs { get; }

    /// <summary>The functions of lag that span the post-spike filters of the units; null without history.</summary>
    public Basis? HistoryBasis { get; }

    /// <summary>Whether a unit has the same post-spike filter in all states.</summary>
    public bool IsHistoryShared { get; }

    /// <summary>The number of free parameters, those of the initial probabilities included.</summary>
    public int ParameterCount => HiddenMarkovScore.Pack(this).Length + StateCount - 1;

    /// <summary>The number of states.</summary>
    public int StateCount => initial.Length;

    /// <summary>Probability of each state in the first bin of an observed interval.</summary>
    public ReadOnlySpan<double> Initial => initial;

    /// <summary>v, by from-state, to-state and input, flat; -∞ in the first place forbids a transition.</summary>
    internal double[] TransitionWeights { get; }

    /// <summary>w, by state, unit and component of z, flat; -∞ in the first place forbids spikes.</summary>
    internal double[] EmissionWeights { get; }

    /// <summary>The sampled <see cref="HistoryBasis"/>.</summary>
    internal LagMatrix? History { get; }

    /// <summary>The number of components of z: a constant, the inputs, the functions of past spikes.</summary>
    internal int EmissionSize => 1 + EmissionInputs.Count + (History?.ColumnCount ?? 0);

    /// <summary>A model with constant transition probabilities and rates.</summary>
    /// <param name="units">Identifiers of the units.</param>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="initial">Probability of each state in the first bin; not negative, of sum 1.</param>
    /// <param name="transition">Probabilities of going from the state of the row to that of the column within one bin; rows of sum 1.</param>
    /// <param name="rates">Rates in hertz, not negative: one row per state, one column per unit.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">Sizes do not fit, or a probability or a rate is out of range.</exception>
    public static HiddenMarkovModel FromProbabilities(
        IReadOnlyList<string> units, double binWidth, IReadOnlyList<double> initial, double[,] transition, double[,] rates)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(transition);
        ArgumentNullException.ThrowIfNull(rates);
        int states = initial.Count;
        if (!(binWidth > 0) || !double.IsFinite(binWidth)) throw new ArgumentOutOfRangeException(nameof(binWidth), binWidth, "The bin width must be positive.");
        if (states == 0 || transition.GetLength(0) != states || transition.GetLength(1) != states)
            throw new ArgumentException($"{states} states need as many rows and columns of transition probabilities.", nameof(transition));
        if (units.Count == 0 || rates.GetLength(0) != states || rates.GetLength(1) != units.Count)
            throw new ArgumentException($"{states} states and {units.Count} units need as many rows and columns of rates.", nameof(rates));
        double[] flat = [.. transition.Cast<double>()];
        RequireProbabilities([.. initial], nameof(initial));
        for (int state = 0; state < states; state++) RequireProbabilities(flat[(state * states)..((state + 1) * states)], nameof(transition));
        if (rates.Cast<double>().Any(rate => !(rate >= 0) || !double.IsFinite(rate))) throw new ArgumentException("A rate must be finite and not negative.", nameof(rates));
        double[] logRates = [.. rates.Cast<double>().Select(static rate => Math.Log(rate))];
        return new HiddenMarkovModel([.. units], binWidth, [], [], [.. initial], Array.ConvertAll(flat, Math.Log), logRates);
    }

    /// <summary>The probabilities of going from one state to another within a bin.</summary>
    /// <param name="inputs">Values of the transition inputs in the bin that is entered, in the units of the signals; empty if there are none.</param>
    /// <returns>Probabilities: a row per state that is left, a column per state that is entered.</returns>
    /// <exception cref="ArgumentException">There is not one value per input.</exception>
    public double[,] Transition(params ReadOnlySpan<double> inputs)
    {
        Require(inputs, TransitionInputs);
        double[] probabilities = TransitionOf(inputs).Probabilities;
        double[,] matrix = new double[StateCount, StateCount];
        Buffer.BlockCopy(probabilities, 0, matrix, 0, probabilities.Length * sizeof(double));
        return matrix;
    }

    /// <summary>The rate of a unit in a state, without the effect of past spikes.</summary>
    /// <param name="state">Position of the state.</param>
    /// <param name="unit">Position of the unit in <see cref="Units"/>.</param>
    /// <param name="inputs">Values of the emission inputs, in the units of the signals; empty if there are none.</param>
    /// <returns>Hertz.</returns>
    /// <exception cref="ArgumentException">There is not one value per input.</exception>
    public double Rate(int state, int unit, params ReadOnlySpan<double> inputs)
    {
        Require(inputs, EmissionInputs);
        double[] padded = new double[EmissionSize - 1];
        inputs.CopyTo(padded);
        return Math.Exp(Predictor(EmissionWeights, (state * Units.Count) + unit, padded));
    }

    /// <summary>The post-spike filter of a unit in a state.</summary>
    /// <param name="state">Position of the state.</param>
    /// <param name="unit">Position of the unit in <see cref="Units"/>.</param>
    /// <returns>What a spike adds to the log rate 1, 2, ... bins later, dimensionless; empty without history.</returns>
    public double[] HistoryFilter(int state, int unit) => History?.Combine(
        EmissionWeights.AsSpan(((((state * Units.Count) + unit) + 1) * EmissionSize) - History.ColumnCount, History.ColumnCount)) ?? [];

    /// <summary>The log-likelihood of the units in a recording, in nats, with every constant.</summary>
    /// <param name="recording">Spikes of all units, and the signals that are inputs.</param>
    /// <returns>Nats; negative infinity if the model forbids what was seen.</returns>
    /// <exception cref="UnknownUnitException">A unit is missing.</exception>
    public double LogLikelihood(Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return BaumWelch.Expect(this, HiddenMarkovData.Of(this, recording), withPairs: false, CancellationToken.None).LogLikelihood;
    }

    /// <inheritdoc/>
    public double LogDensity(Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        HiddenMarkovData data = HiddenMarkovData.Of(this, recording);
        return BaumWelch.Expect(this, data, withPairs: false, CancellationToken.None).LogLikelihood - data.Constant
            - (data.Counts.Sum(counts => counts.Sum(count => (long)count)) * Math.Log(BinWidth));
    }

    /// <summary>The intensity that the spikes of all units in earlier bins predict, -log P(no spike in the bin | past) / Δ.</summary>
    /// <param name="recording">Spikes of all units, and the signals that are inputs.</param>
    /// <param name="unit">Identifier of a unit of the model.</param>
    /// <param name="grid">Bins of the width of the model.</param>
    /// <returns>Hertz, one value per bin; NaN in an observed interval whose spikes the model forbids.</returns>
    /// <exception cref="ArgumentException">The grid has another bin width than the model.</exception>
    /// <exception cref="UnknownUnitException">A unit is missing, or not modelled.</exception>
    public double[] Intensity(Recording recording, string unit, BinGrid grid)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(grid);
        if (Math.Abs(grid.BinWidth - BinWidth) > 1e-9 * BinWidth)
            throw new ArgumentException(FormattableString.Invariant($"The model lives on bins of {BinWidth} s; its intensity cannot be given on bins of {grid.BinWidth} s."), nameof(grid));
        (_, double[] hazard) = HiddenMarkovPrediction.Of(this, HiddenMarkovData.Of(this, recording, grid), PositionOf(unit));
        return Array.ConvertAll(hazard, value => value / BinWidth);
    }

    /// <inheritdoc/>
    public Compensator Compensate(Recording recording, string unit)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return HiddenMarkovPrediction.Compensate(this, HiddenMarkovData.Of(this, recording), PositionOf(unit));
    }

    /// <summary>The probability of every state in every bin, and the most probable path of states.</summary>
    /// <remarks>In an observed interval whose spikes the model forbids, the probabilities are NaN.</remarks>
    /// <param name="recording">Spikes of all units, and the signals that are inputs.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>The segmentation; without bins if no observed interval holds one.</returns>
    /// <exception cref="UnknownUnitException">A unit is missing.</exception>
    public StateSegmentation Segment(Recording recording, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        HiddenMarkovData data = HiddenMarkovData.Of(this, recording);
        Expectation expectation = BaumWelch.Expect(this, data, withPairs: false, cancellationToken);
        (int[] path, double logProbability) = BaumWelch.MostProbablePath(this, data);
        return new StateSegmentation(data.Grid, StateCount, expectation, path, logProbability);
    }

    /// <inheritdoc/>
    public Recording Simulate(Recording conditions, ulong seed, CancellationToken cancellationToken = default) => SimulateWithStates(conditions, seed, cancellationToken).Recording;

    /// <summary>Draws states and spikes.</summary>
    /// <param name="conditions">Observed intervals and the signals that are inputs.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>A recording of the units, with spikes uniform within their bins, and the state of every bin.</returns>
    /// <exception cref="RunawayException">A unit with a post-spike filter expects more than 10^4 spikes in a bin.</exception>
    public (Recording Recording, int[] States) SimulateWithStates(Recording conditions, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return HiddenMarkovSimulation.Draw(this, conditions, seed, cancellationToken);
    }

    /// <summary>The same states, units and inputs with other numbers.</summary>
    internal HiddenMarkovModel With(double[] initial, double[] transitionWeights, double[] emissionWeights) =>
        new(Units, BinWidth, TransitionInputs, EmissionInputs, initial, transitionWeights, emissionWeights, HistoryBasis, IsHistoryShared);

    internal TransitionMatrix TransitionOf(ReadOnlySpan<double> inputs)
    {
        double[] logarithms = new double[StateCount * StateCount];
        for (int i = 0; i < logarithms.Length; i++) logarithms[i] = Predictor(TransitionWeights, i, inputs);
        for (int from = 0; from < StateCount; from++)
        {
            Span<double> row = logarithms.AsSpan(from * StateCount, StateCount);
            double sum = ForwardBackward.LogSum(row);
            for (int to = 0; to < row.Length; to++) row[to] -= sum;
        }

        return TransitionMatrix.FromLogarithms(StateCount, logarithms);
    }

    internal static double Predictor(double[] weights, int position, ReadOnlySpan<double> inputs)
    {
        int first = position * (inputs.Length + 1);
        double sum = weights[first];
        for (int i = 0; i < inputs.Length; i++) sum += weights[first + 1 + i] * inputs[i];
        return sum;
    }

    private int PositionOf(string unit)
    {
        int position = Units.ToList().IndexOf(unit);
        return position >= 0 ? position : throw new UnknownUnitException(unit, Units);
    }

    private static void Require(ReadOnlySpan<double> inputs, IReadOnlyList<string> names)
    {
        if (inputs.Length != names.Count) throw new ArgumentException($"{names.Count} inputs need as many values, not {inputs.Length}.", nameof(inputs));
    }

    private static void RequireProbabilities(double[] probabilities, string name)
    {
        double sum = probabilities.Sum();
        if (probabilities.Any(value => !(value >= 0)) || !(Math.Abs(sum - 1) < 1e-9))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Probabilities must not be negative and must add up to 1, not {sum}."), name);
    }
}
