using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

public static partial class Vec256
{
    /// <summary>The minimum of the 8 elements of a logical vector: element i with i + 4, then i + 2, then i +
    /// 1.</summary>
    /// <param name="v">Elements 0 to 7.</param>
    /// <returns>Exact; −0 is less than +0, and NaN if any element is NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ReduceMin(Vector256<float> v) => Vec128.ReduceMin(v.GetLower(), v.GetUpper());

    /// <inheritdoc cref="Vec256.ReduceMin(Vector256{float})"/>
    /// <param name="lo">Elements 0 to 3.</param>
    /// <param name="hi">Elements 4 to 7.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ReduceMin(Vector256<double> lo, Vector256<double> hi)
    {
        var v = Vec256.Min(lo, hi);
        return Vec128.FoldReduceMin(Vec128.Min(v.GetLower(), v.GetUpper()));
    }

    /// <inheritdoc cref="Vec256.ReduceMin(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReduceMin(Vector256<int> v) => Vec128.ReduceMin(v.GetLower(), v.GetUpper());
}

public static partial class Vec512
{
    /// <summary>The minimum of 16 elements: element i with i + 8, then as
    /// <see cref="Vec256.ReduceMin(Vector256{float})"/>.</summary>
    /// <param name="v">Elements 0 to 15.</param>
    /// <inheritdoc cref="Vec256.ReduceMin(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ReduceMin(Vector512<float> v) =>
        Vec256.ReduceMin(Vec256.Min(v.GetLower(), v.GetUpper()));

    /// <inheritdoc cref="Vec512.ReduceMin(Vector512{float})"/>
    /// <param name="lo">Elements 0 to 7.</param>
    /// <param name="hi">Elements 8 to 15.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ReduceMin(Vector512<double> lo, Vector512<double> hi)
    {
        var v = Vec512.Min(lo, hi);
        return Vec256.ReduceMin(v.GetLower(), v.GetUpper());
    }

    /// <inheritdoc cref="Vec512.ReduceMin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReduceMin(Vector512<int> v) =>
        Vec256.ReduceMin(Vector256.Min(v.GetLower(), v.GetUpper()));
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.ReduceMin(Vector256{float})"/>
    /// <param name="lo">Elements 0 to 3.</param>
    /// <param name="hi">Elements 4 to 7.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ReduceMin(Vector128<float> lo, Vector128<float> hi)
    {
        var v = Vec128.Min(lo, hi);
        v = Vec128.Min(v, Vector128.Shuffle(v, Vector128.Create(2, 3, 2, 3)));
        return Vec128.Min(v, Vector128.Shuffle(v, Vector128.Create(1, 1, 1, 1))).ToScalar();
    }

    /// <inheritdoc cref="Vec256.ReduceMin(Vector256{float})"/>
    /// <param name="v0">Elements 0 and 1.</param>
    /// <param name="v1">Elements 2 and 3.</param>
    /// <param name="v2">Elements 4 and 5.</param>
    /// <param name="v3">Elements 6 and 7.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ReduceMin(
        Vector128<double> v0, Vector128<double> v1, Vector128<double> v2, Vector128<double> v3) =>
        FoldReduceMin(Vec128.Min(Vec128.Min(v0, v2), Vec128.Min(v1, v3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double FoldReduceMin(Vector128<double> v) =>
        Vec128.Min(v, Vector128.Shuffle(v, Vector128.Create(1L, 1L))).ToScalar();

    /// <inheritdoc cref="Vec256.ReduceMin(Vector256{float})"/>
    /// <param name="lo">Elements 0 to 3.</param>
    /// <param name="hi">Elements 4 to 7.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReduceMin(Vector128<int> lo, Vector128<int> hi)
    {
        var v = Vector128.Min(lo, hi);
        v = Vector128.Min(v, Vector128.Shuffle(v, Vector128.Create(2, 3, 2, 3)));
        return Vector128.Min(v, Vector128.Shuffle(v, Vector128.Create(1, 1, 1, 1))).ToScalar();
    }
}
