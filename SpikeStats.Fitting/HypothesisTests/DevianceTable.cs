using System.Data;
using System.Globalization;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.HypothesisTests;

/// <summary>Analysis of deviance: the terms of a specification one after the other, each tested against those before it.</summary>
/// <param name="NullDeviance">Deviance of the constant rate, in nats.</param>
/// <param name="Rows">One row per term, in the order of the specification.</param>
public sealed record DevianceTable(double NullDeviance, IReadOnlyList<DevianceRow> Rows)
{
    /// <summary>Fits the model term by term, always on the bins of the full model.</summary>
    /// <remarks>The order matters if terms share what they explain. Cost: one fit per term and one for the constant rate.</remarks>
    /// <param name="specification">The full model, without penalties.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="cancellationToken">Cancels the fits.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">A term has a penalty, or a fit did not reach its optimum.</exception>
    public static DevianceTable Of(
        GlmSpecification specification, Recording recording, GlmFitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(recording);
        NestedFits fits = new(specification, recording, options ?? new GlmFitOptions());
        HashSet<string> kept = [];
        GlmFit before = fits.Fit(_ => false, cancellationToken);
        double nullDeviance = before.Deviance;
        List<DevianceRow> rows = [];
        foreach (GlmTerm term in specification.Terms)
        {
            kept.Add(term.Name);
            GlmFit with = fits.Fit(own => kept.Contains(own.Name), cancellationToken);
            rows.Add(new DevianceRow(term.Name, LikelihoodRatioTest.Of(before, with), with.Deviance));
            before = with;
        }

        return new DevianceTable(nullDeviance, rows);
    }

    /// <summary>The rows as a table: term, degreesOfFreedom, deviance, residualDeviance, pValue.</summary>
    /// <returns>One row per term.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("deviance") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("term", typeof(string));
        table.Columns.Add("degreesOfFreedom", typeof(int));
        foreach (string column in (string[])["deviance", "residualDeviance", "pValue"]) table.Columns.Add(column, typeof(double));
        foreach (DevianceRow row in Rows) table.Rows.Add(row.Term, row.Test.DegreesOfFreedom, row.Test.Statistic, row.ResidualDeviance, row.Test.PValue);
        return table;
    }
}
