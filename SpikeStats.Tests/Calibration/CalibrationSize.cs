namespace SpikeStats.Tests.Calibration;

/// <summary>How many recordings a calibration draws: bounded in everyday runs, 500 where SPIKESTATS_CALIBRATION=full asks for it.</summary>
internal static class CalibrationSize
{
    private const int Full = 500;

    public static int Of(int bounded) => Environment.GetEnvironmentVariable("SPIKESTATS_CALIBRATION") == "full" ? Full : bounded;
}
