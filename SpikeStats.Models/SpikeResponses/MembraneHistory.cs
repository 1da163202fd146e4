using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.SpikeResponses;

/// <summary>The membrane of a spike response neuron along its past: its own spikes, given ones, and currents.</summary>
/// <remarks>Time only goes forward, by <see cref="MoveTo"/>; between its breaks the membrane is smooth and can be asked for anywhere.</remarks>
internal sealed class MembraneHistory
{
    private readonly SpikeResponseNeuron neuron;
    private readonly double[][] given;
    private readonly int[] first, next;
    private readonly SampledSignal[] signals;
    private readonly int[] sample;
    private readonly double[] filtered;
    private readonly List<double> spikes = [];
    private double now;
    private int firstOwn;

    public MembraneHistory(SpikeResponseNeuron neuron, Recording input)
    {
        this.neuron = neuron;
        given = [.. neuron.Inputs.Select(influence => input[influence.Source].Times.ToArray())];
        first = new int[given.Length];
        next = new int[given.Length];
        signals = [.. neuron.Currents.Select(current => input.Signal(current.Signal))];
        sample = Array.ConvertAll(signals, _ => -1);
        filtered = new double[signals.Length];

        // Spikes before 0 do not act, as after a gap.
        for (int i = 0; i < given.Length; i++)
        {
            while (next[i] < given[i].Length && given[i][next[i]] < 0) next[i]++;
            first[i] = next[i];
        }

        Admit(0);
    }

    public IReadOnlyList<double> Spikes => spikes;

    /// <summary>The next instant after the present one at which a given spike arrives or a current jumps; infinite if there is none.</summary>
    public double NextBreak()
    {
        double time = double.PositiveInfinity;
        for (int i = 0; i < given.Length; i++)
        {
            if (next[i] < given[i].Length) time = Math.Min(time, given[i][next[i]]);
        }

        for (int s = 0; s < signals.Length; s++)
        {
            if (sample[s] + 1 < signals[s].Count) time = Math.Min(time, signals[s].TimeAt(sample[s] + 1));
            else if (now < signals[s].Span.End) time = Math.Min(time, signals[s].Span.End);
        }

        return time;
    }

    /// <summary>The membrane, in volts, at the present or a later time with what has arrived up to the present.</summary>
    public double At(double time)
    {
        double sum = neuron.MeanInput;
        for (int s = 0; s < signals.Length; s++) sum += FilteredAt(s, time);
        if (neuron.AfterPotential is { } afterPotential)
        {
            for (int k = firstOwn; k < spikes.Count; k++) sum += afterPotential.At(time - spikes[k]);
        }

        for (int i = 0; i < given.Length; i++)
        {
            ResponseKernel kernel = neuron.Inputs[i].Kernel;
            for (int j = first[i]; j < next[i]; j++) sum += kernel.At(time - given[i][j]);
        }

        return sum;
    }

    /// <summary>Goes to a later time, which is not beyond the next break; what arrives there acts from then on.</summary>
    public void MoveTo(double time)
    {
        for (int s = 0; s < signals.Length; s++) filtered[s] = FilteredAt(s, time);
        now = time;
        Admit(time);
        for (int i = 0; i < given.Length; i++)
        {
            while (first[i] < next[i] && time - given[i][first[i]] >= neuron.Inputs[i].Kernel.Support) first[i]++;
        }

        while (neuron.AfterPotential is { } afterPotential && firstOwn < spikes.Count && time - spikes[firstOwn] >= afterPotential.Support) firstOwn++;
    }

    /// <summary>The neuron fires now.</summary>
    public void Fire() => spikes.Add(now);

    private void Admit(double time)
    {
        for (int i = 0; i < given.Length; i++)
        {
            while (next[i] < given[i].Length && given[i][next[i]] <= time) next[i]++;
        }

        for (int s = 0; s < signals.Length; s++)
        {
            while (sample[s] + 1 < signals[s].Count && signals[s].TimeAt(sample[s] + 1) <= time) sample[s]++;
        }
    }

    // A current is held from sample to sample; before its first and after its last sample there is none.
    private double FilteredAt(int signal, double time)
    {
        CurrentInfluence influence = neuron.Currents[signal];
        bool isOn = sample[signal] >= 0 && now < signals[signal].Span.End;
        double target = isOn ? influence.Resistance * signals[signal].Values[sample[signal]] : 0;
        return filtered[signal] + ((target - filtered[signal]) * Exponentials.OneMinusExp((time - now) / influence.MembraneTime));
    }
}
