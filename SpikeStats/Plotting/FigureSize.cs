using System.Globalization;

namespace SpikeStats.Plotting;

/// <summary>The printed size of a figure, in millimetres, without the caption, which is set below it.</summary>
/// <remarks><c>default</c> has no extent and is refused by <see cref="Figure"/>. Type is the same at every size, 7 points and
/// more; a figure whose labels leave no room for its panels becomes higher.</remarks>
/// <param name="Width">Width, in millimetres.</param>
/// <param name="Height">Height, in millimetres.</param>
public readonly record struct FigureSize(double Width, double Height)
{
    /// <summary>The width of one column of a journal: 85 mm × 62 mm.</summary>
    public static FigureSize Small => new(85, 62);

    /// <summary>The width of a page of a journal: 180 mm × 80 mm.</summary>
    public static FigureSize Wide => new(180, 80);

    /// <summary>The size as text.</summary>
    /// <returns>Width and height in millimetres, in the invariant culture.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width:0.#} mm × {Height:0.#} mm");
}
