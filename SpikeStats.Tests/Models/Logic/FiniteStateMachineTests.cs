using SpikeStats.Models.Logic;

namespace SpikeStats.Tests.Models.Logic;

/// <summary>Machines compiled to units against their own table, on all words up to a length.</summary>
public sealed class FiniteStateMachineTests
{
    // The machines of SpikeStats.Tests/Reference/mcculloch-pitts.json.
    public static TheoryData<int[][], int, int> Machines => new()
    {
        { [[0, 1], [1, 0]], 10, 2046 },
        { [[0, 1], [2, 0], [1, 2]], 10, 2046 },
        { [[4, 3, 2], [1, 1, 0], [0, 0, 0], [4, 3, 4], [2, 3, 4]], 7, 3279 },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void Network_AgreesWithTable_OnAllWords(int[][] transitions, int longest, int expectedWords)
    {
        FiniteStateMachine machine = new(transitions);
        Assert.Equal(machine.StateCount * machine.SymbolCount, machine.Network.Units.Count);
        int words = 0;
        for (int length = 1; length <= longest; length++)
        {
            for (int code = 0; code < (int)Math.Pow(machine.SymbolCount, length); code++, words++)
            {
                int[] word = new int[length];
                for (int i = 0, rest = code; i < length; i++, rest /= machine.SymbolCount) word[i] = rest % machine.SymbolCount;
                Assert.Equal(machine.Read(word), machine.Run(word));
            }
        }

        Assert.Equal(expectedWords, words);
    }

    [Fact]
    public void InitialState_IsRespected() => Assert.Equal([2, 1], new FiniteStateMachine([[0, 1], [2, 0], [1, 2]], initial: 1).Run([0, 0]));

    [Fact]
    public void EmptyWord_GivesNoState() => Assert.Empty(new FiniteStateMachine([[0]]).Run([]));

    [Fact]
    public void BadTables_AreRefused()
    {
        Assert.Contains("State 1 goes to state 2 on symbol 0", Assert.Throws<ArgumentException>(() => new FiniteStateMachine([[0, 1], [2, 0]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new FiniteStateMachine([[0, 1], [0]]));
        Assert.Throws<ArgumentException>(() => new FiniteStateMachine([]));
        Assert.Throws<ArgumentException>(() => new FiniteStateMachine([[0]], initial: 1));
        Assert.Throws<ArgumentException>(() => new FiniteStateMachine([[0]]).Run([1]));
    }
}
