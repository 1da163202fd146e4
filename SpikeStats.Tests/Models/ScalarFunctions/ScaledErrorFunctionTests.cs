using MathNet.Numerics;
using MathNet.Numerics.Integration;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.ScalarFunctions;

public sealed class ScaledErrorFunctionTests
{
    // Values of mpmath 1.2.1 with 40 digits: erfcx, -erfcx', the integral of erfcx from 0, Dawson's integral.
    [Theory]
    [InlineData(0, 1.0, 1.1283791670955126, 0.0, 0.0)]
    [InlineData(1e-3, 0.99887262008115141, 1.1263814218553503, 9.9943614356182235e-4, 9.9999933333360002e-4)]
    [InlineData(0.1, 0.89645697996912664, 0.94908777110168724, 0.094673583306152556, 0.099335992397852867)]
    [InlineData(0.7, 0.52593033734944096, 0.39207669480629528, 0.50511930541270473, 0.51050405755923177)]
    [InlineData(2, 0.25539567631050574, 0.1067964618534896, 0.97536208748415602, 0.30134038892379197)]
    [InlineData(5.5, 0.10096221839949909, 0.017794764701022603, 1.5202500612742152, 0.09249323231075476)]
    [InlineData(17, 0.033130499999725537, 1.9421671048443261e-3, 2.152852202559003, 0.029462916535858753)]
    [InlineData(60, 9.4018542751763886e-3, 1.5665407434594324e-4, 2.863921677071045, 8.3344912233290511e-3)]
    [InlineData(1000, 5.6418930145338765e-4, 5.6418873726549667e-7, 4.4511796670824726, 5.00000250000375e-4)]
    [InlineData(1e8, 5.6418958354775626e-9, 5.641895835477562e-17, 10.946652149533094, 5.0000000000000002e-9)]
    public void Functions_AgreeWithFortyDigits(double x, double scaled, double descent, double integral, double dawson)
    {
        StatisticalAssert.Close(scaled, ScaledErrorFunction.Of(x), relative: 1e-15);
        StatisticalAssert.Close(descent, ScaledErrorFunction.Descent(x), relative: 1e-15);
        StatisticalAssert.Close(integral, ScaledErrorFunction.Integral(x), absolute: 5e-16, relative: 1e-15);
        StatisticalAssert.Close(dawson, ScaledErrorFunction.Dawson(x), absolute: 5e-16, relative: 1e-15);
        StatisticalAssert.Close(-dawson, ScaledErrorFunction.Dawson(-x), absolute: 5e-16, relative: 1e-15);
    }

    [Fact]
    public void Of_AnyArgument_IsTheErrorFunctionOfTheLibrary()
    {
        for (double x = -6; x < 6; x += 0.0173) StatisticalAssert.Close(Math.Exp(x * x) * SpecialFunctions.Erfc(x), ScaledErrorFunction.Of(x), relative: 3e-14);
        Assert.Equal(double.PositiveInfinity, ScaledErrorFunction.Of(-30));
        Assert.Equal(0, ScaledErrorFunction.Of(double.PositiveInfinity));
    }

    [Fact]
    public void Integrals_AreThoseOfQuadrature()
    {
        for (double x = 0.05; x < 20; x *= 1.37)
        {
            StatisticalAssert.Close(GaussKronrodRule.Integrate(ScaledErrorFunction.Of, 0, x, out _, out _, 1e-14, 12), ScaledErrorFunction.Integral(x), relative: 1e-13);
            StatisticalAssert.Close(ScaledErrorFunction.Integral(3 * x) - ScaledErrorFunction.Integral(x), ScaledErrorFunction.Integral(x, 3 * x), relative: 1e-13);
            double passage = GaussKronrodRule.Integrate(u => Math.Exp((u - x) * (u + x)) * (1 + SpecialFunctions.Erf(u)), 0, x, out _, out _, 1e-13, 12);
            StatisticalAssert.Close(passage, ScaledErrorFunction.Passage(x), relative: 1e-12);
        }
    }

    [Fact]
    public void ProductSlope_OnBothSidesOfTheSwitch_IsTheDerivative()
    {
        // d/dx (x erfcx) = erfcx (1 + 2x²) - 2x/√π, in arithmetic that loses x⁴ ulps.
        for (double x = 0.1; x < 300; x *= 1.5)
        {
            double expected = (ScaledErrorFunction.Of(x) * (1 + (2 * x * x))) - (2 * x / Math.Sqrt(Math.PI));
            StatisticalAssert.Close(expected, ScaledErrorFunction.ProductSlope(x), absolute: 1e-15 * (1 + x));
        }

        StatisticalAssert.Close(ScaledErrorFunction.ProductSlope(99.9999), ScaledErrorFunction.ProductSlope(100.0001), relative: 1e-5);
    }
}
