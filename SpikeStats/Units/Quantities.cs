namespace SpikeStats.Units;

/// <summary>Units at the edge: <c>20.ms</c>, <c>(-70).mV</c>, <c>0.5.nA</c>, <c>2.5.kHz</c> give the SI value that every public method takes.</summary>
/// <remarks>
/// Small units divide by a power of ten rather than multiply by its inexact inverse, so that <c>9.ms</c> is exactly the double 0.009.
/// </remarks>
public static class Quantities
{
    extension(double value)
    {
        /// <summary>Hours, as seconds.</summary>
        public double h => value * 3600;

        /// <summary>Minutes, as seconds.</summary>
        public double min => value * 60;

        /// <summary>Seconds.</summary>
        public double s => value;

        /// <summary>Milliseconds, as seconds.</summary>
        public double ms => value / 1e3;

        /// <summary>Microseconds, as seconds.</summary>
        public double us => value / 1e6;

        /// <summary>Hertz.</summary>
        public double Hz => value;

        /// <summary>Kilohertz, as hertz.</summary>
        public double kHz => value * 1e3;

        /// <summary>Volts.</summary>
        public double V => value;

        /// <summary>Millivolts, as volts.</summary>
        public double mV => value / 1e3;

        /// <summary>Microvolts, as volts.</summary>
        public double uV => value / 1e6;

        /// <summary>Nanoamperes, as amperes.</summary>
        public double nA => value / 1e9;

        /// <summary>Picoamperes, as amperes.</summary>
        public double pA => value / 1e12;

        /// <summary>Nanofarads, as farads.</summary>
        public double nF => value / 1e9;

        /// <summary>Picofarads, as farads.</summary>
        public double pF => value / 1e12;

        /// <summary>Microsiemens, as siemens.</summary>
        public double uS => value / 1e6;

        /// <summary>Nanosiemens, as siemens.</summary>
        public double nS => value / 1e9;

        /// <summary>Megaohms, as ohms.</summary>
        public double MOhm => value * 1e6;
    }

    extension(int value)
    {
        /// <summary>Hours, as seconds.</summary>
        public double h => ((double)value).h;

        /// <summary>Minutes, as seconds.</summary>
        public double min => ((double)value).min;

        /// <summary>Seconds.</summary>
        public double s => value;

        /// <summary>Milliseconds, as seconds.</summary>
        public double ms => ((double)value).ms;

        /// <summary>Microseconds, as seconds.</summary>
        public double us => ((double)value).us;

        /// <summary>Hertz.</summary>
        public double Hz => value;

        /// <summary>Kilohertz, as hertz.</summary>
        public double kHz => ((double)value).kHz;

        /// <summary>Volts.</summary>
        public double V => value;

        /// <summary>Millivolts, as volts.</summary>
        public double mV => ((double)value).mV;

        /// <summary>Microvolts, as volts.</summary>
        public double uV => ((double)value).uV;

        /// <summary>Nanoamperes, as amperes.</summary>
        public double nA => ((double)value).nA;

        /// <summary>Picoamperes, as amperes.</summary>
        public double pA => ((double)value).pA;

        /// <summary>Nanofarads, as farads.</summary>
        public double nF => ((double)value).nF;

        /// <summary>Picofarads, as farads.</summary>
        public double pF => ((double)value).pF;

        /// <summary>Microsiemens, as siemens.</summary>
        public double uS => ((double)value).uS;

        /// <summary>Nanosiemens, as siemens.</summary>
        public double nS => ((double)value).nS;

        /// <summary>Megaohms, as ohms.</summary>
        public double MOhm => ((double)value).MOhm;
    }
}
