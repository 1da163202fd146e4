namespace SpikeStats.Fitting.Populations;

/// <summary>How the products with the features of a population are computed; all methods find the same optimum.</summary>
public enum PopulationMethod
{
    /// <summary>Whichever the cost model expects to be faster.</summary>
    Automatic = 0,

    /// <summary>Features are generated block by block, and all targets are fitted together by matrix products.</summary>
    Streamed = 1,

    /// <summary>Features are never generated: every spike adds its filter where it acts. For populations whose coefficients are many; takes no stimulus.</summary>
    MatrixFree = 2,
}
