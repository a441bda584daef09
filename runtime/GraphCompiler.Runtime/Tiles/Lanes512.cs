using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tiles;

/// <summary>512-bit operations for code that is generic in float and double; each is one instruction after
/// inlining, but for those that say otherwise.</summary>
internal static class Lanes512
{
    /// <summary>a·b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fma<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c) =>
        typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    /// <summary>All bits in the lanes below <paramref name="count"/>, none in the others: a mask register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Mask<T>(nint count) =>
        typeof(T) == typeof(float)
            ? Vector512.LessThan(Vector512<int>.Indices, Vector512.Create((int)nint.Min(count, 16))).As<int, T>()
            : Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>();

    /// <summary>The lanes that <paramref name="mask"/> selects, +0 in the others, which are not read (they may lie on
    /// no page).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<T> Load<T>(T* source, Vector512<T> mask)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? MaskedMemory512.Load((float*)source, mask.AsSingle()).As<float, T>()
            : MaskedMemory512.Load((double*)source, mask.AsDouble()).As<double, T>();

    /// <summary>Writes the lanes that <paramref name="mask"/> selects and nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<T>(Vector512<T> value, T* target, Vector512<T> mask)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            MaskedMemory512.Store(value.AsSingle(), (float*)target, mask.AsSingle());
        }
        else
        {
            MaskedMemory512.Store(value.AsDouble(), (double*)target, mask.AsDouble());
        }
    }

    /// <summary>Four vectors of 128 bits side by side, from four addresses: a load and three inserts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Quarters<T>(Vector128<T> a, Vector128<T> b, Vector128<T> c, Vector128<T> d)
    {
        Vector512<float> all = a.AsSingle().ToVector256Unsafe().ToVector512Unsafe();
        all = Avx512F.InsertVector128(all, b.AsSingle(), 1);
        all = Avx512F.InsertVector128(all, c.AsSingle(), 2);
        return Avx512F.InsertVector128(all, d.AsSingle(), 3).As<float, T>();
    }

    /// <summary>Interleaves the low halves of each 128-bit lane: a0 b0 (a1 b1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ZipLow<T>(Vector512<T> a, Vector512<T> b) =>
        typeof(T) == typeof(float)
            ? Avx512F.UnpackLow(a.AsSingle(), b.AsSingle()).As<float, T>()
            : PairLow(a, b);

    /// <summary>Interleaves the high halves of each 128-bit lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ZipHigh<T>(Vector512<T> a, Vector512<T> b) =>
        typeof(T) == typeof(float)
            ? Avx512F.UnpackHigh(a.AsSingle(), b.AsSingle()).As<float, T>()
            : PairHigh(a, b);

    /// <summary>The low 64 bits of each 128-bit lane of <paramref name="a"/>, then those of
    /// <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> PairLow<T>(Vector512<T> a, Vector512<T> b) =>
        Avx512F.UnpackLow(a.AsDouble(), b.AsDouble()).As<double, T>();

    /// <summary>The high 64 bits of each 128-bit lane of <paramref name="a"/>, then those of
    /// <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> PairHigh<T>(Vector512<T> a, Vector512<T> b) =>
        Avx512F.UnpackHigh(a.AsDouble(), b.AsDouble()).As<double, T>();
}
