using System.Numerics;
using System.Numerics.Tensors;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>The rates at which mass moves between neighbouring cells, by the exponential fitting of Scharfetter and Gummel, times the weight of an implicit step.</summary>
/// <remarks>
/// Over the edge i goes Up[i] p[i-1] - Down[i] p[i], with Up = D/h² B(-P), Down = D/h² B(P), P = v h/D and B(x) = x/(e^x - 1): the flux of the stationary
/// equation with constant v between the centres, and the upwind flux for D → 0. Both are positive for every P, so that the matrix of an implicit step is an M-matrix. The
/// threshold absorbs at half a cell from the last centre; nothing passes the lower boundary.
/// <para><b>Source:</b> Scharfetter and Gummel, IEEE Trans Electron Devices 16:64 (1969).</para>
/// </remarks>
internal sealed class TransportRates
{
    // Below it the series of x/2 coth(x/2) is exact to rounding; above it 1 - e^-x is.
    private const double Small = 0.5;

    // e^-100 of a rate is nothing, and its products stay normal numbers.
    private const double Large = 100;

    private const double SmallestDiffusion = 1e-300;

    // B_2k/(2k)! with the numbers of Bernoulli.
    private static readonly double[] series =
    [
        1.0, 1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000, 1.0 / 74724249600,
    ];

    private readonly VoltageGrid grid;
    private readonly double timeConstant;
    private readonly double[] drift, pecletNumbers, exponentials;
    private double mean = double.NaN, sigma = double.NaN, weight = double.NaN;

    public TransportRates(VoltageGrid grid, double timeConstant)
    {
        this.grid = grid;
        this.timeConstant = timeConstant;

        // Padded to whole vectors, so that there is no remainder.
        int length = (grid.Cells + 1 + Vector<double>.Count) / Vector<double>.Count * Vector<double>.Count;
        drift = new double[length];
        grid.Drift.CopyTo(drift, 0);
        Up = new double[length];
        Down = new double[length];
        pecletNumbers = new double[length];
        exponentials = new double[length];
    }

    /// <summary>The weight times the rate from the cell below the edge to the one above; the last is that of firing.</summary>
    public double[] Up { get; }

    /// <summary>The weight times the rate from the cell above the edge to the one below.</summary>
    public double[] Down { get; }

    /// <summary>Computes the rates.</summary>
    /// <returns>Whether they changed.</returns>
    public bool Set(double newMean, double newSigma, double newWeight)
    {
        if (newMean == mean && newSigma == sigma && newWeight == weight) return false;
        (mean, sigma, weight) = (newMean, newSigma, newWeight);
        double diffusion = 0.5 * sigma * sigma / timeConstant, width = grid.Width, perSpeed = weight / width;

        // Without noise the numbers are huge or zero: upwind.
        double toPeclet = width / timeConstant / Math.Max(diffusion, SmallestDiffusion);
        double most = PecletNumbers(toPeclet);
        if (most < Small) AssembleSmall(weight * diffusion / (width * width), perSpeed / timeConstant);
        else AssembleAny(weight * diffusion / (width * width), perSpeed / timeConstant);

        // The threshold lies half a cell above the last centre.
        double speed = (grid.Drift[^1] + mean) / timeConstant, number = Math.Min(0.5 * Math.Abs(pecletNumbers[grid.Cells]), Large);
        double against = Math.Exp(-number);
        Up[grid.Cells] = number < Small
            ? (2 * weight * diffusion / (width * width) * Even(number)) + (0.5 * perSpeed * speed)
            : perSpeed * Math.Abs(speed) * (speed > 0 ? 1 : against) / (1 - against);
        Up[0] = Down[0] = Down[grid.Cells] = 0;
        return true;
    }

    private static double Even(double x)
    {
        double square = x * x, sum = 0;
        for (int k = series.Length - 1; k >= 0; k--) sum = (sum * square) + series[k];
        return sum;
    }

    private static Vector<double> Even(Vector<double> x)
    {
        Vector<double> square = x * x, sum = new(series[^1]);
        for (int k = series.Length - 2; k >= 0; k--) sum = Vector.FusedMultiplyAdd(sum, square, new Vector<double>(series[k]));
        return sum;
    }

    // P at the edges; returns the largest |P|.
    private double PecletNumbers(double toPeclet)
    {
        Vector<double> scale = new(toPeclet), shift = new(mean), most = default;
        for (int i = 0; i < drift.Length; i += Vector<double>.Count)
        {
            Vector<double> number = (new Vector<double>(drift, i) + shift) * scale;
            number.CopyTo(pecletNumbers, i);
            most = Vector.Max(most, Vector.Abs(number));
        }

        double largest = 0;
        for (int i = 0; i < Vector<double>.Count; i++) largest = Math.Max(largest, most[i]);
        return largest;
    }

    // B(±P) = P/2 coth(P/2) ∓ P/2, all from a series.
    private void AssembleSmall(double scale, double perDrift)
    {
        Vector<double> diffusive = new(scale), half = new(0.5 * perDrift), shift = new(mean);
        for (int i = 0; i < drift.Length; i += Vector<double>.Count)
        {
            Vector<double> even = diffusive * Even(new Vector<double>(pecletNumbers, i)), odd = half * (new Vector<double>(drift, i) + shift);
            (even + odd).CopyTo(Up, i);
            (even - odd).CopyTo(Down, i);
        }
    }

    // Where |P| is not small, B(|P|) = |P| e^-|P| / (1 - e^-|P|) and B(-|P|) = B(|P|) + |P|: no cancellation and no overflow.
    private void AssembleAny(double scale, double perDrift)
    {
        for (int i = 0; i < exponentials.Length; i++) exponentials[i] = Math.Max(-Math.Abs(pecletNumbers[i]), -Large);
        TensorPrimitives.Exp<double>(exponentials, exponentials);
        Vector<double> diffusive = new(scale), factor = new(perDrift), shift = new(mean);
        for (int i = 0; i < drift.Length; i += Vector<double>.Count)
        {
            Vector<double> number = new(pecletNumbers, i), exponential = new(exponentials, i), moved = factor * (new Vector<double>(drift, i) + shift), size = Vector.Abs(moved);
            Vector<double> against = size * exponential / (Vector<double>.One - exponential), along = against + size;
            Vector<double> even = diffusive * Even(number), odd = new Vector<double>(0.5) * moved;
            Vector<long> isSmall = Vector.LessThan(Vector.Abs(number), new Vector<double>(Small)), rises = Vector.GreaterThan(moved, Vector<double>.Zero);
            Vector.ConditionalSelect(isSmall, even + odd, Vector.ConditionalSelect(rises, along, against)).CopyTo(Up, i);
            Vector.ConditionalSelect(isSmall, even - odd, Vector.ConditionalSelect(rises, against, along)).CopyTo(Down, i);
        }
    }
}
