using SpikeStats.Models.Bases;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Bases;

public sealed class TensorProductBasisTests
{
    [Fact]
    public void Evaluate_ThreeMargins_IsTheProduct()
    {
        ValueBasis[] margins = [ValueBasis.BSpline(5, -1, 3), ValueBasis.CyclicBSpline(4, 0, 360, order: 3), new ValueBasis(new RaisedCosineBasis(3, 1), 10, 20)];
        TensorProductBasis basis = new(margins);
        Assert.Equal(60, basis.FunctionCount);
        double[][] own = [.. margins.Select(margin => new double[margin.FunctionCount])];
        double[] point = [0.7, 725, 13], values = new double[60];
        for (int m = 0; m < 3; m++) margins[m].Evaluate(point[m], own[m]);
        basis.Evaluate(point, values);
        for (int k = 0; k < 60; k++)
        {
            int[] indices = basis.IndicesOf(k);
            Assert.Equal(k, (((indices[0] * 4) + indices[1]) * 3) + indices[2]);
            StatisticalAssert.Close(own[0][indices[0]] * own[1][indices[1]] * own[2][indices[2]], values[k], absolute: 1e-16);
        }

        Assert.Equal("bspline:n=5,order=4,from=-1,to=3 × cyclic-bspline:n=4,order=3,from=0,to=360 × raised-cosine:n=3,from=10,to=20", basis.Description);
        Assert.Throws<ArgumentException>(() => basis.Evaluate([0.7, 725], values));
        Assert.Throws<ArgumentException>(() => basis.Evaluate(point, new double[59]));
        Assert.Throws<ArgumentException>(() => new TensorProductBasis());
        Assert.Throws<ArgumentOutOfRangeException>(() => basis.IndicesOf(60));
    }

    [Fact]
    public void ConstantCombination_OfEveryKind_IsOneEverywhereOrAbsent()
    {
        foreach (UnitIntervalBasis functions in (UnitIntervalBasis[])[new BSplineBasis(6, 1), new MSplineBasis(5, 1), new CyclicBSplineBasis(5, 1), new FourierBasis(3, 1)])
        {
            ValueBasis basis = new(functions, 2, 4);
            double[] values = new double[basis.FunctionCount];
            foreach (double value in (double[])[2, 2.34, 3.1, 3.9, 4])
            {
                basis.Evaluate(value, values);
                StatisticalAssert.Close(1, values.Zip(basis.ConstantCombination!, (a, b) => a * b).Sum(), absolute: 1e-8);
            }
        }

        // Sums of raised cosines of width 2 are flat between the outer peaks, but those of width 1.5 are not.
        Assert.NotNull(new ValueBasis(new RaisedCosineBasis(5, 1), 0, 1).ConstantCombination);
        Assert.Null(new ValueBasis(new RaisedCosineBasis(5, 1, 1.5), 0, 1).ConstantCombination);
        Assert.Null(new TensorProductBasis(ValueBasis.BSpline(4, 0, 1), new ValueBasis(new RaisedCosineBasis(5, 1, 1.5), 0, 1)).ConstantCombination());
    }

    [Fact]
    public void Value_OnAndOffTheRange_IsWrappedOnlyOnACircle()
    {
        ValueBasis line = ValueBasis.BSpline(5, 0, 10), circle = ValueBasis.CyclicBSpline(5, 0, 10);
        Assert.False(line.Contains(10.01));
        Assert.False(circle.Contains(double.NaN));
        double[] values = new double[5], wrapped = new double[5];
        circle.Evaluate(3, values);
        circle.Evaluate(-17, wrapped);
        StatisticalAssert.Close(values, wrapped, absolute: 1e-14);
        Assert.Throws<ArgumentOutOfRangeException>(() => line.Evaluate(-0.1, values));
    }
}
