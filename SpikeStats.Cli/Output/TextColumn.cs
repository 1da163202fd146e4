namespace SpikeStats.Cli.Output;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Header">What stands above it.</param>
/// <param name="IsNumber">Whether its entries are numbers, which stand to the right.</param>
internal sealed record TextColumn(string Header, bool IsNumber = true)
{
    public static implicit operator TextColumn(string header) => new(header);
}
