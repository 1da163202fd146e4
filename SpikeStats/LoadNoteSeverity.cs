namespace SpikeStats;

/// <summary>How much a line of a <see cref="LoadReport"/> matters.</summary>
public enum LoadNoteSeverity
{
    /// <summary>A fact or a documented assumption.</summary>
    Information = 0,

    /// <summary>Something that may change results: data were mended or left out, or look like another unit of time.</summary>
    Warning = 1,
}
