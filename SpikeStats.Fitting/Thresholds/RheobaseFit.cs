using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Neurons;
using SpikeStats.Plotting;

namespace SpikeStats.Fitting.Thresholds;

/// <summary>Rheobase, time constant and spread of the threshold, with their errors and the certificate of the optimum.</summary>
/// <remarks>Standard errors come from the observed information; estimates and errors are NaN if the data have no optimum.</remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class RheobaseFit
{
    private const int ParameterCount = 3;

    internal RheobaseFit()
    {
    }

    /// <summary>What was asked for.</summary>
    public required RheobaseSpecification Specification { get; init; }

    /// <summary>I_rh, in the unit of the strengths.</summary>
    public required ParameterEstimate Rheobase { get; init; }

    /// <summary>τ, in seconds.</summary>
    public required ParameterEstimate TimeConstant { get; init; }

    /// <summary>s, the scale of the distribution of the threshold, in the unit of the strengths: the standard deviation if it is normal, √3/π of it if logistic.</summary>
    public required ParameterEstimate Spread { get; init; }

    /// <summary>Covariance of rheobase, time constant (seconds) and spread, in products of their units.</summary>
    public required double[,] Covariance { get; init; }

    /// <summary>Log-likelihood of the responses, in nats; its supremum 0 if a threshold without error explains them.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log-likelihood if all pulses made a spike with the same probability, in nats.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>The number of pulses.</summary>
    public required int PulseCount { get; init; }

    /// <summary>How far the estimate is from the optimum, and whether there is one.</summary>
    public required FitCertificate Certificate { get; init; }

    /// <summary>Akaike's criterion, -2ℓ + 2k, in nats.</summary>
    public double Aic => Scores.Aic(LogLikelihood, ParameterCount);

    /// <summary>The pulse of which half make a spike, by duration; its <see cref="StrengthDurationCurve.Chronaxie"/> is τ log 2.</summary>
    /// <returns>Lapicque's curve, in the unit of the strengths.</returns>
    /// <exception cref="InvalidOperationException">The data have no optimum, or the rheobase is not positive.</exception>
    public StrengthDurationCurve StrengthDuration() => Rheobase.Value > 0
        ? new StrengthDurationCurve(Rheobase.Value, TimeConstant.Value)
        : throw new InvalidOperationException($"The rheobase of this fit is {Rheobase.Value.ToString(CultureInfo.InvariantCulture)}; there is no curve. {Certificate.Message}");

    /// <summary>The probability that a pulse makes a spike.</summary>
    /// <param name="duration">d, in seconds; positive.</param>
    /// <param name="strength">I, in the unit of the strengths.</param>
    /// <returns>Between 0 and 1; NaN if the data have no optimum.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not positive.</exception>
    public double Probability(double duration, double strength)
    {
        if (!(duration > 0)) throw new ArgumentOutOfRangeException(nameof(duration), duration, "The duration of the pulse must be positive, in seconds.");
        double effect = strength * (1 - Math.Exp(-duration / TimeConstant.Value));
        return Math.Exp(RheobaseObjective.LogProbability((effect - Rheobase.Value) / Spread.Value, Specification.Noise).Logarithm);
    }

    /// <summary>The estimates as a table: parameter, unit, estimate, standardError, lower, upper (95 %).</summary>
    /// <returns>Three rows.</returns>
    public DataTable ToDataTable() => ParameterEstimate.Table([Rheobase, TimeConstant, Spread]);

    /// <summary>The fit for a notebook or a report: certificate and estimates.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() => Certificate.ToHtml() + HtmlTable.Of(ToDataTable(), "Rheobase and time constant", "G4").ToHtml();

    /// <summary>One line of text: how the fit ended, and the estimates.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"RheobaseFit: {Certificate.Status}, rheobase {Rheobase.Value:G4} ± {Rheobase.StandardError:G2}, time constant {TimeConstant.Value:G4} ± {TimeConstant.StandardError:G2} s");
}
