namespace SpikeStats.Models.Cable;

/// <summary>A neuron cut into compartments: C dV/dt = -(leak + axial) V + I on a tree, V counted from rest.</summary>
/// <remarks>
/// Node 0 is the soma. A section is a chain of compartments; where several start at the end of another stands a node without membrane, so that half a compartment of cytoplasm lies between it and
/// each neighbour and the scheme stays of second order in length. Every node stands after the one it hangs on, so that a linear system is eliminated from the tips to the soma without
/// fill-in, in O(nodes): Hines, Int J Biomed Comput 15:69 (1984).
/// </remarks>
internal sealed class CompartmentTree
{
    private readonly int[] parent;
    private readonly int[] firstOfSection;
    private readonly int[] countOfSection;

    // Siemens to the parent; total siemens of leak and all axial neighbours; farads.
    private readonly double[] toParent;
    private readonly double[] total;
    private readonly double[] capacitance;

    public CompartmentTree(SpikingSoma soma, IReadOnlyList<CableSection> sections, CableMaterial material)
    {
        CableSection.RequireTree(sections);
        List<(int Parent, double ToParent, double Leak, double Capacitance)> nodes = [(-1, 0, soma.Area / material.MembraneResistivity, soma.Area * material.MembraneCapacitance)];
        int[] lastNode = new int[sections.Count], junction = new int[sections.Count];
        firstOfSection = new int[sections.Count];
        countOfSection = [.. sections.Select(section => section.CompartmentCount)];
        for (int i = 0; i < sections.Count; i++)
        {
            CableSection section = sections[i];
            double length = section.Length / section.CompartmentCount, area = Math.PI * section.Diameter * length;
            double axial = Math.PI * section.Diameter * section.Diameter / (4 * material.AxialResistivity * length);
            int upstream = section.Parent == CableSection.Soma ? 0 : junction[section.Parent];
            firstOfSection[i] = nodes.Count;
            for (int k = 0; k < section.CompartmentCount; k++)
            {
                // From the middle of the first compartment to the start of the section there is half as much cytoplasm.
                nodes.Add((k == 0 ? upstream : nodes.Count - 1, k == 0 ? 2 * axial : axial, area / material.MembraneResistivity, area * material.MembraneCapacitance));
            }

            lastNode[i] = nodes.Count - 1;
            if (!sections.Any(child => child.Parent == i)) continue;
            junction[i] = nodes.Count;
            nodes.Add((lastNode[i], 2 * axial, 0, 0));
        }

        parent = [.. nodes.Select(node => node.Parent)];
        toParent = [.. nodes.Select(node => node.ToParent)];
        capacitance = [.. nodes.Select(node => node.Capacitance)];
        total = [.. nodes.Select(node => node.Leak + node.ToParent)];
        for (int node = 1; node < parent.Length; node++) total[parent[node]] += toParent[node];
    }

    public int Count => parent.Length;

    /// <summary>The compartment in which a place lies.</summary>
    public int NodeOf(CableSite site)
    {
        if (site.Section == CableSection.Soma) return 0;
        if (site.Section >= firstOfSection.Length) throw new ArgumentException($"There is no section {site.Section}; there are {firstOfSection.Length}, counted from 0.", nameof(site));
        int count = countOfSection[site.Section];
        return firstOfSection[site.Section] + Math.Min((int)(site.Position * count), count - 1);
    }

    /// <summary>One step of TR-BDF2 (Bank et al., IEEE Trans CAD 4:436 (1985)): of second order, and free of the ringing that a reset would start in a trapezoidal rule.</summary>
    /// <param name="voltage">The voltages before the step, from rest.</param>
    /// <param name="step">How long, in seconds.</param>
    /// <param name="held">The voltage at which the soma is held, if it is.</param>
    /// <param name="work">The currents at the start, at γ of the step and at its end; the result; and room.</param>
    public void Step(double[] voltage, double step, double? held, CompartmentStep work)
    {
        double half = 0.5 * CompartmentStep.Fraction * step;
        for (int i = 0; i < Count; i++)
        {
            work.Middle[i] = capacitance[i] == 0 ? half * work.MiddleCurrent[i] : ((capacitance[i] - (half * total[i])) * voltage[i]) + (half * (work.StartCurrent[i] + work.MiddleCurrent[i]));
        }

        for (int i = 1; i < Count; i++)
        {
            if (capacitance[i] > 0) work.Middle[i] += half * toParent[i] * voltage[parent[i]];
            if (capacitance[parent[i]] > 0) work.Middle[parent[i]] += half * toParent[i] * voltage[i];
        }

        Solve(work.Middle, half, held, work.Diagonal);
        for (int i = 0; i < Count; i++)
            work.End[i] = (capacitance[i] * ((CompartmentStep.MiddleWeight * work.Middle[i]) - (CompartmentStep.StartWeight * voltage[i]))) + (half * work.EndCurrent[i]);
        Solve(work.End, half, held, work.Diagonal);
    }

    // (C + half (leak + axial)) V = right side, which becomes V.
    private void Solve(double[] rightSide, double half, double? held, double[] diagonal)
    {
        for (int i = 0; i < Count; i++) diagonal[i] = capacitance[i] + (half * total[i]);
        for (int i = Count - 1; i > 0; i--)
        {
            double factor = half * toParent[i] / diagonal[i];
            diagonal[parent[i]] -= factor * half * toParent[i];
            rightSide[parent[i]] += factor * rightSide[i];
        }

        rightSide[0] = held ?? (rightSide[0] / diagonal[0]);
        for (int i = 1; i < Count; i++) rightSide[i] = (rightSide[i] + (half * toParent[i] * rightSide[parent[i]])) / diagonal[i];
    }
}
