using SpikeStats.Models.Theory;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;

namespace SpikeStats.Models.MeanField;

/// <summary>The regimes of Brunel's network over the relative strength of inhibition g and the relative external rate.</summary>
/// <remarks>
/// A state is synchronous if a mode of its linearisation grows, and irregular by the coefficient of variation of its asynchronous state. Linear stability tells where
/// oscillations set in, not how large they become.
/// <para><b>Cost:</b> a few hundred responses of the neuron a place; on all processors.</para>
/// <para><b>Source:</b> Brunel, J Comput Neurosci 8:183 (2000), figure 2.</para>
/// </remarks>
public sealed class BrunelPhaseDiagram
{
    private static readonly (NetworkRegime Regime, string Words)[] regimes =
    [
        (NetworkRegime.AsynchronousIrregular, "asynchronous irregular"),
        (NetworkRegime.AsynchronousRegular, "asynchronous regular"),
        (NetworkRegime.SynchronousIrregularSlow, "synchronous irregular, slow"),
        (NetworkRegime.SynchronousIrregularFast, "synchronous irregular, fast"),
        (NetworkRegime.SynchronousRegular, "synchronous regular"),
    ];

    private readonly BrunelNetwork network;
    private readonly PhaseDiagramOptions options;

    private BrunelPhaseDiagram(BrunelNetwork network, PhaseDiagramOptions options, double[] inhibitions, double[] drives, NetworkState[] states)
    {
        this.network = network;
        this.options = options;
        RelativeInhibitions = inhibitions;
        RelativeDrives = drives;
        States = states;
    }

    /// <summary>The values of g, dimensionless; one per column.</summary>
    public IReadOnlyList<double> RelativeInhibitions { get; }

    /// <summary>The values of ν_ext/ν_θ, dimensionless; one per row.</summary>
    public IReadOnlyList<double> RelativeDrives { get; }

    /// <summary>The states, row by row.</summary>
    public IReadOnlyList<NetworkState> States { get; }

    /// <summary>Computes the diagram.</summary>
    /// <param name="network">The network; its own g and external rate are replaced.</param>
    /// <param name="relativeInhibitions">The values of g, dimensionless; ascending, at least two.</param>
    /// <param name="relativeDrives">The values of ν_ext/ν_θ, dimensionless; ascending, at least two.</param>
    /// <param name="options">Where regimes part.</param>
    /// <param name="progress">Receives the fraction that is done.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The diagram; the same whatever the number of processors.</returns>
    /// <exception cref="ArgumentException">An axis has fewer than two values or does not ascend.</exception>
    /// <exception cref="OperationCanceledException">The computation was stopped.</exception>
    public static BrunelPhaseDiagram Of(
        BrunelNetwork network, IReadOnlyList<double> relativeInhibitions, IReadOnlyList<double> relativeDrives, PhaseDiagramOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        double[] inhibitions = Axis(relativeInhibitions, nameof(relativeInhibitions)), drives = Axis(relativeDrives, nameof(relativeDrives));
        options ??= new PhaseDiagramOptions();
        NetworkState[] states = new NetworkState[inhibitions.Length * drives.Length];
        int done = 0;
        Parallel.For(0, states.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            (int row, int column) = Math.DivRem(i, inhibitions.Length);
            states[i] = StateOf(network with { RelativeInhibition = inhibitions[column], RelativeDrive = drives[row] }, options, cancellationToken);
            progress?.Report((double)Interlocked.Increment(ref done) / states.Length);
        });
        return new BrunelPhaseDiagram(network, options, inhibitions, drives, states);
    }

    /// <summary>The state at one place.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">Where regimes part.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The state.</returns>
    public static NetworkState StateOf(BrunelNetwork network, PhaseDiagramOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new PhaseDiagramOptions();
        RateNetwork rates = network.ToNetwork();
        FixedPointSearch search = rates.FixedPoints(cancellationToken: cancellationToken);
        FixedPoint point = Followed(search);
        double variation = point.Rates[0] > 0 ? Siegert.CoefficientOfVariation(network.Neuron, point.Inputs[0]) : double.NaN;
        bool isRegular = variation < options.RegularBelow;
        DelaySpectrum spectrum = DelayStability.Unstable(rates, point, options.Stability, cancellationToken);
        if (spectrum.IsStable)
            return new NetworkState(isRegular ? NetworkRegime.AsynchronousRegular : NetworkRegime.AsynchronousIrregular, point.Rates[0], variation, double.NaN, double.NaN, search.Points.Count);
        DelayEigenvalue leading = spectrum.Eigenvalues.Count > 0 ? spectrum.Eigenvalues[0] : new DelayEigenvalue(double.NaN, double.NaN);
        NetworkRegime regime = isRegular ? NetworkRegime.SynchronousRegular
            : leading.Frequency >= options.FastFrom ? NetworkRegime.SynchronousIrregularFast : NetworkRegime.SynchronousIrregularSlow;
        return new NetworkState(regime, point.Rates[0], variation, leading.GrowthRate, leading.Frequency, search.Points.Count);
    }

    /// <summary>The lines on which oscillations set in (Hopf) and those on which fixed points vanish (saddle-node), where they cross the lines between the places of the diagram.</summary>
    /// <remarks>
    /// Between two neighbouring places, in either direction, a saddle-node is found by bisection if their numbers of fixed points differ, and a Hopf point by Newton's iteration for place and
    /// frequency if their stability does. Lines that cross twice between two neighbours are missed: refine the grid. Where the state that is described jumps to another at a saddle-node, its
    /// stability may change without a line of its own.
    /// <para><b>Accuracy:</b> 10⁻⁸ of the distance of the places: just on either side the stability, or the number of fixed points, is another. <b>Cost:</b> that of a dozen places of the diagram a point; on all processors.</para>
    /// </remarks>
    /// <param name="progress">Receives the fraction that is done.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The points, by rising g and external rate; empty if nothing changes.</returns>
    /// <exception cref="OperationCanceledException">The computation was stopped.</exception>
    public IReadOnlyList<PhaseBoundaryPoint> Boundaries(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        int columns = RelativeInhibitions.Count, rows = RelativeDrives.Count, done = 0;
        (int From, int To)[] ways = [.. Enumerable.Range(0, States.Count).SelectMany(i => new[] { (i, i + 1, i % columns + 1 < columns), (i, i + columns, i / columns + 1 < rows) })
            .Where(way => way.Item3 && Differ(States[way.Item1], States[way.Item2])).Select(way => (way.Item1, way.Item2))];
        PhaseBoundaryPoint[][] points = new PhaseBoundaryPoint[ways.Length][];
        Parallel.For(0, ways.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            points[i] = [.. PhaseBoundary.Between(At(ways[i].From), At(ways[i].To), options.Stability, cancellationToken)];
            progress?.Report((double)Interlocked.Increment(ref done) / ways.Length);
        });
        return [.. points.SelectMany(found => found).OrderBy(point => point.RelativeInhibition).ThenBy(point => point.RelativeDrive)];

        BrunelNetwork At(int place) => network with { RelativeInhibition = RelativeInhibitions[place % columns], RelativeDrive = RelativeDrives[place / columns] };
        static bool Differ(NetworkState a, NetworkState b) => a.FixedPointCount != b.FixedPointCount || a.IsSynchronous != b.IsSynchronous;
    }

    /// <summary>The fixed point that is described: of those that are statically stable the one with the highest rate.</summary>
    internal static FixedPoint Followed(FixedPointSearch search) => search.Points.Last(candidate => candidate.IsStaticallyStable || ReferenceEquals(candidate, search.Points[0]));

    /// <summary>Draws the regimes, numbered in the order of <see cref="NetworkRegime"/>, and the frequency of the growing mode.</summary>
    /// <returns>The figure; frequencies of stable states are grey.</returns>
    public Figure ToFigure() => new()
    {
        Panels =
        [
            Panel("Regime") with { Layers = [.. regimes.Where(known => States.Any(state => state.Regime == known.Regime)).Select(known => Region(known.Regime, known.Words))] },
            Panel("Frequency of the growing mode") with
            {
                Layers = [new HeatMapLayer(Edges(RelativeInhibitions), Edges(RelativeDrives), Grid(state => state.Frequency)) { Value = new Axis("Frequency (Hz)") }],
            },
        ],
        Title = "Phase diagram",
        Size = FigureSize.Small with { Width = 120, Height = 160 },
        Caption = "Regimes of a sparse network of excitatory and inhibitory leaky neurons, by linear stability of the asynchronous state.",
    };

    private static double[] Axis(IReadOnlyList<double> values, string parameter)
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        if (values.Count < 2) throw new ArgumentException("An axis of the diagram needs at least two values.", parameter);
        for (int i = 1; i < values.Count; i++)
        {
            if (!(values[i] > values[i - 1])) throw new ArgumentException(FormattableString.Invariant($"The values of an axis must ascend; value {i} is {values[i]} after {values[i - 1]}."), parameter);
        }

        return [.. values];
    }

    private static double[] Edges(IReadOnlyList<double> values) =>
        [.. Enumerable.Range(0, values.Count + 1).Select(i => i == 0 ? (1.5 * values[0]) - (0.5 * values[1]) : i == values.Count ? (1.5 * values[^1]) - (0.5 * values[^2]) : 0.5 * (values[i - 1] + values[i]))];

    private CellLayer Region(NetworkRegime regime, string words) => new(Edges(RelativeInhibitions), Edges(RelativeDrives), Grid(state => state.Regime == regime)) { Label = words };

    private T[,] Grid<T>(Func<NetworkState, T> value)
    {
        T[,] values = new T[RelativeDrives.Count, RelativeInhibitions.Count];
        for (int i = 0; i < States.Count; i++) values[i / RelativeInhibitions.Count, i % RelativeInhibitions.Count] = value(States[i]);
        return values;
    }

    private static Panel Panel(string title) => new() { Title = title, X = new Axis("Relative inhibition g"), Y = new Axis("External rate / threshold rate"), Layers = [] };
}
