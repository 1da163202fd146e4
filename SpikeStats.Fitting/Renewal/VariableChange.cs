namespace SpikeStats.Fitting.Renewal;

/// <summary>The derivatives of the parameters of a distribution by the variables in which its likelihood is maximised.</summary>
/// <param name="count">The number of either.</param>
internal sealed class VariableChange(int count)
{
    private readonly double[,] first = new double[count, count];
    private readonly double[,,] second = new double[count, count, count];

    /// <summary>∂p/∂x.</summary>
    public double First(int parameter, int variable) => first[parameter, variable];

    /// <summary>Sets ∂p/∂x.</summary>
    public void SetFirst(int parameter, int variable, double value) => first[parameter, variable] = value;

    /// <summary>Sets ∂²p/∂x∂x'.</summary>
    public void SetSecond(int parameter, int variable, int other, double value) =>
        second[parameter, variable, other] = second[parameter, other, variable] = value;

    /// <summary>The slope of a function by a variable, from its slopes by the parameters.</summary>
    public double Slope(ParameterDerivatives sum, int variable)
    {
        double slope = 0;
        for (int k = 0; k < count; k++) slope += sum.First(k) * first[k, variable];
        return slope;
    }

    /// <summary>The curvature of a function by two variables.</summary>
    public double Curvature(ParameterDerivatives sum, int variable, int other)
    {
        double curvature = 0;
        for (int k = 0; k < count; k++)
        {
            curvature += sum.First(k) * second[k, variable, other];
            for (int l = 0; l < count; l++) curvature += sum.Second(k, l) * first[k, variable] * first[l, other];
        }

        return curvature;
    }

    /// <summary>The covariance of the parameters, from that of the variables.</summary>
    public double[,] Covariance(double[,] ofVariables)
    {
        double[,] covariance = new double[count, count];
        for (int k = 0; k < count; k++)
        {
            for (int l = 0; l < count; l++)
            {
                for (int i = 0; i < count; i++)
                {
                    for (int j = 0; j < count; j++) covariance[k, l] += first[k, i] * ofVariables[i, j] * first[l, j];
                }
            }
        }

        return covariance;
    }
}
