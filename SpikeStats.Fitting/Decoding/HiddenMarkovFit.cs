using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>A fitted hidden Markov model: estimates, their uncertainty, and how the fit went.</summary>
/// <remarks>
/// Parameters are log rates (with the weights of emission inputs and of past spikes) and logits of transitions relative to staying (with the weights of transition inputs).
/// Standard errors come from the observed information at the estimate, with the initial probabilities held. A parameter at its limit, such as the log rate of a unit
/// that is silent in a state, is infinite and has none.
/// </remarks>
public sealed class HiddenMarkovFit
{
    private readonly double[] increments;
    private readonly double[] startLogLikelihoods;

    internal HiddenMarkovFit(HiddenMarkovSpecification specification, HiddenMarkovModel model, FitCertificate certificate, double[] increments, double[] startLogLikelihoods)
    {
        Specification = specification;
        Model = model;
        Certificate = certificate;
        this.increments = increments;
        this.startLogLikelihoods = startLogLikelihoods;
    }

    /// <summary>What was asked for.</summary>
    public HiddenMarkovSpecification Specification { get; }

    /// <summary>The fitted model; its states are numbered by their mean rate, the lowest first.</summary>
    public HiddenMarkovModel Model { get; }

    /// <summary>How far the estimate is from the maximum that it belongs to.</summary>
    public FitCertificate Certificate { get; }

    /// <summary>Log-likelihood with all constants, in nats.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Names of the parameters, for example <c>log rate: state 0, unit a</c>.</summary>
    public required IReadOnlyList<string> ParameterNames { get; init; }

    /// <summary>The parameters, in order: logarithms of rates in hertz, then logits, dimensionless; weights of inputs per unit of the signal.</summary>
    public required IReadOnlyList<double> Parameters { get; init; }

    /// <summary>Standard errors, in the units of <see cref="Parameters"/>; NaN for parameters at a limit or not identified.</summary>
    public required IReadOnlyList<double> StandardErrors { get; init; }

    /// <summary>Rise of the log-likelihood in each EM iteration of the best start, in nats; none is negative beyond rounding.</summary>
    public ReadOnlySpan<double> Increments => increments;

    /// <summary>Log-likelihood that each start reached before the Newton steps, in nats.</summary>
    public ReadOnlySpan<double> StartLogLikelihoods => startLogLikelihoods;

    /// <summary>The number of starts that came within 0.01 nats of the best one.</summary>
    public int AgreeingStarts => startLogLikelihoods.Count(value => value >= startLogLikelihoods.Max() - 0.01);

    /// <summary>The number of free parameters, those of the initial probabilities included.</summary>
    public int ParameterCount => Model.ParameterCount;

    /// <summary>Akaike's criterion, in nats; a guide only, because its theory does not hold for the number of states.</summary>
    public double Aic => Scores.Aic(LogLikelihood, ParameterCount);

    /// <summary>Schwarz's criterion with the number of bins, in nats.</summary>
    public double Bic => Scores.Bic(LogLikelihood, ParameterCount, BinCount);

    /// <summary>The number of bins.</summary>
    public required int BinCount { get; init; }

    /// <summary>The parameters as a table: parameter, estimate, standardError.</summary>
    /// <returns>One row per parameter.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("parameters") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("parameter", typeof(string));
        table.Columns.Add("estimate", typeof(double));
        table.Columns.Add("standardError", typeof(double));
        for (int i = 0; i < Parameters.Count; i++) table.Rows.Add(ParameterNames[i], Parameters[i], StandardErrors[i]);
        return table;
    }

    /// <summary>One line of text: states, units and how the fit ended.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"HiddenMarkovFit: {Model.StateCount} states, {Model.Units.Count} units, {Certificate.Status}, {AgreeingStarts} of {startLogLikelihoods.Length} starts agree");
}
