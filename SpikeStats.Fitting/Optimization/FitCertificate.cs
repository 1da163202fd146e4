using System.Data;
using System.Globalization;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Fitting.Optimization;

/// <summary>What is known about how far an estimate is from the optimum, and whether there is one.</summary>
/// <param name="Status">How the fit ended.</param>
/// <param name="Message">The same in a sentence or two, with the names of the terms concerned.</param>
/// <param name="Iterations">Newton iterations on all data.</param>
/// <param name="NewtonDecrement">½ gᵀH⁻¹g at the estimate, in nats: to second order, how far the objective is from its optimum.</param>
/// <param name="GradientNorm">Largest absolute component of the gradient of the objective at the estimate, in nats per unit of the coefficient.</param>
/// <param name="Rank">The number of parameters that the data identify.</param>
/// <param name="ParameterCount">The number of parameters asked for.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record FitCertificate(
    FitStatus Status, string Message, int Iterations, double NewtonDecrement, double GradientNorm, int Rank, int ParameterCount)
{
    /// <summary>Whether the estimate is the unique optimum to the stated tolerance.</summary>
    public bool IsConverged => Status == FitStatus.Converged;

    /// <summary>The certificate as a table of one row: status, message, iterations, newtonDecrement, gradientNorm, rank, parameterCount.</summary>
    /// <returns>One row.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("certificate") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("status", typeof(string));
        table.Columns.Add("message", typeof(string));
        table.Columns.Add("iterations", typeof(int));
        table.Columns.Add("newtonDecrement", typeof(double));
        table.Columns.Add("gradientNorm", typeof(double));
        table.Columns.Add("rank", typeof(int));
        table.Columns.Add("parameterCount", typeof(int));
        table.Rows.Add(Status.ToString(), Message, Iterations, NewtonDecrement, GradientNorm, Rank, ParameterCount);
        return table;
    }

    /// <summary>The certificate for a notebook or a report.</summary>
    /// <returns>A <c>table</c> element.</returns>
    public string ToHtml() => HtmlTable.Of(
        ["", ""],
        [
            ["Status", Status.ToString()],
            ["In words", Message],
            ["Distance from the optimum", $"{NumberText.Short(NewtonDecrement, 3)} nats (Newton decrement)"],
            ["Largest slope", NumberText.Short(GradientNorm, 3)],
            ["Parameters identified", string.Create(CultureInfo.InvariantCulture, $"{Rank} of {ParameterCount}")],
        ],
        "Certificate").ToHtml();
}
