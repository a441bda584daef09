using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

public static unsafe partial class Vec256
{
    /// <summary>Reads the first elements of a vector, at the end of a row.</summary>
    /// <param name="source">The first element; any alignment, managed memory or not.</param>
    /// <param name="count">How many to read: none if it is not positive, the whole vector if it has no more lanes. No
    /// memory past them is touched.</param>
    /// <returns>The elements; 0 in the lanes from <paramref name="count"/> on.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadPartial(ref readonly float source, nint count)
    {
        if (Avx.IsSupported)
        {
            fixed (float* p = &source)
            {
                return Avx.MaskLoad(p, CountMask(count).AsSingle());
            }
        }

        count = nint.Clamp(count, 0, 8); // so that the difference below cannot wrap
        var low = Vec128.LoadPartial(in source, count);
        var high = Vec128.LoadPartial(in Unsafe.Add(ref Unsafe.AsRef(in source), 4), count - 4);
        return Vector256.Create(low, high);
    }

    /// <summary>Writes the first elements of a vector, at the end of a row.</summary>
    /// <param name="v">The elements.</param>
    /// <param name="destination">The first element; any alignment, managed memory or not.</param>
    /// <param name="count">How many to write: none if it is not positive, the whole vector if it has no more lanes. No
    /// memory past them is touched.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vector256<float> v, ref float destination, nint count)
    {
        if (Avx.IsSupported)
        {
            fixed (float* p = &destination)
            {
                Avx.MaskStore(p, CountMask(count).AsSingle(), v);
            }

            return;
        }

        count = nint.Clamp(count, 0, 8);
        Vec128.StorePartial(v.GetLower(), ref destination, count);
        Vec128.StorePartial(v.GetUpper(), ref Unsafe.Add(ref destination, 4), count - 4);
    }

    /// <inheritdoc cref="Vec256.LoadPartial(ref readonly float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> LoadPartial(ref readonly int source, nint count)
    {
        if (Avx2.IsSupported)
        {
            fixed (int* p = &source)
            {
                return Avx2.MaskLoad(p, CountMask(count));
            }
        }

        count = nint.Clamp(count, 0, 8); // so that the difference below cannot wrap
        var low = Vec128.LoadPartial(in source, count);
        var high = Vec128.LoadPartial(in Unsafe.Add(ref Unsafe.AsRef(in source), 4), count - 4);
        return Vector256.Create(low, high);
    }

    /// <inheritdoc cref="Vec256.StorePartial(Vector256{float}, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vector256<int> v, ref int destination, nint count)
    {
        if (Avx2.IsSupported)
        {
            fixed (int* p = &destination)
            {
                Avx2.MaskStore(p, CountMask(count), v);
            }

            return;
        }

        count = nint.Clamp(count, 0, 8);
        Vec128.StorePartial(v.GetLower(), ref destination, count);
        Vec128.StorePartial(v.GetUpper(), ref Unsafe.Add(ref destination, 4), count - 4);
    }

    /// <inheritdoc cref="Vec256.LoadPartial(ref readonly float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadPartial(ref readonly double source, nint count)
    {
        if (Avx.IsSupported)
        {
            fixed (double* p = &source)
            {
                return Avx.MaskLoad(p, CountMaskDouble(count).AsDouble());
            }
        }

        count = nint.Clamp(count, 0, 4); // so that the difference below cannot wrap
        var low = Vec128.LoadPartial(in source, count);
        var high = Vec128.LoadPartial(in Unsafe.Add(ref Unsafe.AsRef(in source), 2), count - 2);
        return Vector256.Create(low, high);
    }

    /// <inheritdoc cref="Vec256.StorePartial(Vector256{float}, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial(Vector256<double> v, ref double destination, nint count)
    {
        if (Avx.IsSupported)
        {
            fixed (double* p = &destination)
            {
                Avx.MaskStore(p, CountMaskDouble(count).AsDouble(), v);
            }

            return;
        }

        count = nint.Clamp(count, 0, 4);
        Vec128.StorePartial(v.GetLower(), ref destination, count);
        Vec128.StorePartial(v.GetUpper(), ref Unsafe.Add(ref destination, 2), count - 2);
    }

    // A masked move looks at the signs alone, and a difference stays a vector. A comparison would be a mask register
    // where AVX-512 is there; the JIT keeps those from block to block, and loses one where it has to swap two of them.
    // The clamp comes first: a count need not fit into the lanes of the difference.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> CountMask(nint count) => Iota - Vector256.Create((int)nint.Clamp(count, 0, 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> CountMaskDouble(nint count) =>
        Vector256.Create(0L, 1, 2, 3) - Vector256.Create((long)nint.Clamp(count, 0, 4));
}

public static partial class Vec128
{
    /// <inheritdoc cref="Vec256.LoadPartial(ref readonly float, nint)"/>
    public static Vector128<float> LoadPartial(ref readonly float source, nint count)
    {
        if (count >= 4)
        {
            return Vector128.LoadUnsafe(in source);
        }

        if (count <= 1)
        {
            return count == 1 ? Vector128.CreateScalar(source) : default;
        }

        ref var first = ref Unsafe.AsRef(in source);
        var low = Unsafe.ReadUnaligned<long>(ref Unsafe.As<float, byte>(ref first));
        var v = Vector128.CreateScalar(low).As<long, float>();
        return count == 3 ? v.WithElement(2, Unsafe.Add(ref first, 2)) : v;
    }

    /// <inheritdoc cref="Vec256.StorePartial(Vector256{float}, ref float, nint)"/>
    public static void StorePartial(Vector128<float> v, ref float destination, nint count)
    {
        if (count >= 4)
        {
            v.StoreUnsafe(ref destination);
            return;
        }

        if (count == 1)
        {
            destination = v.ToScalar();
        }
        else if (count >= 2)
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref destination), v.As<float, long>().ToScalar());
            if (count == 3)
            {
                Unsafe.Add(ref destination, 2) = v.GetElement(2);
            }
        }
    }

    /// <inheritdoc cref="Vec256.LoadPartial(ref readonly float, nint)"/>
    public static Vector128<int> LoadPartial(ref readonly int source, nint count)
    {
        if (count >= 4)
        {
            return Vector128.LoadUnsafe(in source);
        }

        if (count <= 1)
        {
            return count == 1 ? Vector128.CreateScalar(source) : default;
        }

        ref var first = ref Unsafe.AsRef(in source);
        var low = Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref first));
        var v = Vector128.CreateScalar(low).As<long, int>();
        return count == 3 ? v.WithElement(2, Unsafe.Add(ref first, 2)) : v;
    }

    /// <inheritdoc cref="Vec256.StorePartial(Vector256{float}, ref float, nint)"/>
    public static void StorePartial(Vector128<int> v, ref int destination, nint count)
    {
        if (count >= 4)
        {
            v.StoreUnsafe(ref destination);
            return;
        }

        if (count == 1)
        {
            destination = v.ToScalar();
        }
        else if (count >= 2)
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<int, byte>(ref destination), v.As<int, long>().ToScalar());
            if (count == 3)
            {
                Unsafe.Add(ref destination, 2) = v.GetElement(2);
            }
        }
    }

    /// <inheritdoc cref="Vec256.LoadPartial(ref readonly float, nint)"/>
    public static Vector128<double> LoadPartial(ref readonly double source, nint count) =>
        count >= 2 ? Vector128.LoadUnsafe(in source)
        : count == 1 ? Vector128.CreateScalar(source)
        : default;

    /// <inheritdoc cref="Vec256.StorePartial(Vector256{float}, ref float, nint)"/>
    public static void StorePartial(Vector128<double> v, ref double destination, nint count)
    {
        if (count >= 2)
        {
            v.StoreUnsafe(ref destination);
        }
        else if (count == 1)
        {
            destination = v.ToScalar();
        }
    }
}
