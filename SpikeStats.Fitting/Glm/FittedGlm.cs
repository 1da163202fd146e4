using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Glm;

/// <summary>Turns the coefficients of a fit into a model.</summary>
internal static class FittedGlm
{
    public static GlmModel Of(GlmLayout layout, TermFit[] fits, int parameterCount)
    {
        List<SpikeFilter> spikes = [];
        List<SignalFilter> signals = [];
        List<CovariateEffect> covariates = [];
        List<SmoothEffect> smooth = [];
        List<NonlinearSignalFilter> nonlinear = [];
        foreach ((TermLayout term, TermFit fit) in layout.Terms.Zip(fits))
        {
            switch (term.Term)
            {
                case HistoryTerm:
                    spikes.Add(new SpikeFilter(layout.Specification.Target, term.Basis!.FirstLag, fit.Filter));
                    break;
                case CouplingTerm coupling:
                    spikes.Add(new SpikeFilter(coupling.Source, term.Basis!.FirstLag, fit.Filter));
                    break;
                case StimulusTerm stimulus:
                    signals.Add(new SignalFilter(stimulus.Signal, term.Basis!.FirstLag, fit.Filter));
                    break;
                case CovariateTerm covariate:
                    covariates.AddRange(covariate.Powers.Select((power, i) => new CovariateEffect(covariate.Signal, power, fit.Coefficients[i])));
                    break;
                case SmoothTerm own:
                    smooth.Add(new SmoothEffect(own.Signals, own.Basis, term.Grid.Expand(fit.Coefficients)));
                    break;
                case NonlinearStimulusTerm own:
                    nonlinear.Add(Filter(own, term, fit));
                    break;
            }
        }

        return new GlmModel
        {
            Unit = layout.Specification.Target,
            BinWidth = layout.Specification.BinWidth,
            Baseline = fits[0].Coefficients[0],
            Observation = layout.Specification.Observation,
            SpikeFilters = spikes,
            SignalFilters = signals,
            Covariates = covariates,
            SmoothEffects = smooth,
            NonlinearSignalFilters = nonlinear,
            Edge = layout.Specification.Edge,
            ParameterCount = parameterCount,
        };
    }

    private static NonlinearSignalFilter Filter(NonlinearStimulusTerm asked, TermLayout term, TermFit fit)
    {
        LagMatrix lags = term.Surface!.Lags!;
        double[] coefficients = term.Grid.Expand(fit.Coefficients);
        int functions = asked.Values.FunctionCount;
        double[,] gain = new double[lags.RowCount, functions];
        for (int k = 0; k < functions; k++)
        {
            double[] own = lags.Combine([.. Enumerable.Range(0, lags.ColumnCount).Select(j => coefficients[(j * functions) + k])]);
            for (int row = 0; row < own.Length; row++) gain[row, k] = own[row];
        }

        return new NonlinearSignalFilter(asked.Signal, lags.FirstLag, asked.Values, gain);
    }
}
