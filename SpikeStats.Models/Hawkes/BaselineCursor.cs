namespace SpikeStats.Models.Hawkes;

/// <summary>The piece of a <see cref="HawkesBaseline"/> at an instant that only moves forward.</summary>
internal struct BaselineCursor
{
    private readonly HawkesBaseline baseline;

    public BaselineCursor(HawkesBaseline baseline, double time)
    {
        this.baseline = baseline;
        Enter(time);
    }

    /// <summary>The present piece.</summary>
    public int Piece { get; private set; }

    /// <summary>Where it ends, in seconds.</summary>
    public double Until { get; private set; }

    /// <summary>Goes on to an instant.</summary>
    public void MoveTo(double time)
    {
        if (time >= Until) Enter(time);
    }

    private void Enter(double time)
    {
        Piece = baseline.PieceAt(time);
        Until = baseline.ChangeAfter(time);
    }
}
