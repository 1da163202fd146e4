namespace SpikeStats.Models.Stability;

/// <summary>Strongly connected components by Tarjan's algorithm, without recursion, so that a long chain does not exhaust the stack.</summary>
internal static class StrongComponents
{
    /// <summary>The components, those that act before those that they act on.</summary>
    /// <param name="size">The number of nodes.</param>
    /// <param name="acts">Whether a target hears a source.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Of(int size, Func<int, int, bool> acts)
    {
        int[] order = new int[size], low = new int[size], nextTarget = new int[size];
        bool[] isOpen = new bool[size];
        Stack<int> open = new(), path = new();
        List<IReadOnlyList<int>> components = [];
        int visited = 0;
        for (int root = 0; root < size; root++)
        {
            if (order[root] == 0) Enter(root);
            while (path.TryPeek(out int node))
            {
                if (nextTarget[node] < size)
                {
                    int target = nextTarget[node]++;
                    if (!acts(target, node)) continue;
                    if (order[target] == 0) Enter(target);
                    else if (isOpen[target]) low[node] = Math.Min(low[node], order[target]);
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out int before)) low[before] = Math.Min(low[before], low[node]);
                if (low[node] == order[node]) components.Add(Close(node));
            }
        }

        // Tarjan's algorithm closes a component after all that it acts on.
        components.Reverse();
        return components;

        void Enter(int node)
        {
            order[node] = low[node] = ++visited;
            isOpen[node] = true;
            open.Push(node);
            path.Push(node);
        }

        int[] Close(int node)
        {
            List<int> component = [];
            int member;
            do
            {
                member = open.Pop();
                isOpen[member] = false;
                component.Add(member);
            }
            while (member != node);
            component.Sort();
            return [.. component];
        }
    }
}
