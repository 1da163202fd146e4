namespace SpikeStats.Cli.Output;

/// <summary>A file to be written whole or not at all: into a temporary file of the same folder, which then takes the name in one step.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string temporary;
    private readonly bool force;

    private OutputFile(string path, bool force)
    {
        Path = path;
        this.force = force;
        string folder = FolderOf(path);
        temporary = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(path)}.{System.IO.Path.GetRandomFileName()}.tmp");
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>Makes sure, before any work is done, that a file can be written.</summary>
    /// <param name="path">The path.</param>
    /// <param name="force">Whether a file that exists may be replaced.</param>
    /// <exception cref="UsageException">The file exists, the path is a folder, or its folder does not exist.</exception>
    public static OutputFile At(string path, bool force)
    {
        if (Directory.Exists(path)) throw new UsageException($"The output {path} is a folder. Name a file in it.");
        if (!force && File.Exists(path)) throw new UsageException($"The output {path} exists. Choose another name, or replace it with --force.");
        string folder = FolderOf(path);
        if (!Directory.Exists(folder)) throw new UsageException($"The output {path} cannot be written: there is no folder {folder}. Create it first.");
        return new OutputFile(path, force);
    }

    /// <summary>Writes the content; nothing of it shows under <see cref="Path"/> before <see cref="Commit"/>.</summary>
    public void Write(Action<Stream> write)
    {
        using FileStream stream = new(temporary, FileMode.Create, FileAccess.Write);
        write(stream);
    }

    /// <summary>Gives the file its name.</summary>
    public void Commit() => File.Move(temporary, Path, force);

    /// <summary>Removes what was written but not committed.</summary>
    public void Dispose() => File.Delete(temporary);

    private static string FolderOf(string path) => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
}
