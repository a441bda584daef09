using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Tiles;

/// <summary>256-bit operations for code that is generic in float and double; each is one instruction after
/// inlining.</summary>
internal static class Lanes256
{
    /// <summary>a·b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Fma<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c) =>
        typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    /// <summary>All bits in the lanes below <paramref name="count"/>, none in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Mask<T>(nint count) =>
        typeof(T) == typeof(float)
            ? Vector256.LessThan(Vector256<int>.Indices, Vector256.Create((int)nint.Min(count, 8))).As<int, T>()
            : Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).As<long, T>();

    /// <summary>The lanes that <paramref name="mask"/> selects, +0 in the others, which are not read (they may lie on
    /// no page).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<T> Load<T>(T* source, Vector256<T> mask)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Avx.MaskLoad((float*)source, mask.AsSingle()).As<float, T>()
            : Avx.MaskLoad((double*)source, mask.AsDouble()).As<double, T>();

    /// <summary>Writes the lanes that <paramref name="mask"/> selects and nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<T>(Vector256<T> value, T* target, Vector256<T> mask)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Avx.MaskStore((float*)target, mask.AsSingle(), value.AsSingle());
        }
        else
        {
            Avx.MaskStore((double*)target, mask.AsDouble(), value.AsDouble());
        }
    }

    /// <summary>Interleaves the low halves of each 128-bit lane: a0 b0 (a1 b1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ZipLow<T>(Vector256<T> a, Vector256<T> b) =>
        typeof(T) == typeof(float)
            ? Avx.UnpackLow(a.AsSingle(), b.AsSingle()).As<float, T>()
            : Avx.UnpackLow(a.AsDouble(), b.AsDouble()).As<double, T>();

    /// <summary>Interleaves the high halves of each 128-bit lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ZipHigh<T>(Vector256<T> a, Vector256<T> b) =>
        typeof(T) == typeof(float)
            ? Avx.UnpackHigh(a.AsSingle(), b.AsSingle()).As<float, T>()
            : Avx.UnpackHigh(a.AsDouble(), b.AsDouble()).As<double, T>();

    /// <summary>The low 128 bits of <paramref name="a"/>, then those of <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Lows<T>(Vector256<T> a, Vector256<T> b) =>
        Avx.Permute2x128(a.AsSingle(), b.AsSingle(), 0x20).As<float, T>();

    /// <summary>The high 128 bits of <paramref name="a"/>, then those of <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Highs<T>(Vector256<T> a, Vector256<T> b) =>
        Avx.Permute2x128(a.AsSingle(), b.AsSingle(), 0x31).As<float, T>();

    /// <summary>The low 64 bits of each 128-bit lane of <paramref name="a"/>, then those of
    /// <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> PairLow<T>(Vector256<T> a, Vector256<T> b) =>
        Avx.UnpackLow(a.AsDouble(), b.AsDouble()).As<double, T>();

    /// <summary>The high 64 bits of each 128-bit lane of <paramref name="a"/>, then those of
    /// <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> PairHigh<T>(Vector256<T> a, Vector256<T> b) =>
        Avx.UnpackHigh(a.AsDouble(), b.AsDouble()).As<double, T>();

    /// <summary>The low 64 bits of each 128-bit lane of <paramref name="a"/>, then the high ones of
    /// <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> PairLowHigh<T>(Vector256<T> a, Vector256<T> b) =>
        Avx.Shuffle(a.AsDouble(), b.AsDouble(), 0b1010).As<double, T>();
}
