using SpikeStats.Cli.Output;
using SpikeStats.Tests.Loading;

namespace SpikeStats.Tests.Cli.Output;

public sealed class OutputFileTests
{
    [Fact]
    public void Commit_AfterWrite_GivesTheFileItsName()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("result.json");
        using (OutputFile file = OutputFile.At(path, force: false))
        {
            file.Write(stream => stream.Write("{}"u8));
            Assert.False(File.Exists(path));
            file.Commit();
        }

        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal("{}", File.ReadAllText(path));
    }

    [Fact]
    public void Write_ThatFails_LeavesNothing()
    {
        using TemporaryFolder folder = new();
        string old = folder.Write("result.json", "old");
        Assert.Throws<InvalidOperationException>(() =>
        {
            using OutputFile file = OutputFile.At(old, force: true);
            file.Write(stream =>
            {
                stream.Write("{"u8);
                throw new InvalidOperationException();
            });
        });
        Assert.Equal([old], Directory.GetFiles(folder.Path));
        Assert.Equal("old", File.ReadAllText(old));
    }

    [Fact]
    public void At_ExistingFile_NeedsForce()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("result.json", "old");
        Assert.Throws<UsageException>(() => OutputFile.At(path, force: false));
        using OutputFile file = OutputFile.At(path, force: true);
        file.Write(stream => stream.Write("new"u8));
        file.Commit();
        Assert.Equal("new", File.ReadAllText(path));
    }
}
