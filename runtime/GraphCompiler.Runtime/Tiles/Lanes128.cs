using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Tiles;

/// <summary>128-bit operations for code that is generic in float and double, on any processor.</summary>
internal static class Lanes128
{
    /// <summary>a·b + c, rounded once where the processor can, else twice: emulating FMA would cost a hundred times
    /// more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fma<T>(Vector128<T> a, Vector128<T> b, Vector128<T> c)
    {
        if (!System.Runtime.Intrinsics.X86.Fma.IsSupported && !AdvSimd.Arm64.IsSupported)
        {
            return (a * b) + c;
        }

        return typeof(T) == typeof(float)
            ? Vector128.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector128.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
    }

    /// <summary>The first <paramref name="count"/> elements, +0 beyond them, where nothing is read. Any count; at most
    /// 0 reads nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector128<T> Load<T>(T* source, nint count)
        where T : unmanaged
    {
        if (count >= Vector128<T>.Count)
        {
            return Vector128.Load(source);
        }

        if (count <= 0)
        {
            return Vector128<T>.Zero;
        }

        if (typeof(T) == typeof(double) || count == 1)
        {
            return Vector128.CreateScalar(*source);
        }

        Vector128<T> low = Vector128.CreateScalar(*(ulong*)source).As<ulong, T>();
        return count == 2 ? low : low.WithElement(2, source[2]);
    }

    /// <summary>Writes the first <paramref name="count"/> elements, fewer than a vector, and nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<T>(Vector128<T> value, T* target, nint count)
        where T : unmanaged
    {
        for (nint lane = 0; lane < count; lane++)
        {
            target[lane] = value[(int)lane];
        }
    }

    /// <summary>All bits in the lanes below <paramref name="count"/>, none in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Mask<T>(nint count) =>
        typeof(T) == typeof(float)
            ? Vector128.LessThan(Vector128<int>.Indices, Vector128.Create((int)nint.Clamp(count, 0, 4))).As<int, T>()
            : Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).As<long, T>();

    /// <summary>a0 b0 (a1 b1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipLow<T>(Vector128<T> a, Vector128<T> b)
    {
        if (typeof(T) == typeof(double))
        {
            return PairLow(a, b);
        }

        Vector128<float> x = a.AsSingle(), y = b.AsSingle();
        return Sse.IsSupported ? Sse.UnpackLow(x, y).As<float, T>()
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(x, y).As<float, T>()
            : Vector128.Create(x[0], y[0], x[1], y[1]).As<float, T>();
    }

    /// <summary>The high half of both vectors, interleaved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipHigh<T>(Vector128<T> a, Vector128<T> b)
    {
        if (typeof(T) == typeof(double))
        {
            return PairHigh(a, b);
        }

        Vector128<float> x = a.AsSingle(), y = b.AsSingle();
        return Sse.IsSupported ? Sse.UnpackHigh(x, y).As<float, T>()
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(x, y).As<float, T>()
            : Vector128.Create(x[2], y[2], x[3], y[3]).As<float, T>();
    }

    /// <summary>The low 64 bits of <paramref name="a"/>, then those of <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> PairLow<T>(Vector128<T> a, Vector128<T> b) =>
        Vector128.Create(a.GetLower(), b.GetLower());

    /// <summary>The high 64 bits of <paramref name="a"/>, then those of <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> PairHigh<T>(Vector128<T> a, Vector128<T> b) =>
        Vector128.Create(a.GetUpper(), b.GetUpper());

    /// <summary>The low 64 bits of <paramref name="a"/>, then the high 64 bits of <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> PairLowHigh<T>(Vector128<T> a, Vector128<T> b) =>
        Vector128.Create(a.GetLower(), b.GetUpper());
}
