namespace SpikeStats.Tests.Notebooks;

/// <summary>Scripts run with the folder of their document as working directory, which belongs to the whole process: never beside other tests.</summary>
[CollectionDefinition(nameof(ScriptCollection), DisableParallelization = true)]
public sealed class ScriptCollection;
