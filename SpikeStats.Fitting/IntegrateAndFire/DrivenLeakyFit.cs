using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Plotting;

namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>A fitted leaky integrate-and-fire neuron under a recorded drive: estimates, their uncertainty, scores and the certificate of the optimum.</summary>
/// <remarks>Log-likelihoods are densities of spike times in seconds, given the first spike of each observed interval. Standard errors come from the observed information.</remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class DrivenLeakyFit
{
    internal DrivenLeakyFit(DrivenLeakySpecification specification, DrivenLeakyNeuron model, IReadOnlyList<ParameterEstimate> parameters, FitCertificate certificate)
    {
        Specification = specification;
        Model = model;
        Parameters = parameters;
        Certificate = certificate;
    }

    /// <summary>What was asked for.</summary>
    public DrivenLeakySpecification Specification { get; }

    /// <summary>The fitted process, ready to score, judge and simulate.</summary>
    public DrivenLeakyNeuron Model { get; }

    /// <summary>mean (μ₀, volts), gain (volts per unit of the signal) and sigma (volts), with 95 % intervals.</summary>
    public IReadOnlyList<ParameterEstimate> Parameters { get; }

    /// <summary>How far the estimate is from the optimum, and whether there is one.</summary>
    public FitCertificate Certificate { get; }

    /// <summary>Covariance of mean, gain and sigma, in products of their units (volts, volts per unit of the signal); NaN if the optimum was not reached.</summary>
    public required double[,] Covariance { get; init; }

    /// <summary>Log-likelihood, in nats.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log-likelihood of the constant rate that fits the same intervals best, in nats.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Log-likelihood of the same neuron under its best constant input, with a gain of zero, in nats; NaN if there is no such optimum.</summary>
    public required double ConstantInputLogLikelihood { get; init; }

    /// <summary>By how much the log-likelihood at the estimate changes if the steps of the integral equation are halved, in nats.</summary>
    public required double StepError { get; init; }

    /// <summary>Complete intervals.</summary>
    public required int IntervalCount { get; init; }

    /// <summary>Open intervals that were counted.</summary>
    public required int OpenIntervalCount { get; init; }

    /// <summary>Akaike's criterion, -2ℓ + 2k, in nats.</summary>
    public double Aic => Scores.Aic(LogLikelihood, Model.ParameterCount);

    /// <summary>Schwarz's criterion, -2ℓ + k log(<see cref="IntervalCount"/>), in nats.</summary>
    public double Bic => Scores.Bic(LogLikelihood, Model.ParameterCount, IntervalCount);

    /// <summary>Information gained over the constant rate, (ℓ - ℓ₀) / (log 2 · intervals), in bits per spike.</summary>
    public double BitsPerSpike => Scores.BitsPerSpike(LogLikelihood, NullLogLikelihood, IntervalCount);

    /// <summary>The estimates as a table: parameter, unit, estimate, standardError, lower, upper (95 %).</summary>
    /// <returns>One row per parameter, in SI units; NaN where there is no standard error.</returns>
    public DataTable ToDataTable() => ParameterEstimate.Table(Parameters);

    /// <summary>The fit for a notebook or a report: certificate and estimates.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() =>
        Certificate.ToHtml() + HtmlTable.Of(ToDataTable(), $"Leaky integrate-and-fire neuron of unit {Specification.Target}, driven by {Specification.Signal}", "G4").ToHtml();

    /// <summary>One line of text: the unit, the signal, how the fit ended and how much it explains.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"DrivenLeakyFit {Specification.Target}: driven by {Specification.Signal}, {Certificate.Status}, {BitsPerSpike:G4} bits/spike");
}
