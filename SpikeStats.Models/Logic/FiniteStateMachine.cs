namespace SpikeStats.Models.Logic;

/// <summary>A deterministic finite-state machine, and the network of McCulloch-Pitts units that is one.</summary>
/// <remarks>
/// One unit for each pair (state q, symbol a) of threshold 2: it hears the line of the symbol and every unit whose transition enters q, of which one at most is active, so that it fires when the machine
/// was in q and read a. A line "start" stands for the initial state before the first symbol. One tick per symbol, n m units for n states and m symbols.
/// <para><b>Source:</b> Kleene, in: Automata Studies (1956); Minsky, Computation: Finite and Infinite Machines (1967), section 3.5.</para>
/// </remarks>
public sealed class FiniteStateMachine
{
    private const string Start = "start";

    private readonly int[][] transitions;
    private readonly LogicNetwork network;

    /// <summary>States a machine.</summary>
    /// <param name="transitions">The next state for each state and symbol; states × symbols, states from 0.</param>
    /// <param name="initial">The state before the first symbol, an index (dimensionless).</param>
    /// <exception cref="ArgumentException">There is no state or symbol, the rows differ in length, or a state does not exist.</exception>
    public FiniteStateMachine(IReadOnlyList<IReadOnlyList<int>> transitions, int initial = 0)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        this.transitions = [.. transitions.Select(row => row.ToArray())];
        if (StateCount == 0 || SymbolCount == 0) throw new ArgumentException("A machine needs at least one state and one symbol.", nameof(transitions));
        for (int state = 0; state < StateCount; state++)
        {
            if (this.transitions[state].Length != SymbolCount) throw new ArgumentException($"State {state} has {this.transitions[state].Length} transitions, state 0 has {SymbolCount}.", nameof(transitions));
            int bad = Array.FindIndex(this.transitions[state], next => next < 0 || next >= StateCount);
            if (bad >= 0) throw new ArgumentException($"State {state} goes to state {this.transitions[state][bad]} on symbol {bad}; there are states 0 to {StateCount - 1}.", nameof(transitions));
        }

        if (initial < 0 || initial >= StateCount) throw new ArgumentException($"The initial state is {initial}; there are states 0 to {StateCount - 1}.", nameof(initial));
        Initial = initial;
        network = Compile();
    }

    /// <summary>The number of states n.</summary>
    public int StateCount => transitions.Length;

    /// <summary>The number of symbols m.</summary>
    public int SymbolCount => transitions.Length == 0 ? 0 : transitions[0].Length;

    /// <summary>The state before the first symbol, an index (dimensionless).</summary>
    public int Initial { get; }

    /// <summary>The network: lines <c>start</c> and <c>symbol a</c>, units <c>q,a</c>.</summary>
    public LogicNetwork Network => network;

    /// <summary>The states that the machine goes through, by its table.</summary>
    /// <param name="word">The symbols.</param>
    /// <returns>The state after each symbol.</returns>
    /// <exception cref="ArgumentException">A symbol does not exist.</exception>
    public int[] Read(IReadOnlyList<int> word)
    {
        RequireSymbols(word);
        int[] states = new int[word.Count];
        for (int i = 0, state = Initial; i < word.Count; i++) states[i] = state = transitions[state][word[i]];
        return states;
    }

    /// <summary>The states that the machine goes through, by its network.</summary>
    /// <param name="word">The symbols.</param>
    /// <returns>The state after each symbol, the same as <see cref="Read"/> gives.</returns>
    /// <exception cref="ArgumentException">A symbol does not exist.</exception>
    public int[] Run(IReadOnlyList<int> word)
    {
        RequireSymbols(word);
        bool[,] lines = new bool[word.Count + 1, SymbolCount + 1];
        for (int i = 0; i < word.Count; i++) lines[i, 1 + word[i]] = true;
        if (word.Count > 0) lines[0, 0] = true;
        bool[,] active = network.Run(lines);
        int[] states = new int[word.Count];
        for (int i = 0; i < word.Count; i++)
        {
            int unit = Enumerable.Range(0, StateCount * SymbolCount).Single(unit => active[i + 1, unit]);
            states[i] = transitions[unit / SymbolCount][unit % SymbolCount];
        }

        return states;
    }

    private LogicNetwork Compile()
    {
        string[] symbols = [.. Enumerable.Range(0, SymbolCount).Select(symbol => $"symbol {symbol}")];
        IEnumerable<LogicUnit> units = Pairs().Select(pair => new LogicUnit(Name(pair), 2, [new LogicInput(symbols[pair.Symbol]), .. Entering(pair.State)]));
        return new LogicNetwork([Start, .. symbols], units);
    }

    // Every source that is active for one tick when the machine has just come to a state.
    private IEnumerable<LogicInput> Entering(int state)
    {
        IEnumerable<LogicInput> units = Pairs().Where(pair => transitions[pair.State][pair.Symbol] == state).Select(pair => new LogicInput(Name(pair)));
        return state == Initial ? units.Prepend(new LogicInput(Start)) : units;
    }

    private IEnumerable<(int State, int Symbol)> Pairs() => Enumerable.Range(0, StateCount * SymbolCount).Select(unit => (unit / SymbolCount, unit % SymbolCount));

    private static string Name((int State, int Symbol) pair) => $"{pair.State},{pair.Symbol}";

    private void RequireSymbols(IReadOnlyList<int> word)
    {
        ArgumentNullException.ThrowIfNull(word);
        for (int i = 0; i < word.Count; i++)
        {
            if (word[i] < 0 || word[i] >= SymbolCount) throw new ArgumentException($"Symbol {i} of the word is {word[i]}; there are symbols 0 to {SymbolCount - 1}.", nameof(word));
        }
    }
}
