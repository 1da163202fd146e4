using SpikeStats.Models.Generators;

namespace SpikeStats.Models.Cable;

/// <summary>A passive dendritic tree on a soma that fires: compartments in space, TR-BDF2 in time.</summary>
/// <remarks>
/// A crossing of the threshold is located within the step, the soma is held at the reset for the refractory period, whose end is located too, while the dendrite goes on.
/// <para><b>Accuracy:</b> second order in the length of compartments and in the time step, as tested against <see cref="PassiveCable"/>. <b>Cost:</b> O(compartments) a step.</para>
/// <para><b>Source:</b> Rall, in: Handbook of Physiology I (1977); Hines, Int J Biomed Comput 15:69 (1984).</para>
/// </remarks>
public sealed class CableNeuron : ISpikeGenerator
{
    private const string Unit = "soma";

    // Crossings are located to this fraction of a step.
    private const double Tolerance = 1e-9;

    private readonly CompartmentTree tree;
    private readonly int[] injected;
    private readonly int[] recorded = [];

    /// <summary>States a neuron.</summary>
    /// <param name="soma">The soma.</param>
    /// <param name="sections">The dendrite, parents before children; may be empty.</param>
    /// <param name="injections">The currents.</param>
    /// <param name="material">What it is made of; the defaults if omitted.</param>
    /// <exception cref="ArgumentException">The reset is not below the threshold, the sections are no tree, or a current goes to a section that does not exist.</exception>
    public CableNeuron(SpikingSoma soma, IReadOnlyList<CableSection> sections, IReadOnlyList<CableInjection> injections, CableMaterial? material = null)
    {
        ArgumentNullException.ThrowIfNull(soma);
        ArgumentNullException.ThrowIfNull(sections);
        ArgumentNullException.ThrowIfNull(injections);
        soma.Validate();
        Soma = soma;
        Injections = [.. injections];
        tree = new CompartmentTree(soma, sections, material ?? new CableMaterial());
        injected = [.. Injections.Select(injection => tree.NodeOf(injection.Site))];
    }

    /// <summary>The soma.</summary>
    public SpikingSoma Soma { get; }

    /// <summary>The currents.</summary>
    public IReadOnlyList<CableInjection> Injections { get; }

    /// <summary>The time step, in seconds.</summary>
    /// <value>0.025 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeStep { get; init => field = CableMaterial.Positive(value, "time step", "seconds"); } = 25e-6;

    /// <summary>The places whose voltages become signals of the recording, one sample a step, in volts.</summary>
    /// <value>None by default.</value>
    /// <exception cref="ArgumentException">A section does not exist.</exception>
    public IReadOnlyList<CableSite> RecordedSites
    {
        get;
        init
        {
            field = [.. value];
            recorded = [.. field.Select(tree.NodeOf)];
        }
    }

    = [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Units { get; } = [Unit];

    /// <inheritdoc/>
    public string Scheme => FormattableString.Invariant($"Passive cable of {tree.Count - 1} nodes on a spiking soma, TR-BDF2 with a step of {TimeStep} s, threshold crossings and refractory ends located within steps.");

    /// <inheritdoc/>
    public Recording Simulate(double duration, ulong seed, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        EmittedSpikes.RequireDuration(duration);
        int steps = checked((int)Math.Ceiling(duration / TimeStep * (1 - 1e-12)));
        double[] breaks = [.. Injections.SelectMany(injection => injection.Current.BreaksWithin(0, duration)).Distinct().Order()];
        double[][] traces = [.. recorded.Select(_ => new double[steps])];
        List<double> spikes = [];
        double[] voltage = new double[tree.Count];
        CompartmentStep work = new(tree.Count);
        double heldUntil = double.NegativeInfinity;
        for (int step = 0, nextBreak = 0; step < steps; step++)
        {
            for (int i = 0; i < traces.Length; i++) traces[i][step] = Soma.RestingPotential + voltage[recorded[i]];
            double time = step * TimeStep, end = Math.Min((step + 1) * TimeStep, duration);
            while (time < end)
            {
                while (nextBreak < breaks.Length && breaks[nextBreak] <= time) nextBreak++;
                double until = nextBreak < breaks.Length ? Math.Min(end, breaks[nextBreak]) : end;
                bool isHeld = time < heldUntil;
                if (isHeld) until = Math.Min(until, heldUntil);
                time = Advance(voltage, time, until, isHeld, work, out bool fired);
                if (!fired) continue;
                if (time < duration) spikes.Add(time);
                voltage[0] = Soma.Reset - Soma.RestingPotential;
                heldUntil = time + Soma.RefractoryPeriod;
            }

            if (step % 1024 != 0) continue;
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(step / (double)steps);
        }

        progress?.Report(1);
        return EmittedSpikes.ToRecording(this, [spikes], duration, [.. traces.Select((trace, i) => SampledSignal.Regular(RecordedSites[i].ToString(), trace, 0, 1 / TimeStep))]);
    }

    // Up to the end or the crossing of the threshold, whichever comes first; the time reached.
    private double Advance(double[] voltage, double time, double until, bool isHeld, CompartmentStep work, out bool fired)
    {
        double length = until - time, threshold = Soma.Threshold - Soma.RestingPotential;
        Try(length);
        fired = !isHeld && work.End[0] >= threshold;
        if (fired)
        {
            // Bisection: a spike is rare, and a step costs no more than its compartments.
            double low = 0, high = length;
            while (high - low > Tolerance * TimeStep)
            {
                double middle = 0.5 * (low + high);
                Try(middle);
                if (work.End[0] >= threshold) high = middle;
                else low = middle;
            }

            Try(high);
            until = time + high;
        }

        work.End.CopyTo(voltage, 0);
        return until;

        void Try(double h)
        {
            Fill(work.StartCurrent, time);
            Fill(work.MiddleCurrent, time + (CompartmentStep.Fraction * h));

            // At the end of a piece the drive before its jump counts.
            Fill(work.EndCurrent, Math.BitDecrement(time + h));
            tree.Step(voltage, h, isHeld ? Soma.Reset - Soma.RestingPotential : null, work);
        }
    }

    private void Fill(double[] currents, double time)
    {
        foreach (int node in injected) currents[node] = 0;
        for (int i = 0; i < injected.Length; i++) currents[injected[i]] += Injections[i].Current.At(time);
    }
}
