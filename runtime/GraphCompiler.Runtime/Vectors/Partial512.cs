using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

public static unsafe partial class Vec512
{
    /// <inheritdoc cref="Vec256.LoadPartial(ref readonly float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadPartial(ref readonly float source, nint count)
    {
        if (Avx512F.IsSupported)
        {
            fixed (float* p = &source)
            {
                return MaskedMemory512.Load(p, CountMask(count).AsSingle());
            }
        }

        count = nint.Clamp(count, 0, 16); // so that the difference below cannot wrap
        var low = Vec256.LoadPartial(in source, count);
        var high = Vec256.LoadPartial(in Unsafe.Add(ref Unsafe.AsRef(in source), 8), count - 8);
        return Vector512.Create(low, high);
    }

    /// <inheritdoc cref="Vec256.StorePartial(Vector256{float}, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vector512<float> v, ref float destination, nint count)
    {
        if (Avx512F.IsSupported)
        {
            fixed (float* p = &destination)
            {
                MaskedMemory512.Store(v, p, CountMask(count).AsSingle());
            }

            return;
        }

        count = nint.Clamp(count, 0, 16);
        Vec256.StorePartial(v.GetLower(), ref destination, count);
        Vec256.StorePartial(v.GetUpper(), ref Unsafe.Add(ref destination, 8), count - 8);
    }

    /// <inheritdoc cref="Vec256.LoadPartial(ref readonly float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadPartial(ref readonly int source, nint count)
    {
        if (Avx512F.IsSupported)
        {
            fixed (int* p = &source)
            {
                return MaskedMemory512.Load(p, CountMask(count));
            }
        }

        count = nint.Clamp(count, 0, 16); // so that the difference below cannot wrap
        var low = Vec256.LoadPartial(in source, count);
        var high = Vec256.LoadPartial(in Unsafe.Add(ref Unsafe.AsRef(in source), 8), count - 8);
        return Vector512.Create(low, high);
    }

    /// <inheritdoc cref="Vec256.StorePartial(Vector256{float}, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vector512<int> v, ref int destination, nint count)
    {
        if (Avx512F.IsSupported)
        {
            fixed (int* p = &destination)
            {
                MaskedMemory512.Store(v, p, CountMask(count));
            }

            return;
        }

        count = nint.Clamp(count, 0, 16);
        Vec256.StorePartial(v.GetLower(), ref destination, count);
        Vec256.StorePartial(v.GetUpper(), ref Unsafe.Add(ref destination, 8), count - 8);
    }

    /// <inheritdoc cref="Vec256.LoadPartial(ref readonly float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadPartial(ref readonly double source, nint count)
    {
        if (Avx512F.IsSupported)
        {
            fixed (double* p = &source)
            {
                return MaskedMemory512.Load(p, CountMaskDouble(count).AsDouble());
            }
        }

        count = nint.Clamp(count, 0, 8); // so that the difference below cannot wrap
        var low = Vec256.LoadPartial(in source, count);
        var high = Vec256.LoadPartial(in Unsafe.Add(ref Unsafe.AsRef(in source), 4), count - 4);
        return Vector512.Create(low, high);
    }

    /// <inheritdoc cref="Vec256.StorePartial(Vector256{float}, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vector512<double> v, ref double destination, nint count)
    {
        if (Avx512F.IsSupported)
        {
            fixed (double* p = &destination)
            {
                MaskedMemory512.Store(v, p, CountMaskDouble(count).AsDouble());
            }

            return;
        }

        count = nint.Clamp(count, 0, 8);
        Vec256.StorePartial(v.GetLower(), ref destination, count);
        Vec256.StorePartial(v.GetUpper(), ref Unsafe.Add(ref destination, 4), count - 4);
    }

    // The clamp comes first: a count need not fit into the lanes of the comparison.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> CountMask(nint count) =>
        Vector512.GreaterThan(Vector512.Create((int)nint.Clamp(count, 0, 16)), Iota);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> CountMaskDouble(nint count) =>
        Vector512.GreaterThan(Vector512.Create((long)count), Vector512<long>.Indices);
}
