namespace SpikeStats.Fitting.Thresholds;

/// <summary>How the threshold varies from pulse to pulse.</summary>
public enum ThresholdNoise
{
    /// <summary>A normal distribution (probit), as noise of the membrane gives.</summary>
    Gaussian = 0,

    /// <summary>A logistic distribution (logit), with heavier tails.</summary>
    Logistic = 1,
}
