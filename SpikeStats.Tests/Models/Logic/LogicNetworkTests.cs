using SpikeStats.Models.Logic;

namespace SpikeStats.Tests.Models.Logic;

/// <summary>McCulloch-Pitts units and networks, exhaustively.</summary>
public sealed class LogicNetworkTests
{
    private static readonly string[] three = ["a", "b", "c"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TruthTable_OfEveryFunction_ComesOutTwoTicksLater(int count)
    {
        int rows = 1 << count;
        for (int function = 0; function < 1 << rows; function++)
        {
            bool[] outcomes = [.. Enumerable.Range(0, rows).Select(row => (function >> row & 1) == 1)];
            LogicNetwork network = LogicNetwork.FromTruthTable(three[..count], outcomes);
            bool[,] active = network.Run(AllRows(count, extraTicks: 2));
            for (int row = 0; row < rows; row++) Assert.Equal(outcomes[row], active[row + 2, network.Units.Count - 1]);
        }
    }

    [Fact]
    public void TruthTable_OfRandomFunctionsOfSixLines_ComesOut()
    {
        string[] lines = [.. Enumerable.Range(0, 6).Select(line => $"x{line}")];
        SpikeStats.RandomStreams.RandomStream stream = new(seed: 8);
        for (int function = 0; function < 50; function++)
        {
            bool[] outcomes = [.. Enumerable.Range(0, 64).Select(_ => stream.NextDouble() < 0.5)];
            LogicNetwork network = LogicNetwork.FromTruthTable(lines, outcomes);
            bool[,] active = network.Run(AllRows(6, extraTicks: 2));
            Assert.Equal(outcomes, Enumerable.Range(0, 64).Select(row => active[row + 2, network.Units.Count - 1]));
        }
    }

    // Counts from SpikeStats.Tests/Reference/mcculloch-pitts.json: enumerated independently there; those with signed weights are sequence A000609 of the OEIS.
    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(2, 2, 11)]
    [InlineData(3, 2, 42)]
    [InlineData(4, 3, 265)]
    public void OneUnit_WithAbsoluteInhibition_RealisesFewerFunctionsThanSignedWeights(int count, int largestMultiplicity, int expected)
    {
        string[] lines = [.. Enumerable.Range(0, count).Select(line => $"x{line}")];
        bool[,] rows = AllRows(count, extraTicks: 1);
        HashSet<int> functions = [];
        int choices = largestMultiplicity + 2;
        for (int code = 0; code < (int)Math.Pow(choices, count); code++)
        {
            // -1 vetoes, 0 is not connected.
            int[] roles = [.. Enumerable.Range(0, count).Select(line => (code / (int)Math.Pow(choices, line) % choices) - 1)];
            for (int threshold = 0; threshold <= (count * largestMultiplicity) + 1; threshold++)
            {
                LogicUnit unit = new(
                    "y", threshold, lines.Where((_, i) => roles[i] > 0).Zip(roles.Where(role => role > 0), (line, role) => new LogicInput(line, role)), lines.Where((_, i) => roles[i] < 0));
                bool[,] active = new LogicNetwork(lines, [unit]).Run(rows);
                functions.Add(Enumerable.Range(0, 1 << count).Sum(row => active[row + 1, 0] ? 1 << row : 0));
            }
        }

        Assert.Equal(expected, functions.Count);
        if (count == 2) Assert.DoesNotContain(0b0110, functions);
    }

    [Fact]
    public void Gates_DoWhatTheirNamesSay()
    {
        LogicNetwork network = new(["a", "b"], [LogicUnit.And("and", "a", "b"), LogicUnit.Or("or", "a", "b"), LogicUnit.Nor("nor", "a", "b"), LogicUnit.Nor("not a", "a")]);
        bool[,] active = network.Run(AllRows(2, extraTicks: 1));
        bool[][] expected = [[false, false, true, true], [false, true, false, true], [false, true, false, false], [true, true, false, false]];
        for (int row = 0; row < 4; row++) Assert.Equal(expected[row], Enumerable.Range(0, 4).Select(unit => active[row + 1, unit]));
    }

    [Fact]
    public void Inhibition_IsAbsolute()
    {
        LogicNetwork network = new(["e", "i"], [new LogicUnit("y", 1, [new LogicInput("e", 1000)], ["i"])]);
        Assert.False(network.Run(new[,] { { true, true }, { false, false } })[1, 0]);
        Assert.True(network.Run(new[,] { { true, false }, { false, false } })[1, 0]);
    }

    [Fact]
    public void Loop_RemembersOnePulse_UntilItIsVetoed()
    {
        LogicNetwork latch = new(["set", "reset"], [new LogicUnit("memory", 1, [new LogicInput("set"), new LogicInput("memory")], ["reset"])]);
        bool[,] lines = new bool[10, 2];
        lines[1, 0] = lines[6, 1] = true;
        bool[,] active = latch.Run(lines);
        Assert.Equal([false, false, true, true, true, true, true, false, false, false], Enumerable.Range(0, 10).Select(tick => active[tick, 0]));
    }

    [Fact]
    public void Recording_DrivesLines_AndStartsAnewAfterAGap()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 0.005), new TimeInterval(1, 1.005));
        Recording input = Recording.FromTrains([SpikeTrain.FromSorted(new[] { 0.0015, 0.0042, 1.0021 }, observed, "x")]);
        LogicNetwork delay = new(["x"], [LogicUnit.Or("y", "x")]);
        // The spike of the last tick before the gap has no effect after it.
        Assert.Equal([0.002, 1.003], delay.Run(input, 1e-3)["y"].Times.ToArray().Select(time => Math.Round(time, 9)));
    }

    [Fact]
    public void UnknownSource_TwiceTheSameName_AndShortTables_AreRefused()
    {
        Assert.Contains("'y' listens to 'c', which does not exist", Assert.Throws<ArgumentException>(() => new LogicNetwork(["a", "b"], [LogicUnit.And("y", "a", "c")])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LogicNetwork(["a"], [LogicUnit.Or("a", "a")]));
        Assert.Throws<ArgumentException>(() => LogicUnit.And("y", "a", "a"));
        Assert.Contains("2^2 combinations", Assert.Throws<ArgumentException>(() => LogicNetwork.FromTruthTable(["a", "b"], [true])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogicInput("a", 0));
    }

    // One row of the truth table per tick, line 0 the highest bit, then silence.
    private static bool[,] AllRows(int count, int extraTicks)
    {
        bool[,] lines = new bool[(1 << count) + extraTicks, count];
        for (int row = 0; row < 1 << count; row++)
        {
            for (int line = 0; line < count; line++) lines[row, line] = (row >> (count - 1 - line) & 1) == 1;
        }

        return lines;
    }
}
