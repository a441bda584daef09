using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>
/// Hints that memory will be read or written soon. A processor that is told early waits neither for the rows of a matrix, of
/// which it guesses only the next lines, nor for the scattered rows of a tile. No hint changes a value, none faults: an
/// address behind the end of a buffer is allowed.
/// </summary>
public static class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Fetches the line with an element, as far as the second-level cache: rows that many arrays have at the same
    /// place of a page would push each other out of the first.</summary>
    /// <typeparam name="T">Of the elements.</typeparam>
    /// <param name="start">Where counting starts.</param>
    /// <param name="index">Elements from there; the place need not exist.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref T start, nint index)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1((T*)Unsafe.AsPointer(ref start) + index);
        }
    }

    /// <summary>Fetches a tile: some columns of some rows.</summary>
    /// <typeparam name="T">Of the elements.</typeparam>
    /// <param name="first">The first element of the tile.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="rows">Rows of the tile; 0 or fewer: nothing.</param>
    /// <param name="columns">Elements of a row; 0 or fewer: nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Tile<T>(ref T first, nint step, nint rows, nint columns)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        T* row = (T*)Unsafe.AsPointer(ref first);
        for (; rows > 0; rows--, row += step)
        {
            for (byte* line = (byte*)row, end = (byte*)(row + columns); line < end; line += LineBytes)
            {
                Sse.Prefetch0(line);
            }
        }
    }
}
