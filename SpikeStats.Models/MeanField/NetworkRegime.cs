namespace SpikeStats.Models.MeanField;

/// <summary>How a network of excitatory and inhibitory neurons fires.</summary>
public enum NetworkRegime
{
    /// <summary>AI: rates are steady, neurons fire irregularly.</summary>
    AsynchronousIrregular,

    /// <summary>AR: rates are steady, neurons fire regularly.</summary>
    AsynchronousRegular,

    /// <summary>SI, slow: rates oscillate at a frequency like the rates of the neurons, which fire irregularly.</summary>
    SynchronousIrregularSlow,

    /// <summary>SI, fast: rates oscillate at a frequency set by the delays, far above the rates of the neurons.</summary>
    SynchronousIrregularFast,

    /// <summary>SR: rates oscillate and neurons fire like clocks.</summary>
    SynchronousRegular,
}
