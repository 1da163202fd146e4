using System.Globalization;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Options;

/// <summary>Observation models by the names that the command line and the documents use: <c>poisson</c>, <c>bernoulli:logit</c>.</summary>
internal static class ObservationSyntax
{
    public const string Words = "poisson|poisson:softplus|poisson:identity|bernoulli|bernoulli:logit|bernoulli:probit|negative-binomial";

    // The first model of a name is the one that the name alone means.
    private static readonly ObservationModel[] models =
    [
        ObservationModel.Poisson, ObservationModel.PoissonSoftplus, ObservationModel.PoissonIdentity, ObservationModel.Bernoulli,
        ObservationModel.BernoulliLogit, ObservationModel.BernoulliProbit, ObservationModel.NegativeBinomial,
    ];

    /// <summary>Reads a name, or a name and a link joined by a colon.</summary>
    /// <exception cref="FormatException">There is no such model.</exception>
    public static ObservationModel Parse(string text)
    {
        string[] parts = text.Split(':', 2);
        return Array.Find(models, model => model.Name == parts[0] && (parts.Length == 1 || model.Link == parts[1]))
            ?? throw new FormatException($"'{text}' is no observation model. Write {Words.Replace("|", " or ", StringComparison.Ordinal)}.");
    }

    /// <summary>The smallest expected count of a bin, as documents state it; null for laws without one.</summary>
    public static double? FloorOf(ObservationModel model) => double.IsFinite(model.Floor) ? model.Floor : null;

    /// <summary>Reads the fields of a document.</summary>
    /// <param name="name">Name of the distribution.</param>
    /// <param name="link">Name of the link; null for the usual one of the distribution.</param>
    /// <param name="shape">Shape of negative binomial counts; null for other laws.</param>
    /// <param name="floor">Smallest expected count of a bin under the identity link; null for the usual one, and for other links.</param>
    /// <exception cref="FormatException">There is no such model.</exception>
    public static ObservationModel Parse(string name, string? link, double? shape, double? floor = null)
    {
        ObservationModel model = Parse(link is null ? name : $"{name}:{link}");
        if (floor is { } smallest && floor != FloorOf(model))
        {
            if (FloorOf(model) is null) throw new FormatException($"{name} counts with {model.Link} link have no floor");
            model = smallest > 0 && double.IsFinite(smallest) ? ObservationModel.PoissonIdentityOf(smallest) : throw new FormatException("floor must be positive");
        }

        if (model is not NegativeBinomialObservation)
            return shape is null ? model : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} counts have no shape, but {shape} is given"));
        if (shape is null) throw new FormatException("negative binomial counts need a shape");
        return shape > 0 && double.IsFinite(shape.Value) ? ObservationModel.NegativeBinomialOf(shape.Value) : throw new FormatException("shape must be positive");
    }
}
