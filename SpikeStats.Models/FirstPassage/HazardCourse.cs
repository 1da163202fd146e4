namespace SpikeStats.Models.FirstPassage;

/// <summary>The integrated hazard since the reset, as cubic polynomials between the nodes of a passage.</summary>
/// <param name="step">The distance of the nodes, in seconds.</param>
internal sealed class HazardCourse(double step)
{
    private const int Halvings = 60;

    private readonly List<double> integrals = [0], slopes = [0];

    /// <summary>The hazard integrated up to the last node.</summary>
    public double AtEnd => integrals[^1];

    /// <summary>The time of the last node since the reset, in seconds.</summary>
    public double Duration => (integrals.Count - 1) * step;

    /// <summary>Adds the node at which a passage stands.</summary>
    /// <param name="passage">The passage.</param>
    public void Add(DrivenPassage passage)
    {
        // Rounding must not let the integral fall; a survivor of zero is as far as it goes.
        double survivor = 1 - passage.Fired();
        integrals.Add(Math.Max(integrals[^1], passage.Hazard));
        slopes.Add(survivor > 0 ? Math.Max(0, passage.Density() / survivor) : 0);
    }

    /// <summary>The integrated hazard at a time since the reset, in seconds; 0 before it.</summary>
    /// <param name="time">Up to the last node.</param>
    /// <param name="hazardScale">Time constants per second, the unit of the slopes.</param>
    public double At(double time, double hazardScale)
    {
        if (time <= 0) return 0;
        int node = Math.Min((int)(time / step), integrals.Count - 2);
        return Between(node, (time / step) - node, hazardScale);
    }

    /// <summary>The time since the reset at which the integral reaches an amount that lies before the last node and after the one before it.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="hazardScale">Time constants per second.</param>
    public double LastReaching(double amount, double hazardScale)
    {
        int node = integrals.Count - 2;
        double low = 0, high = 1;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            if (Between(node, middle, hazardScale) < amount) low = middle;
            else high = middle;
        }

        return (node + high) * step;
    }

    // Hermite's polynomial: value and slope at both nodes.
    private double Between(int node, double share, double hazardScale)
    {
        double left = integrals[node], right = integrals[node + 1], rest = 1 - share;
        if (double.IsInfinity(right)) return share > 0 ? right : left;
        double leftSlope = slopes[node] * step * hazardScale, rightSlope = slopes[node + 1] * step * hazardScale;
        return left + (share * share * (3 - (2 * share)) * (right - left)) + (share * rest * ((rest * leftSlope) - (share * rightSlope)));
    }
}
