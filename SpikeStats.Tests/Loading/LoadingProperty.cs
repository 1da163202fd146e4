using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace SpikeStats.Tests.Loading;

/// <summary>Checks a property for many generated values, always the same ones.</summary>
internal static class LoadingProperty
{
    private const ulong Seed = 20260101;
    private const ulong Gamma = 9223372036854775837;

    /// <summary>Checks a property; a failure throws with the value and its shrinking.</summary>
    public static void Holds<T>(Gen<T> values, int count, Action<T> property)
    {
        Replay replay = new(new Rnd(Seed, Gamma), FSharpOption<int>.None);
        Config config = Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true).WithReplay(FSharpOption<Replay>.Some(replay));
        Check.One(config, Prop.ForAll(values.ToArbitrary(), property));
    }
}
