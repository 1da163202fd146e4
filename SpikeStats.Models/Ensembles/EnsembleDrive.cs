using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.Ensembles;

/// <summary>The drive of an ensemble, whichever of the inputs of theory it was stated as.</summary>
/// <param name="At">White noise at a time.</param>
/// <param name="IsConstant">Whether that does not change.</param>
internal sealed record EnsembleDrive(Func<double, WhiteNoiseInput> At, bool IsConstant)
{
    /// <summary>Jumps in addition.</summary>
    public IReadOnlyList<JumpInput> Jumps { get; private init; } = [];

    /// <summary>Noise with a correlation time instead of the white one.</summary>
    public ColouredNoiseInput? Coloured { get; private init; }

    /// <summary>What it is, for a sentence.</summary>
    public string Name { get; private init; } = "white noise";

    public static EnsembleDrive Of(WhiteNoiseInput input) => new(_ => input, IsConstant: true);

    public static EnsembleDrive Of(TimeVaryingInput input) => new(input.At, IsConstant: false)
    {
        Jumps = [.. input.Jumps.Where(jump => jump.Rate > 0)],
        Name = input.Jumps.Count == 0 ? "white noise that changes with time" : "white noise that changes with time, and jumps",
    };

    public static EnsembleDrive Of(ColouredNoiseInput input) => new(_ => new WhiteNoiseInput(input.Mean, 0), IsConstant: true) { Coloured = input, Name = "coloured noise" };

    public static EnsembleDrive Of(ShotNoiseInput input)
    {
        List<JumpInput> jumps = [];
        if (input.ExcitatoryRate > 0 && input.ExcitatoryJump > 0) jumps.Add(new JumpInput(input.ExcitatoryRate, input.ExcitatoryJump));
        if (input.InhibitoryRate > 0 && input.InhibitoryJump > 0) jumps.Add(new JumpInput(input.InhibitoryRate, -input.InhibitoryJump));
        return new EnsembleDrive(_ => new WhiteNoiseInput(input.Mean, 0), IsConstant: true) { Jumps = jumps, Name = "shot noise" };
    }
}
