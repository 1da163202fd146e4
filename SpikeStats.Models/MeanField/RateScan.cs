namespace SpikeStats.Models.MeanField;

/// <summary>All self-consistent rates of one population, from a scan of g(x) = log Φ(e^x) - x over x = log ν.</summary>
internal static class RateScan
{
    private const int Iterations = 200;

    // Two roots that differ by less than this in log ν, so near that rounding decides whether they exist, count as one.
    private const double Touching = 1e-13;

    public static List<double[]> Of(RateNetwork network, FixedPointOptions options)
    {
        double low = Math.Log(options.LowestRate), high = Math.Log(options.HighestRate);
        int cells = (int)Math.Ceiling((high - low) / Math.Log(10) * options.CellsPerDecade);
        List<double[]> roots = [];
        (double Value, double Slope) left = At(low);
        if (left.Value <= 0) roots.Add([WithoutFeedback(network)]);
        for (int k = 0; k < cells; k++)
        {
            double a = low + ((high - low) * k / cells), b = low + ((high - low) * (k + 1) / cells);
            (double Value, double Slope) right = At(b);
            if (left.Value < 0 != right.Value < 0) roots.Add([Root(a, b)]);
            else if ((left.Value < 0 ? left.Slope > 0 && right.Slope < 0 : left.Slope < 0 && right.Slope > 0)) AddPair(a, b, left.Value < 0);
            left = right;
        }

        return roots;

        (double Value, double Slope) At(double x)
        {
            double rate = Math.Exp(x);
            double[] rates = [rate];
            LocalRate local = network.Evaluate(0, rates);
            return (local.LogRate - x, (network.Gains([local])[0, 0] * rate / local.Rate) - 1);
        }

        // g keeps its sign at both ends but turns towards zero between them.
        void AddPair(double a, double b, bool isNegative)
        {
            double from = a, to = b;
            for (int i = 0; i < Iterations && to - from > 1e-15 * (1 + Math.Abs(from)); i++)
            {
                double middle = 0.5 * (from + to);
                if (At(middle).Slope > 0 == isNegative) from = middle;
                else to = middle;
            }

            double extreme = At(from).Value;
            if (Math.Abs(extreme) < Touching) roots.Add([Math.Exp(from)]);
            else if (extreme < 0 != isNegative) roots.AddRange([[Root(a, from)], [Root(from, b)]]);
        }

        // Newton's iteration, with bisection wherever it leaves the bracket.
        double Root(double a, double b)
        {
            bool isNegative = At(a).Value < 0;
            double x = 0.5 * (a + b);
            for (int i = 0; i < Iterations; i++)
            {
                (double value, double slope) = At(x);
                if (value == 0) break;
                if (value < 0 == isNegative) a = x;
                else b = x;
                double next = x - (value / slope);
                if (!(next > a && next < b)) next = 0.5 * (a + b);
                bool isDone = Math.Abs(next - x) <= 2e-16 * (1 + Math.Abs(x));
                x = next;
                if (isDone) break;
            }

            return Math.Exp(x);
        }
    }

    // Rates this low do not change the input; two rounds leave nothing to correct.
    private static double WithoutFeedback(RateNetwork network)
    {
        double rate = network.Evaluate(0, [0]).Rate;
        return network.Evaluate(0, [rate]).Rate;
    }
}
