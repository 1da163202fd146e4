namespace SpikeStats.Fitting.Decoding;

/// <summary>Probabilities of moving from one hidden state to another within one step of time, with their logarithms.</summary>
internal sealed class TransitionMatrix
{
    private TransitionMatrix(int stateCount, double[] probabilities, double[] logarithms)
    {
        StateCount = stateCount;
        Probabilities = probabilities;
        Logarithms = logarithms;
    }

    public int StateCount { get; }

    /// <summary>Row after row; a row holds the probabilities of where one state leads to.</summary>
    public double[] Probabilities { get; }

    public double[] Logarithms { get; }

    public static TransitionMatrix FromProbabilities(int stateCount, double[] probabilities) =>
        new(stateCount, probabilities, Array.ConvertAll(probabilities, Math.Log));

    public static TransitionMatrix FromLogarithms(int stateCount, double[] logarithms) =>
        new(stateCount, Array.ConvertAll(logarithms, Math.Exp), logarithms);
}
