namespace SpikeStats.Tests.Testing;

/// <summary>The linear congruential generator that the reference scripts use, so that C# and Python draw the same numbers.</summary>
/// <remarks>x ← 6364136223846793005 x + 1442695040888963407 mod 2^64, u = ((x >> 11) + 0.5) / 2^53.</remarks>
internal sealed class ReferenceGenerator(ulong seed)
{
    private ulong state = seed;

    public double Next()
    {
        state = unchecked((6364136223846793005UL * state) + 1442695040888963407UL);
        return ((state >> 11) + 0.5) / 9007199254740992.0;
    }
}
