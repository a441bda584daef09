namespace GraphCompiler.Runtime.Tests.Tiles;

/// <summary>The calls of the targets that have a dot product of their own.</summary>
public interface IDotTile<T> : ITile<T>
    where T : unmanaged
{
    static abstract T Dot(ref T a, ref T b, nint k);
}
