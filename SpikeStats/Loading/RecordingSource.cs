namespace SpikeStats.Loading;

/// <summary>A file or folder that may hold a recording, with what a reader needs to recognise it.</summary>
public sealed class RecordingSource
{
    private const int HeadLength = 4096;
    private readonly byte[] head;
    private readonly string[] fileNames;

    private RecordingSource(string path, bool isFolder, byte[] head, string[] fileNames)
    {
        Path = path;
        IsFolder = isFolder;
        this.head = head;
        this.fileNames = fileNames;
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder { get; }

    /// <summary>Name of the file or folder without its folder and extension.</summary>
    public string Name => NameOf(Path);

    /// <summary>The first bytes of the file, at most 4096; empty for a folder.</summary>
    public ReadOnlySpan<byte> Head => head;

    /// <summary>The names of the files of a folder that are not hidden, in ordinal order; empty for a file.</summary>
    public IReadOnlyList<string> FileNames => fileNames;

    /// <summary>Looks at a path.</summary>
    /// <param name="path">The path of a file or folder.</param>
    /// <returns>The source.</returns>
    /// <exception cref="InvalidRecordingException">There is nothing at the path, or the file is empty.</exception>
    /// <exception cref="IOException">The file or folder cannot be read.</exception>
    public static RecordingSource Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            string[] names = [.. Directory.EnumerateFiles(path).Select(System.IO.Path.GetFileName).OfType<string>().Where(name => name[0] != '.')];
            Array.Sort(names, StringComparer.Ordinal);
            return new RecordingSource(path, isFolder: true, [], names);
        }

        if (!File.Exists(path)) throw new InvalidRecordingException("there is no such file or folder", "check the path", path);
        byte[] head = ReadHead(path);
        if (head.Length == 0) throw new InvalidRecordingException("the file is empty", "write the recording again; nothing can be read from 0 bytes", path);
        return new RecordingSource(path, isFolder: false, head, []);
    }

    /// <summary>Tells whether the folder holds a file.</summary>
    /// <param name="name">Name of the file within the folder.</param>
    /// <returns>True if it does; false for a source that is no folder.</returns>
    public bool Has(string name) => Array.BinarySearch(fileNames, name, StringComparer.Ordinal) >= 0;

    /// <summary>The path of a file of the folder.</summary>
    /// <param name="name">Name of the file within the folder.</param>
    /// <returns>The path, below <see cref="Path"/>.</returns>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    internal static string NameOf(string path) => System.IO.Path.GetFileNameWithoutExtension(System.IO.Path.TrimEndingDirectorySeparator(path));

    private static byte[] ReadHead(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] buffer = new byte[HeadLength];
        return buffer[..file.ReadAtLeast(buffer, HeadLength, throwOnEndOfStream: false)];
    }
}
