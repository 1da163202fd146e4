namespace SpikeStats.Loading;

/// <summary>What was done with an irregular spike.</summary>
internal enum Irregularity
{
    /// <summary>Out of order, sorted.</summary>
    UnsortedSorted = 0,

    /// <summary>Out of order, left out.</summary>
    UnsortedDropped = 1,

    /// <summary>At the instant of another spike, left out.</summary>
    DuplicateDropped = 2,

    /// <summary>At the instant of another spike, kept.</summary>
    DuplicateKept = 3,

    /// <summary>Not a finite time, left out.</summary>
    NonFiniteDropped = 4,

    /// <summary>Outside the observed intervals, left out.</summary>
    OutsideDropped = 5,
}
