using System.Data;
using System.Globalization;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.ModelSelection;

/// <summary>The strengths that automatic relevance determination found.</summary>
/// <param name="Fit">The fit with these strengths; its specification holds them.</param>
/// <param name="Terms">One entry per penalty, in the order of the terms.</param>
/// <param name="LogEvidence">Laplace's approximation of the log evidence, in nats.</param>
/// <param name="Iterations">Number of fits.</param>
/// <param name="IsConverged">Whether every slope of the evidence was below the tolerance; if not, allow more iterations.</param>
public sealed record RelevanceResult(GlmFit Fit, IReadOnlyList<TermRelevance> Terms, double LogEvidence, int Iterations, bool IsConverged)
{
    /// <summary>How the search ended, in a sentence or two.</summary>
    public string Message
    {
        get
        {
            string ended = IsConverged
                ? string.Create(CultureInfo.InvariantCulture, $"{(Terms.Count == 1 ? "The strength of the penalty was" : $"The strengths of {Terms.Count} penalties were")} found in {Iterations} fits.")
                : string.Create(CultureInfo.InvariantCulture, $"The limit of {Iterations} fits was reached before the evidence was largest; allow more, or start from other strengths.");
            string[] off = [.. Terms.Where(term => term.IsSwitchedOff).Select(term => $"{term.Term} ({term.Penalty})")];
            return off.Length == 0 ? ended : $"{ended} Nothing is left of what these penalise: {string.Join(", ", off)}.";
        }
    }

    /// <summary>The strengths as a table: term, penalty, factor, degreesOfFreedom, isSwitchedOff.</summary>
    /// <returns>One row per penalty.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("relevance") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("term", typeof(string));
        table.Columns.Add("penalty", typeof(string));
        table.Columns.Add("factor", typeof(double));
        table.Columns.Add("degreesOfFreedom", typeof(double));
        table.Columns.Add("isSwitchedOff", typeof(bool));
        foreach (TermRelevance term in Terms) table.Rows.Add(term.Term, term.Penalty, term.Factor, term.DegreesOfFreedom, term.IsSwitchedOff);
        return table;
    }
}
