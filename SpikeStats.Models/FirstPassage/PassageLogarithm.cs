namespace SpikeStats.Models.FirstPassage;

/// <summary>The logarithm of a density or a survivor at one time, with its derivatives by y_θ, y_r and the time, all in units of the membrane.</summary>
internal sealed class PassageLogarithm
{
    /// <summary>The number of quantities: the value, three first and six second derivatives.</summary>
    public const int Size = 10;

    private readonly double[] values;

    /// <summary>Takes the derivatives of a function F relative to F itself and turns them into those of log F.</summary>
    /// <param name="logarithm">log F.</param>
    /// <param name="relative">F, its first and its second derivatives, over F; the first element is not used.</param>
    public PassageLogarithm(double logarithm, ReadOnlySpan<double> relative)
    {
        values = relative.ToArray();
        values[0] = logarithm;
        for (int i = 0; i < 3; i++)
        {
            for (int j = i; j < 3; j++) values[Second(i, j)] -= relative[1 + i] * relative[1 + j];
        }
    }

    /// <summary>The value, ∂y_θ, ∂y_r, ∂s, and the second derivatives in the order of <see cref="Second"/>.</summary>
    public double this[int index] => values[index];

    /// <summary>Where the second derivative by two of the three variables y_θ, y_r, s stands; i ≤ j.</summary>
    public static int Second(int i, int j) => 4 + (i == 0 ? j : i + j + 1);
}
