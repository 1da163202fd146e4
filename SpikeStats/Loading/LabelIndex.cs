using System.Globalization;
using System.Text;

namespace SpikeStats.Loading;

/// <summary>Numbers the distinct labels (units, trials) of a file in the order in which they appear.</summary>
/// <remarks>
/// Looking up a label that was seen before allocates nothing. Blanks around a label do not count, and a whole number that is written
/// as a decimal fraction (1.0, 1.000e+00, as array tools export integers) is the whole number.
/// </remarks>
internal sealed class LabelIndex
{
    // Labels of up to seven bytes are their own key: a leading 1 and the bytes.
    private const int ShortLength = 7;
    private const int LongestStacked = 256;

    // Direct-mapped in front of the dictionary, which costs several times as much. No label has the key 0.
    private const int CacheBits = 12;
    private readonly ulong[] cachedKeys = new ulong[1 << CacheBits];
    private readonly int[] cachedIndices = new int[1 << CacheBits];
    private readonly Dictionary<ulong, int> byShort = [];
    private readonly Dictionary<string, int> byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> byCharacters;
    private readonly List<string> labels = [];

    public LabelIndex() => byCharacters = byText.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The labels.</summary>
    public IReadOnlyList<string> Labels => labels;

    /// <summary>Orders labels: numbers by value, before text; text by its characters.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>The number of a label; a new one if it was not seen before.</summary>
    public int IndexOf(ReadOnlySpan<byte> label)
    {
        if (label.Length > LongestStacked) return IndexOf(Encoding.UTF8.GetString(label));
        if (label.Length > ShortLength)
        {
            Span<char> characters = stackalloc char[LongestStacked];
            characters = characters[..Encoding.UTF8.GetChars(label, characters)];
            return byCharacters.TryGetValue(characters, out int known) ? known : IndexOf(characters.ToString());
        }

        // Without the leading 1, labels that differ only by zero bytes in front would share a key.
        ulong key = 1;
        foreach (byte part in label) key = (key << 8) | part;
        int slot = (int)((key * 0x9E3779B97F4A7C15) >> (64 - CacheBits));
        if (cachedKeys[slot] == key) return cachedIndices[slot];
        if (!byShort.TryGetValue(key, out int index)) byShort.Add(key, index = IndexOf(Encoding.UTF8.GetString(label)));
        (cachedKeys[slot], cachedIndices[slot]) = (key, index);
        return index;
    }

    /// <summary>The number of a label; a new one if it was not seen before.</summary>
    public int IndexOf(string label)
    {
        if (byText.TryGetValue(label, out int index)) return index;
        string canonical = Canonical(label);
        if (!byText.TryGetValue(canonical, out index))
        {
            index = labels.Count;
            labels.Add(canonical);
            byText.Add(canonical, index);
        }

        byText.TryAdd(label, index);
        return index;
    }

    /// <summary>The positions of the labels in <see cref="Order"/>.</summary>
    public int[] Ranking()
    {
        int[] ranking = [.. Enumerable.Range(0, labels.Count)];
        Array.Sort(ranking, (a, b) => Compare(labels[a], labels[b]));
        return ranking;
    }

    private static string Canonical(string label)
    {
        string trimmed = label.Trim();
        return trimmed.AsSpan().IndexOfAny(".eE") >= 0
            && double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value == Math.Floor(value) && Math.Abs(value) < 1e15
            ? ((long)value).ToString(CultureInfo.InvariantCulture)
            : trimmed;
    }

    private static int Compare(string left, string right)
    {
        bool leftIsNumber = IsNumber(left, out double a), rightIsNumber = IsNumber(right, out double b);
        if (leftIsNumber != rightIsNumber) return leftIsNumber ? -1 : 1;
        int byValue = leftIsNumber ? a.CompareTo(b) : 0;
        return byValue != 0 ? byValue : string.CompareOrdinal(left, right);
    }

    private static bool IsNumber(string label, out double value) => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
