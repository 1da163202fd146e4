namespace SpikeStats.Models.Networks;

/// <summary>The description of a network contradicts itself or the time step, found before anything runs.</summary>
public sealed class InvalidNetworkException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="what">What is wrong, as a clause: where, and with which values.</param>
    /// <param name="remedy">What to do about it, as a clause.</param>
    public InvalidNetworkException(string what, string remedy)
        : base($"The network cannot be simulated: {what}. Remedy: {remedy}.")
    {
    }
}
