namespace SpikeStats.Models.FokkerPlanck;

/// <summary>The matrix of an implicit step, 1 - A with A the rates of transport: tridiagonal but for the neurons that fire and return at the reset within the step.</summary>
/// <remarks>
/// Elimination runs from both ends to the middle, which are two independent chains of divisions. Its pivots are formed from the column sums, without a subtraction, so that
/// the solution is positive for a positive right side and its mass right to rounding, however long the step. What returns couples the reset to the cell below the threshold; that
/// cell is expressed by the ones below it while the upper chain comes down, so that no column fills in.
/// <para><b>Source:</b> the pivots are those of Grassmann, Taksar and Heyman, Oper Res 33:1107 (1985); the return is ours.</para>
/// </remarks>
internal sealed class ReturningTridiagonal
{
    // Contributions to the cell below the threshold that are smaller than this share of the first are nothing.
    private const double Negligible = 1e-30;

    private readonly int cells, reset, middle, afterReturn;
    private readonly double resetShare;
    private readonly double[] inverse, towards, away, reach;
    private double returned, lower, upper;
    private int reachFrom;

    public ReturningTridiagonal(VoltageGrid grid)
    {
        cells = grid.Cells;
        reset = grid.ResetCell;
        resetShare = grid.ResetShare;
        middle = Math.Min((cells - 1) / 2, reset);
        afterReturn = reset + 2;
        inverse = new double[cells];
        towards = new double[cells];
        away = new double[cells];
        reach = new double[cells];
    }

    /// <summary>Factors the matrix for given rates.</summary>
    /// <param name="up">Rates over the lower edge of each cell from below, the last being that of firing.</param>
    /// <param name="down">Rates over the lower edge of each cell from above.</param>
    /// <param name="returning">The share of the neurons firing in a step that return in it.</param>
    public void Factor(double[] up, double[] down, double returning)
    {
        returned = returning * up[cells];
        lower = upper = 0;
        int i = 0, j = cells - 1;

        // The excess of a pivot over what it still passes on, the pivot being their sum.
        double excessBelow = 1, excessAbove = 1 + up[cells];
        if (returned > 0)
        {
            Eliminate(up, down, ref i, ref j, Math.Min(middle, cells - afterReturn), afterReturn - 1, ref excessBelow, ref excessAbove);
            double link = Reach(up);
            lower = resetShare * returned * link;
            upper = (1 - resetShare) * returned * link;

            // The cell j = reset + 1: its row loses what returns to it, its column what returns to the row below.
            excessAbove -= upper;
            double pivot = excessAbove + down[j], ratio = (excessAbove - lower) / pivot;
            inverse[j] = 1 / pivot;
            towards[j] = (down[j] + lower) / pivot;
            away[j] = up[j] / pivot;
            excessAbove = 1 + (up[j] * ratio);
            j--;
        }

        Eliminate(up, down, ref i, ref j, middle, middle, ref excessBelow, ref excessAbove);

        // 1 + what both neighbours leave to it; each excess counts the 1.
        inverse[middle] = 1 / (excessBelow + excessAbove - 1);
    }

    /// <summary>Solves for one right side, in place.</summary>
    public void Solve(double[] x)
    {
        int i = 0, j = cells - 1;
        if (returned > 0)
        {
            Forward(x, ref i, ref j, Math.Min(middle, cells - afterReturn), afterReturn - 1);
            double sum = 0;
            for (int k = reachFrom; k < cells; k++) sum += reach[k] * x[k];
            x[reset] += resetShare * returned * sum;
            x[reset + 1] += (1 - resetShare) * returned * sum;
        }

        Forward(x, ref i, ref j, middle, middle);
        x[middle] *= inverse[middle];
        Backward(x);
    }

    // Both chains at once as long as both have cells, then the longer one alone; the lower one stops before iEnd, the upper one at jEnd.
    private void Eliminate(double[] up, double[] down, ref int i, ref int j, int iEnd, int jEnd, ref double excessBelow, ref double excessAbove)
    {
        double below = excessBelow, above = excessAbove;
        int a = i, b = j;
        for (; a < iEnd && b > jEnd; a++, b--)
        {
            double first = 1 / (below + up[a + 1]), second = 1 / (above + down[b]);
            Store(a, first, up[a + 1], down[a + 1]);
            Store(b, second, down[b], up[b]);
            below = 1 + (down[a + 1] * (below * first));
            above = 1 + (up[b] * (above * second));
        }

        for (; a < iEnd; a++)
        {
            double first = 1 / (below + up[a + 1]);
            Store(a, first, up[a + 1], down[a + 1]);
            below = 1 + (down[a + 1] * (below * first));
        }

        for (; b > jEnd; b--)
        {
            double second = 1 / (above + down[b]);
            Store(b, second, down[b], up[b]);
            above = 1 + (up[b] * (above * second));
        }

        (i, j, excessBelow, excessAbove) = (a, b, below, above);
    }

    private void Store(int cell, double inversePivot, double rateTowards, double rateAway)
    {
        inverse[cell] = inversePivot;
        towards[cell] = rateTowards * inversePivot;
        away[cell] = rateAway * inversePivot;
    }

    // The cell below the threshold is Σ reach x + (what is returned here) times the cell above the reset.
    private double Reach(double[] up)
    {
        double weight = inverse[cells - 1];
        double least = Negligible * weight;
        reachFrom = cells - 1;
        reach[reachFrom] = weight;
        while (reachFrom > afterReturn && weight > least)
        {
            weight *= up[reachFrom] * inverse[reachFrom - 1];
            reach[--reachFrom] = weight;
        }

        return weight > least ? weight * up[afterReturn] : 0;
    }

    private void Forward(double[] x, ref int i, ref int j, int iEnd, int jEnd)
    {
        int a = i, b = j;
        double factorBelow = 0, below = 0, factorAbove = 0, above = 0;
        if (a > 0) (factorBelow, below) = (towards[a - 1], x[a - 1]);
        if (b < cells - 1) (factorAbove, above) = (towards[b + 1], x[b + 1]);
        for (; a < iEnd && b > jEnd; a++, b--)
        {
            below = Math.FusedMultiplyAdd(factorBelow, below, x[a]);
            above = Math.FusedMultiplyAdd(factorAbove, above, x[b]);
            x[a] = below;
            x[b] = above;
            factorBelow = towards[a];
            factorAbove = towards[b];
        }

        for (; a < iEnd; a++)
        {
            x[a] = below = Math.FusedMultiplyAdd(factorBelow, below, x[a]);
            factorBelow = towards[a];
        }

        for (; b > jEnd; b--)
        {
            x[b] = above = Math.FusedMultiplyAdd(factorAbove, above, x[b]);
            factorAbove = towards[b];
        }

        // The middle takes from both sides; any other end is taken up by the next call.
        if (jEnd == middle) x[middle] += (factorBelow * below) + (factorAbove * above);
        (i, j) = (a, b);
    }

    private void Backward(double[] x)
    {
        int a = middle - 1, b = middle + 1;
        double left = x[middle], right = left;
        for (; a >= 0 && b < cells; a--, b++)
        {
            left = Math.FusedMultiplyAdd(away[a], left, inverse[a] * x[a]);
            right = Math.FusedMultiplyAdd(away[b], right, inverse[b] * x[b]);
            x[a] = left;
            x[b] = right;
        }

        for (; a >= 0; a--) x[a] = left = Math.FusedMultiplyAdd(away[a], left, inverse[a] * x[a]);
        for (; b < cells; b++) x[b] = right = Math.FusedMultiplyAdd(away[b], right, inverse[b] * x[b]);
    }
}
