using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpikeStats.RandomStreams;

/// <summary>Standard normal numbers from 64 random bits a pair, lane by lane: r cos φ and r sin φ with r² = -2 log u.</summary>
/// <remarks>
/// u has 40 bits and the angle 24, of which one exchanges cosine and sine, one is the sign of the cosine, and 22 are an angle between -π/4 and π/4. A number therefore never exceeds
/// √(82 log 2) = 7.54, which one of 2·10¹³ would, and the law is right to 1 % of its tail up to 7.0. Functions are polynomials of our own, interpolated at Chebyshev nodes and
/// accurate to 2·10⁻¹⁴ relative.
/// <para><b>Source:</b> Box and Muller, Ann Math Stat 29:610 (1958).</para>
/// </remarks>
internal static class BoxMuller
{
    private const double RadiusSpacing = 1.0 / (1UL << 40), AngleSpacing = 1.0 / (1 << 22), LogTwo = 0.6931471805599453094;
    private const ulong LowerWord = 0xFFFFFFFF, AngleBits = (1 << 22) - 1, SwapBit = 1UL << 54, SignBit = 1UL << 63;

    // The bits of √½, at which the mantissa turns over into the next exponent, and those of 2^52.
    private const ulong RootHalf = 0x3FE6A09E667F3BCD, TwoToThe52 = 0x4330000000000000;

    /// <summary>A pair per lane.</summary>
    /// <param name="bits">From the lowest: 32 for u, 22 for the angle, one to swap, one for the sign of the cosine, and 8 more for u.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> First, Vector512<double> Second) Of(Vector512<ulong> bits)
    {
        Vector512<double> half = Vector512.Create(0.5), u = (ToDouble(((bits & Vector512.Create(LowerWord)) << 8) | (bits >>> 56)) + half) * Vector512.Create(RadiusSpacing);
        Vector512<double> radius = Vector512.Sqrt(Vector512.Create(-2.0) * Log(u));
        Vector512<double> x = Vector512.FusedMultiplyAdd(ToDouble((bits >>> 32) & Vector512.Create(AngleBits)) + half, Vector512.Create(AngleSpacing), Vector512.Create(-0.5));
        Vector512<double> square = x * x;
        Vector512<double> sine = radius * (x * Sine(square)), cosine = (radius * Cosine(square)) ^ ((bits << 8) & Vector512.Create(SignBit)).AsDouble();
        Vector512<double> swap = Vector512.Equals(bits & Vector512.Create(SwapBit), Vector512<ulong>.Zero).AsDouble();
        return (Vector512.ConditionalSelect(swap, cosine, sine), Vector512.ConditionalSelect(swap, sine, cosine));
    }

    /// <summary>The natural logarithm of positive normal numbers, to 2·10⁻¹⁴ relative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        // x = 2^e (1 + f) with 1 + f from √½ to √2.
        Vector512<ulong> turned = x.AsUInt64() - Vector512.Create(RootHalf);
        Vector512<long> exponent = turned.AsInt64() >> 52;
        Vector512<double> f = (x.AsUInt64() - (exponent << 52).AsUInt64()).AsDouble() - Vector512<double>.One, square = f * f;

        // Even and odd powers apart: two short chains instead of a long one.
        Vector512<double> even = Vector512.Create(0.03550255209682033);
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(0.07808645964311096));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(0.07525682174652285));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(0.091026777139586));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(0.11110667407062838));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(0.14285723158995764));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(0.19999999913523026));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(0.3333333333366278));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(0.9999999999999978));
        Vector512<double> odd = Vector512.Create(-0.07434589714878563);
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(-0.07175470440668202));
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(-0.0830874085245487));
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(-0.1000239910190662));
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(-0.12499895335731784));
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(-0.16666668870064102));
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(-0.24999999980097665));
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(-0.5000000000005124));
        Vector512<double> mantissa = f * Vector512.FusedMultiplyAdd(odd, f, even);
        return Vector512.FusedMultiplyAdd(ToDouble(exponent), Vector512.Create(LogTwo), mantissa);
    }

    /// <summary>Whole numbers below 2^52 as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> ToDouble(Vector512<ulong> value) => (value | Vector512.Create(TwoToThe52)).AsDouble() - Vector512.Create(TwoToThe52).AsDouble();

    // sin(πx/2)/x of x².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Sine(Vector512<double> square)
    {
        Vector512<double> sum = Vector512.Create(-3.556386260704784e-06);
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(0.00016042926504495616));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(-0.004681752591458209));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(0.07969262615574603));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(-0.645964097504309));
        return Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(1.57079632679489));
    }

    // cos(πx/2) of x².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Cosine(Vector512<double> square)
    {
        Vector512<double> sum = Vector512.Create(4.6552961874867623e-07);
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(-2.520013526428479e-05));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(0.000919259950041661));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(-0.02086348073494657));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(0.25366950789986475));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(-1.2337005501361513));
        return Vector512.FusedMultiplyAdd(sum, square, Vector512<double>.One);
    }

    // Small whole numbers of either sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ToDouble(Vector512<long> value) =>
        (value + Vector512.Create(0x4338000000000000)).AsDouble() - Vector512.Create(6755399441055744.0);
}
