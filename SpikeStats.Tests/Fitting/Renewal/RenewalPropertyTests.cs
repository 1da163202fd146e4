using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Renewal;

/// <summary>What a fit of intervals must not depend on, and what it must.</summary>
public sealed class RenewalPropertyTests
{
    private static readonly Recording recording = new RenewalProcess("a", new Gamma(2.5, 50)).Simulate(
        Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.FromSorted(new TimeInterval(0, 4), new TimeInterval(5, 9), new TimeInterval(12, 15)), "a")]), seed: 8);

    public static TheoryData<string, RenewalStart> Fits
    {
        get
        {
            TheoryData<string, RenewalStart> fits = [];
            foreach (IntervalFamily family in IntervalFamily.All)
            {
                foreach (RenewalStart start in Enum.GetValues<RenewalStart>()) fits.Add(family.Name, start);
            }

            return fits;
        }
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Fit_TimeAThousandTimesLonger_ScalesWhatHasAUnit(string name, RenewalStart start)
    {
        const double Scale = 1000;
        RenewalFit fit = Fit(name, start, recording);
        RenewalFit slow = Fit(name, start, Moved(recording, own => new TimeInterval(Scale * own.Start, Scale * own.End), (time, _) => Scale * time));
        Assert.True(fit.Certificate.IsConverged && slow.Certificate.IsConverged, slow.Certificate.Message);
        StatisticalAssert.Close(fit.LogLikelihood - (fit.EventCount * Math.Log(Scale)), slow.LogLikelihood, relative: 1e-10);
        foreach ((ParameterEstimate before, ParameterEstimate after) in fit.Parameters.Zip(slow.Parameters))
        {
            double factor = before.SiUnit switch { "s" => Scale, "Hz" => 1 / Scale, _ => 1 };

            // The mean of the logarithm moves by the logarithm of the unit.
            double shift = before.Name == "mu" && before.SiUnit == "1" ? Math.Log(Scale) : 0;
            StatisticalAssert.Close((factor * before.Value) + shift, after.Value, relative: 1e-7, absolute: 1e-12);
            if (!double.IsNaN(before.StandardError)) StatisticalAssert.Close(factor * before.StandardError, after.StandardError, relative: 1e-6);
        }
    }

    // Nothing is carried from one observed interval to another, so that their order and the gaps between them do not matter.
    [Theory]
    [MemberData(nameof(Fits))]
    public void Fit_ObservedIntervalsMovedAndExchanged_IsTheSame(string name, RenewalStart start)
    {
        double[] offsets = [100, 50, -12];
        Recording exchanged = Moved(recording, own => new TimeInterval(own.Start + offsets[IndexOf(own)], own.End + offsets[IndexOf(own)]), (time, own) => time + offsets[IndexOf(own)]);
        RenewalFit fit = Fit(name, start, recording), other = Fit(name, start, exchanged);
        StatisticalAssert.Close(fit.LogLikelihood, other.LogLikelihood, relative: 1e-10);
        StatisticalAssert.Close([.. fit.Parameters.Select(own => own.Value)], [.. other.Parameters.Select(own => own.Value)], relative: 1e-7);
    }

    // A Poisson process has no memory: its observed time may be cut anywhere, and its compensator sums to the number of spikes.
    [Fact]
    public void ExponentialFit_CutAnywhere_KeepsItsLikelihoodAndItsCompensatorIsTheNumberOfSpikes()
    {
        RenewalFit whole = Fit("exponential", RenewalStart.Equilibrium, recording);
        TimeIntervals cut = TimeIntervals.FromSorted(new TimeInterval(0, 1.3), new TimeInterval(1.3, 4), new TimeInterval(5, 9), new TimeInterval(12, 12.001), new TimeInterval(12.001, 15));
        RenewalFit parts = Fit("exponential", RenewalStart.Equilibrium, recording.Restrict(cut));
        StatisticalAssert.Close(whole.LogLikelihood, parts.LogLikelihood, relative: 1e-11);
        StatisticalAssert.Close(whole.Parameters[0].Value, parts.Parameters[0].Value, relative: 1e-9);
        StatisticalAssert.Close(recording[0].Count, whole.Model.Compensate(recording, "a").Segments.Sum(segment => segment.AtEnd), relative: 1e-9);
    }

    private static int IndexOf(TimeInterval interval) => recording.Observed.IndexOf(interval.Start);

    private static RenewalFit Fit(string name, RenewalStart start, Recording data) =>
        new RenewalSpecification { Target = "a", Family = IntervalFamily.All.Single(family => family.Name == name), Start = start }.Fit(data);

    private static Recording Moved(Recording given, Func<TimeInterval, TimeInterval> interval, Func<double, TimeInterval, double> time)
    {
        SpikeTrain train = given[0];
        (TimeInterval Interval, double[] Times)[] parts =
            [.. train.Observed.Select(own => (interval(own), train.TimesIn(own).ToArray().Select(spike => time(spike, own)).ToArray())).OrderBy(part => part.Item1.Start)];
        return Recording.FromTrains([SpikeTrain.FromSorted(parts.SelectMany(part => part.Times).ToArray(), TimeIntervals.FromSorted([.. parts.Select(part => part.Interval)]), "a")]);
    }
}
