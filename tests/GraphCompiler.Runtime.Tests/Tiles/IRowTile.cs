namespace GraphCompiler.Runtime.Tests.Tiles;

/// <summary>The calls for a single row or element of C, of the targets that have them.</summary>
public interface IRowTile<T> : ITile<T>
    where T : unmanaged
{
    static abstract void Row(ref T a, nint aK, ref T b, nint bK, nint k, ref T c, bool accumulate);

    static abstract T Dot(ref T a, ref T b, nint k);
}
