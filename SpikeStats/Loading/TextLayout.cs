namespace SpikeStats.Loading;

/// <summary>How the rows of a delimited text file are to be read.</summary>
public enum TextLayout
{
    /// <summary>Recognised from the header or the content; a file that can be read in two ways is refused.</summary>
    Auto = 0,

    /// <summary>A row is one spike: a column of times, a column of units, and perhaps a column of trials.</summary>
    UnitTime = 1,

    /// <summary>A row is one spike of the only unit, which is named after the file.</summary>
    Times = 2,

    /// <summary>A row is one trial of the only unit: its spike times, padded with blanks or NA.</summary>
    TrialRows = 3,
}
