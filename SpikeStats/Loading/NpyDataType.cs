namespace SpikeStats.Loading;

/// <summary>The kind of number that an <see cref="NpyArray"/> holds.</summary>
public enum NpyDataType
{
    /// <summary>A truth value of one byte (<c>b1</c>).</summary>
    Boolean = 0,

    /// <summary>A signed integer of 8 bits (<c>i1</c>).</summary>
    Int8 = 1,

    /// <summary>A signed integer of 16 bits (<c>i2</c>).</summary>
    Int16 = 2,

    /// <summary>A signed integer of 32 bits (<c>i4</c>).</summary>
    Int32 = 3,

    /// <summary>A signed integer of 64 bits (<c>i8</c>).</summary>
    Int64 = 4,

    /// <summary>An unsigned integer of 8 bits (<c>u1</c>).</summary>
    UInt8 = 5,

    /// <summary>An unsigned integer of 16 bits (<c>u2</c>).</summary>
    UInt16 = 6,

    /// <summary>An unsigned integer of 32 bits (<c>u4</c>).</summary>
    UInt32 = 7,

    /// <summary>An unsigned integer of 64 bits (<c>u8</c>).</summary>
    UInt64 = 8,

    /// <summary>A binary floating-point number of 16 bits (<c>f2</c>).</summary>
    Float16 = 9,

    /// <summary>A binary floating-point number of 32 bits (<c>f4</c>).</summary>
    Float32 = 10,

    /// <summary>A binary floating-point number of 64 bits (<c>f8</c>).</summary>
    Float64 = 11,
}
