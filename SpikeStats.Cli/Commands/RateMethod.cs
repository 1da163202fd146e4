using SpikeStats.Cli.Documents;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Commands;

/// <summary>A way from a neuron and its input to rate, slopes and regularity, by the name that <c>--method</c> takes.</summary>
/// <remarks>A further method is a row of <see cref="all"/>; nothing else names methods.</remarks>
/// <param name="Name">Its name.</param>
/// <param name="Solve">Rate, logarithm and slopes, and the coefficient of variation, of a point with noise.</param>
internal sealed record RateMethod(string Name, Func<LifPoint, (SiegertRate Rate, double CoefficientOfVariation)> Solve)
{
    // In units of the noise: what is left of the fifth derivative of log ν and of the error of the rates then balance.
    private const double SlopeStep = 0.005;
    private const double LargestError = 1e-8;

    // Twice the default, for neurons that the mean drives.
    private const int ThresholdCells = 800;

    private static readonly RateMethod[] all = [new("siegert", InClosedForm), new("fokker-planck", BySteadyState), new("threshold-integration", ByThresholdIntegration)];

    private static readonly SiegertRate unknown = new(double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>The method that is used if none is named.</summary>
    public static RateMethod Default => all[0];

    /// <summary>The names, for help and messages.</summary>
    public static string Words { get; } = string.Join('|', all.Select(method => method.Name));

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">There is no such method.</exception>
    public static RateMethod Parse(string text) =>
        Array.Find(all, method => method.Name == text) ?? throw new FormatException($"'{text}' is no method. Write {Words.Replace("|", " or ", StringComparison.Ordinal)}.");

    /// <summary>Solves a point; without noise there is no density to solve for, and all methods have the same limit, the deterministic neuron.</summary>
    /// <returns>NaN throughout where the method reaches its limit.</returns>
    public (SiegertRate Rate, double CoefficientOfVariation) Evaluate(LifPoint point) => point.Input.Sigma == 0 ? InClosedForm(point) : Solve(point);

    private static (SiegertRate Rate, double CoefficientOfVariation) InClosedForm(LifPoint point) =>
        (Siegert.Evaluate(point.Neuron, point.Input), Siegert.CoefficientOfVariation(point.Neuron, point.Input));

    private static (SiegertRate Rate, double CoefficientOfVariation) ByThresholdIntegration(LifPoint point)
    {
        ThresholdTransfer transfer = new(point.Neuron, ThresholdCells);
        double rate = transfer.Rate(point.Input), coefficientOfVariation = transfer.CoefficientOfVariation(point.Input), sigma = point.Input.Sigma;

        // Too little noise to reach the threshold with: the square of the passage time is beyond all numbers, and the slopes would be zero.
        if (!(rate > 0) || !double.IsFinite(coefficientOfVariation)) return (unknown, double.NaN);
        double inMean = transfer.Susceptibility(point.Input, 0).Real, inVariance = transfer.VarianceSusceptibility(point.Input, 0).Real;
        return (new SiegertRate(rate, Math.Log(rate), inMean, 2 * inVariance / sigma), coefficientOfVariation);
    }

    // Finite volumes at rest; the logarithm of the rate is nearly a parabola in mean and noise, so that differences of order four are good for the slopes.
    private static (SiegertRate Rate, double CoefficientOfVariation) BySteadyState(LifPoint point)
    {
        FokkerPlanckEquation equation = new(point.Neuron);
        SteadyFiring firing = equation.Firing(point.Input);
        double step = SlopeStep * point.Input.Sigma, logRate = Math.Log(firing.Rate);
        if (!(firing.RelativeError < LargestError)) return (unknown, double.NaN);
        double inMean = Slope(shift => point.Input with { Mean = point.Input.Mean + shift }), inSigma = Slope(shift => point.Input with { Sigma = point.Input.Sigma + shift });
        return (new SiegertRate(firing.Rate, logRate, firing.Rate * inMean, firing.Rate * inSigma), firing.CoefficientOfVariation);

        double Slope(Func<double, WhiteNoiseInput> at) => ((8 * (LogRate(at(step)) - LogRate(at(-step)))) - (LogRate(at(2 * step)) - LogRate(at(-2 * step)))) / (12 * step);
        double LogRate(WhiteNoiseInput input) => Math.Log(equation.Firing(input).Rate);
    }
}
