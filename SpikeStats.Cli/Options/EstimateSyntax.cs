using SpikeStats.Fitting.IntegrateAndFire;

namespace SpikeStats.Cli.Options;

/// <summary>What else of a leaky neuron is estimated: a list of <c>time-constant</c> and <c>refractory</c>.</summary>
internal static class EstimateSyntax
{
    public const string TimeConstant = "time-constant", Refractory = "refractory";

    /// <summary>The family that estimates what a text asks for.</summary>
    /// <exception cref="FormatException">There is no such parameter.</exception>
    public static LeakyPassageFamily Parse(string text)
    {
        LeakyPassageFamily family = new();
        foreach (string word in text.Split(','))
        {
            family = word switch
            {
                TimeConstant => family with { EstimatesTimeConstant = true },
                Refractory => family with { EstimatesRefractoryPeriod = true },
                _ => throw new FormatException(
                    $"'{word}' cannot be estimated. Write {TimeConstant}, {Refractory} or both; the mean and the noise always are, and threshold and reset never: intervals do not tell them."),
            };
        }

        return family;
    }
}
