using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Options;

/// <summary>Observation models by the names that the command line and the documents use.</summary>
internal static class ObservationSyntax
{
    private static readonly ObservationModel[] models = [ObservationModel.Poisson, ObservationModel.Bernoulli];

    /// <exception cref="FormatException">There is no such model.</exception>
    public static ObservationModel Parse(string text) => Array.Find(models, model => model.Name == text)
        ?? throw new FormatException($"'{text}' is no observation model. Write {string.Join(" or ", models.Select(model => model.Name))}.");
}
