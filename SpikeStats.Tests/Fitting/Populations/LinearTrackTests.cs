using System.Text.Json;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Populations;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Populations;

/// <summary>Twenty units of a rat on a linear track, against statsmodels.</summary>
public sealed class LinearTrackTests
{
    // The reference gives twelve digits of a coefficient.
    private const double CoefficientTolerance = 1e-6;

    private static readonly WindowBasis windows = new(0.01, 0.02, 0.06, 0.16);

    private static JsonElement Reference => ReferenceFile.Read("linear-track-glm");

    public static TheoryData<string> Targets => [.. Reference.At("fits").EnumerateObject().Select(fit => fit.Name)];

    [SkippableTheory]
    [MemberData(nameof(Targets))]
    public void SelfHistory_IsTheReference(string target)
    {
        GlmFit fit = Specification(target, [new HistoryTerm(windows)]).Fit(Recording());
        Assert.True(fit.Certificate.IsConverged);
        AssertReference(Reference.At("fits", target, "self_history_only"), fit, target);
    }

    // The reference drops a window that no spike of the target follows and keeps its bins: a basis without that window does the same.
    [SkippableTheory]
    [MemberData(nameof(Targets))]
    public void Coupled_IsTheReference(string target)
    {
        JsonElement expected = Reference.At("fits", target, "full");
        string[] columns = [.. expected.At("columns").EnumerateArray().Select(column => column.GetString()!)];
        List<GlmTerm> terms = [];
        foreach (string unit in Units())
        {
            int[] kept = [.. Enumerable.Range(0, 3).Where(window => columns.Contains(ColumnName(unit, window)))];
            Basis basis = kept.Length == 3 ? windows : WithWindows(kept);
            terms.Add(unit == target ? new HistoryTerm(basis) : new CouplingTerm(unit, basis));
        }

        GlmFit fit = Specification(target, terms).Fit(Recording());
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        AssertReference(expected, fit, target);
    }

    [SkippableTheory]
    [InlineData(PopulationMethod.Streamed)]
    [InlineData(PopulationMethod.MatrixFree)]
    public void Population_IsTheReferenceAndTheSingleFits(PopulationMethod method)
    {
        Recording recording = Recording();
        GlmPopulationSpecification specification = new() { Basis = windows, BinWidth = 0.01, Targets = ["tet4_cl10", "tet10_cl18", "tet1_cl1"] };
        GlmPopulationFit population = specification.Fit(recording, new GlmPopulationOptions { Method = method });
        AssertReference(Reference.At("fits", "tet4_cl10", "full"), population.Fit("tet4_cl10"), "tet4_cl10");
        foreach (GlmFit fit in population.Fits) PopulationAssert.Same(specification.For(fit.Specification.Target, recording.Units.Ids).Fit(recording), fit);

        // Four windows of others are never followed by a spike of this unit, of which the reference names the same.
        GlmFit separated = population.Fit("tet1_cl1");
        Assert.Equal(FitStatus.Separated, separated.Certificate.Status);
        string[] dropped = [.. Units().SelectMany(unit => Enumerable.Range(0, 3).Select(window => (unit, window)))
            .Where(column => !Reference.At("fits", "tet1_cl1", "full", "columns").EnumerateArray().Any(kept => kept.GetString() == ColumnName(column.unit, column.window)))
            .Select(column => $"coupling:{column.unit}[{column.window}]")];
        string[] infinite = [.. separated.CoefficientNames.Where((_, i) => double.IsInfinity(separated.Coefficients[i])).Select(name => name.Split(' ')[0])];
        Assert.Equal(dropped.Order(StringComparer.Ordinal), infinite.Order(StringComparer.Ordinal));
    }

    private static void AssertReference(JsonElement expected, GlmFit fit, string target)
    {
        double[] coefficients = expected.At("coef").Doubles(), errors = expected.At("se").Doubles();
        string[] columns = [.. expected.At("columns").EnumerateArray().Select(column => column.GetString()!)];
        Assert.Equal(columns.Length, fit.Coefficients.Count);
        StatisticalAssert.Close(coefficients[0], fit.Coefficients[0] + Math.Log(0.01), absolute: CoefficientTolerance);
        int column = 1;
        foreach (string unit in Units())
        {
            TermFit? term = fit.Terms.FirstOrDefault(term => term.Name == (unit == target ? "history" : $"coupling:{unit}"));
            for (int i = 0; i < (term?.Coefficients.Count ?? 0); i++, column++)
            {
                Assert.StartsWith(unit + "|", columns[column], StringComparison.Ordinal);
                StatisticalAssert.Close(coefficients[column], term!.Coefficients[i], absolute: CoefficientTolerance);
                StatisticalAssert.Close(errors[column], term.StandardErrors[i], relative: 1e-6);
            }
        }

        Assert.Equal(columns.Length, column);
        StatisticalAssert.Close(expected.Number("log_likelihood"), fit.LogLikelihood, relative: 1e-9);
        Assert.Equal(expected.At("n_bins").GetInt64(), fit.BinCount);
        Assert.Equal(expected.At("n_spikes").GetInt32(), fit.SpikeCount);
    }

    private static GlmSpecification Specification(string target, IReadOnlyList<GlmTerm> terms) => new() { Target = target, BinWidth = 0.01, Terms = terms };

    private static string[] Units() => [.. Reference.At("units").EnumerateArray().Select(unit => unit.GetString()!)];

    private static string ColumnName(string unit, int window)
    {
        int[] lags = Reference.At("windows")[window].Integers();
        return $"{unit}|bins_{lags[0]}_{lags[1]}";
    }

    private static TabulatedBasis WithWindows(int[] kept)
    {
        LagMatrix all = windows.Sample(0.01, firstLag: 1);
        double[,] values = new double[all.RowCount, kept.Length];
        for (int row = 0; row < all.RowCount; row++)
        {
            for (int i = 0; i < kept.Length; i++) values[row, i] = all[row, kept[i]];
        }

        return new TabulatedBasis(values);
    }

    // The units of the reference in its order, under its names, in the run on the track. It bins by a plain floor((t - start) / width), which puts 18 of the
    // 41 spikes that lie on an edge of a bin into the bin before; spikes are moved to the middle of its bins.
    private static Recording Recording()
    {
        Recording whole = RecordingFile.Open(Repository.SharedData("nelpy_linear_track", "spikes_derived.csv"));
        TimeIntervals run = TimeIntervals.Of(Reference.Number("start"), Reference.Number("end"));
        Dictionary<string, SpikeTrain> byName = whole.Units.Ids.Select(id => whole.Units[whole.Units.IndexOf(id)]).ToDictionary(
            unit => $"tet{unit["tetrode"]}_cl{unit["cluster"]}", unit => whole[unit.Id], StringComparer.Ordinal);
        return SpikeStats.Recording.FromTrains(Units().Select(
            name => SpikeTrain.FromSorted(
                byName[name].TimesIn(run[0]).ToArray().Select(time => run[0].Start + ((Math.Floor((time - run[0].Start) / 0.01) + 0.5) * 0.01)).ToArray(), run, name)));
    }
}
