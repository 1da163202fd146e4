namespace SpikeStats.Fitting.Renewal;

/// <summary>Sums of first and second derivatives by the parameters of a distribution.</summary>
internal sealed class ParameterDerivatives(int count)
{
    private readonly double[] first = new double[count];
    private readonly double[,] second = new double[count, count];

    public double First(int i) => first[i];

    public double Second(int i, int j) => second[Math.Min(i, j), Math.Max(i, j)];

    /// <summary>Adds the derivatives of a function of one parameter.</summary>
    public void Add(double byFirst, double twice)
    {
        first[0] += byFirst;
        second[0, 0] += twice;
    }

    /// <summary>Adds the derivatives of a function of two parameters.</summary>
    public void Add(double byFirst, double bySecond, double twiceFirst, double both, double twiceSecond)
    {
        first[0] += byFirst;
        first[1] += bySecond;
        second[0, 0] += twiceFirst;
        second[0, 1] += both;
        second[1, 1] += twiceSecond;
    }

    /// <summary>Adds a first derivative.</summary>
    public void AddFirst(int i, double value) => first[i] += value;

    /// <summary>Adds a second derivative; i ≤ j.</summary>
    public void AddSecond(int i, int j, double value) => second[i, j] += value;
}
