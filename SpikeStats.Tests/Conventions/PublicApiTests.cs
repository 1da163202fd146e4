using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Conventions;

/// <summary>A change of the public API shows up as a change of a text file, so that a review cannot miss it.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [MemberData(nameof(House.LibraryCases), MemberType = typeof(House))]
    public void Library_PublicApi_IsTheApprovedText(string library)
    {
        string path = Repository.PathOf("SpikeStats.Tests", "Conventions", "PublicApi", library + ".approved.txt");
        string actual = ApiPrinter.Print(library);
        if (Environment.GetEnvironmentVariable("SPIKESTATS_APPROVE") == "1") File.WriteAllText(path, actual);
        string[] approved = File.Exists(path) ? File.ReadAllLines(path) : [], printed = actual.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(
            approved.SequenceEqual(printed),
            $"""
            The public API of {library} is not the approved one. If that is meant, run
              SPIKESTATS_APPROVE=1 dotnet test -c Release --filter PublicApi
            and commit the changed file.
            Gone:
            {string.Join('\n', approved.Except(printed))}
            New:
            {string.Join('\n', printed.Except(approved))}
            """);
    }
}
