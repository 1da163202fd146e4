namespace SpikeStats.Models.Glm;

/// <summary>What to do with the first bins of an observed interval, whose history was not observed.</summary>
public enum EdgePolicy
{
    /// <summary>Leave out the bins that lack a full history: nothing is assumed, a few bins are lost.</summary>
    Drop = 0,

    /// <summary>Treat what came before the interval as silence and a signal of zero: no bin is lost, the first ones are biased.</summary>
    Zero = 1,
}
