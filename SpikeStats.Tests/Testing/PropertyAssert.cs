using FsCheck;
using FsCheck.Fluent;

namespace SpikeStats.Tests.Testing;

/// <summary>Laws that hold for every generated case. The seed is fixed, so that a run repeats; a failure prints the case.</summary>
internal static class PropertyAssert
{
    /// <summary>Asserts a law for a number of generated cases.</summary>
    public static void Holds<T>(Gen<T> cases, Action<T> law, int count = 300)
    {
        Config config = Config.QuickThrowOnFailure.WithReplay(20260114, 1973).WithMaxTest(count).WithQuietOnSuccess(true);
        Prop.ForAll(cases.ToArbitrary(), law).Check(config);
    }
}
