namespace SpikeStats.Cli.Output;

/// <summary>A column of a <see cref="AlignedTable"/>.</summary>
/// <param name="Header">What stands above it.</param>
/// <param name="IsNumber">Whether its entries are numbers, which stand to the right.</param>
internal sealed record TableColumn(string Header, bool IsNumber = true)
{
    public static implicit operator TableColumn(string header) => new(header);
}
