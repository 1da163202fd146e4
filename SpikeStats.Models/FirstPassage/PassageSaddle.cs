namespace SpikeStats.Models.FirstPassage;

/// <summary>Where a path of inversion crosses the real axis, and how it leaves it: L = c + (ix - βx²)/w.</summary>
/// <param name="Crossing">c.</param>
/// <param name="Exponent">The exponent there.</param>
/// <param name="Width">w, the standard deviation of the tilted passage time.</param>
/// <param name="Bend">β, a sixth of its skewness; not negative.</param>
internal readonly record struct PassageSaddle(double Crossing, double Exponent, double Width, double Bend);
