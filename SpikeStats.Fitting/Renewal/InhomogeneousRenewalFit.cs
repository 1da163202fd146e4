using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Renewal;
using SpikeStats.Plotting;

namespace SpikeStats.Fitting.Renewal;

/// <summary>A fitted inhomogeneous renewal process: the rate, the shape of the intervals in operational time, their uncertainty and the certificate.</summary>
/// <remarks>Log-likelihoods are densities of spike times in seconds. Standard errors come from the joint observed information of levels and shape.</remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class InhomogeneousRenewalFit
{
    internal InhomogeneousRenewalFit(InhomogeneousRenewalSpecification specification, RenewalProcess model, FitCertificate certificate)
    {
        Specification = specification;
        Model = model;
        Certificate = certificate;
    }

    /// <summary>What was asked for.</summary>
    public InhomogeneousRenewalSpecification Specification { get; }

    /// <summary>The fitted process with its rate, ready to score, judge and simulate.</summary>
    public RenewalProcess Model { get; }

    /// <summary>How far the estimate is from the optimum, and whether there is one.</summary>
    public FitCertificate Certificate { get; }

    /// <summary>The shape of the intervals of mean 1, dimensionless; null for the exponential family.</summary>
    public required ParameterEstimate? Shape { get; init; }

    /// <summary>The factor of a given rate; null if levels were estimated.</summary>
    public required ParameterEstimate? Gain { get; init; }

    /// <summary>The levels of the rate, bin by bin; none for a given rate.</summary>
    public required IReadOnlyList<RateLevel> Rates { get; init; }

    /// <summary>Covariance of the logarithms of the levels (or the gain) and, last, of the shape, dimensionless; NaN if the optimum was not reached.</summary>
    public required double[,] LogCovariance { get; init; }

    /// <summary>Log-likelihood, in nats.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log-likelihood of the constant rate that fits the same spikes in the same time best, in nats.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Spikes whose instant has a part in the likelihood.</summary>
    public required int EventCount { get; init; }

    /// <summary>Akaike's criterion, -2ℓ + 2k, in nats.</summary>
    public double Aic => Scores.Aic(LogLikelihood, Model.ParameterCount);

    /// <summary>Schwarz's criterion, -2ℓ + k log(<see cref="EventCount"/>), in nats.</summary>
    public double Bic => Scores.Bic(LogLikelihood, Model.ParameterCount, EventCount);

    /// <summary>Information gained over the constant rate, in bits per spike.</summary>
    public double BitsPerSpike => Scores.BitsPerSpike(LogLikelihood, NullLogLikelihood, EventCount);

    /// <summary>The estimates as a table: parameter, unit, start, end, estimate, standardError, lower, upper (95 %).</summary>
    /// <returns>One row for the shape or the gain, where there is one, then one per level with the bin in which it holds, in seconds.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("parameters") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("parameter", typeof(string));
        table.Columns.Add("unit", typeof(string));
        foreach (string column in (string[])["start", "end", "estimate", "standardError", "lower", "upper"]) table.Columns.Add(column, typeof(double));
        foreach (ParameterEstimate parameter in new[] { Shape, Gain }.OfType<ParameterEstimate>())
            table.Rows.Add(parameter.Name, parameter.SiUnit, DBNull.Value, DBNull.Value, parameter.Value, parameter.StandardError, parameter.Lower, parameter.Upper);
        foreach (RateLevel level in Rates)
            table.Rows.Add("rate", "Hz", level.Interval.Start, level.Interval.End, level.Value, level.StandardError, level.Lower, level.Upper);
        return table;
    }

    /// <summary>The fit for a notebook or a report: certificate and estimates.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() =>
        Certificate.ToHtml() + HtmlTable.Of(ToDataTable(), $"Inhomogeneous renewal process of unit {Specification.Target}: {Specification.Family.Name} intervals", "G4").ToHtml();

    /// <summary>One line of text: the unit, the family, how the fit ended and how much it explains.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"InhomogeneousRenewalFit {Specification.Target}: {Specification.Family.Name}, {Certificate.Status}, {BitsPerSpike:G4} bits/spike");
}
