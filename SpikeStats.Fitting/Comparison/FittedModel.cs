using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Fitting.Comparison;

/// <summary>A model that takes part in a <see cref="ModelComparison"/>.</summary>
/// <param name="Name">What tables and figures call it.</param>
/// <param name="Model">The fitted model, of one unit.</param>
/// <param name="EffectiveParameterCount">The effective number of parameters of a penalised fit; null for that of the model.</param>
public sealed record FittedModel(string Name, IPointProcess Model, double? EffectiveParameterCount = null)
{
    /// <summary>How far the fit is from its optimum.</summary>
    /// <value>Null by default: a closed form, or not known.</value>
    public FitCertificate? Certificate { get; init; }
}
