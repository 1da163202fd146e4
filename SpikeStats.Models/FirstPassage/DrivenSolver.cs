namespace SpikeStats.Models.FirstPassage;

/// <summary>Solves the passages of waits for a neuron under a drive.</summary>
/// <param name="Drive">The drive.</param>
/// <param name="TimeConstant">τ, in seconds.</param>
/// <param name="Distance">From reset to threshold, in volts.</param>
/// <param name="Step">The longest step, in time constants.</param>
internal sealed record DrivenSolver(LinearDrive Drive, double TimeConstant, double Distance, double Step)
{
    private const int FewestSteps = 8;

    // In time constants; of the time 1/c² in which the kernel decays; and of the square of the scaled distance. With almost no noise finer steps would never end.
    private const double LongestStep = 1.0 / 32, ShortestStep = 1.0 / 250, KernelPart = 0.5, DistancePart = 1.0 / 40, Subthreshold = 3;

    /// <summary>The step that resolves the passages, in time constants.</summary>
    /// <param name="at">α, β and γ.</param>
    /// <param name="distance">From reset to threshold, in volts.</param>
    /// <param name="least">The least value of the drive.</param>
    /// <param name="most">The largest.</param>
    public static double StepFor(in DrivenCoefficients at, double distance, double least, double most)
    {
        double one = at.Alpha + (at.Beta * least), other = at.Alpha + (at.Beta * most), scaled = distance * at.Gamma;
        double fastest = Math.Max(-Math.Min(one, other), Math.Min(Math.Max(one, other), Subthreshold));
        return Math.Clamp(Math.Min(KernelPart / (fastest * fastest), DistancePart * scaled * scaled), ShortestStep, LongestStep);
    }

    /// <summary>The passage of a wait, solved up to its end.</summary>
    public DrivenPassage Solve(in DrivenCoefficients at, in PassageWait wait, bool withDerivatives)
    {
        double duration = wait.Duration / TimeConstant;
        int steps = Math.Max(FewestSteps, (int)Math.Ceiling(duration / Step));
        DrivenPassage passage = new(at, new DrivenKernel(duration / steps, steps), Drive, wait.Start, TimeConstant, Distance, withDerivatives, steps);
        while (passage.Steps < steps) passage.Advance();
        return passage;
    }

    /// <summary>The integrated hazard from the start of a wait to its end.</summary>
    public HazardCourse Trace(in DrivenCoefficients at, in PassageWait wait)
    {
        double duration = wait.Duration / TimeConstant;
        int steps = Math.Max(FewestSteps, (int)Math.Ceiling(duration / Step));
        DrivenPassage passage = Begin(at, new DrivenKernel(duration / steps, steps), wait.Start, steps);
        HazardCourse course = new(wait.Duration / steps);
        while (passage.Steps < steps)
        {
            passage.Advance();
            course.Add(passage);
        }

        return course;
    }

    /// <summary>The logarithm of the density of a wait that ended, per second, or of the survivor of one that did not.</summary>
    public double LogLikelihood(in DrivenCoefficients at, in PassageWait wait)
    {
        if (wait.Duration <= 0) return wait.IsOpen ? 0 : double.NegativeInfinity;
        DrivenPassage passage = Solve(at, wait, withDerivatives: false);
        if (wait.IsOpen) return -passage.Hazard;
        return passage.Density() > 0 ? Math.Log(passage.Density() / TimeConstant) : double.NegativeInfinity;
    }

    /// <summary>A passage with the longest step and without an end.</summary>
    public DrivenPassage Begin(in DrivenCoefficients at, DrivenKernel kernel, double start, int capacity) =>
        new(at, kernel, Drive, start, TimeConstant, Distance, withDerivatives: false, capacity);
}
