namespace GraphCompiler.Runtime.Tests.Tiles;

/// <summary>The calls of a tile class for one element type, so that a test is written once for all targets and
/// types.</summary>
public interface ITile<T>
    where T : unmanaged
{
    static abstract bool IsSupported { get; }

    static abstract int Rows { get; }

    static abstract int Columns { get; }

    /// <summary>Whether a tile writes its valid part alone.</summary>
    static abstract bool IsExact { get; }

    static abstract void Packed(ref T a, ref T b, nint k, ref T c, nint ldc, bool accumulate);

    static abstract void Strided(
        ref T a, nint aRow, nint aK, nint rows, ref T b, nint bK, nint columns, nint k, ref T c, nint ldc,
        bool accumulate);

    static abstract void Row(ref T a, nint aK, ref T b, nint bK, nint columns, nint k, ref T c);

    static abstract void PackRows(ref T source, nint rowStride, nint kStride, nint rows, nint k, ref T packed);

    static abstract void PackColumns(ref T source, nint kStride, nint columnStride, nint k, nint columns, ref T packed);
}
