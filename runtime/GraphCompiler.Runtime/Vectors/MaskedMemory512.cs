using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>
/// The lanes of 512-bit vectors that a mask selects, from and to memory; the others are neither read nor written, and
/// may lie on no page. AVX-512 is required.
/// </summary>
/// <remarks>.NET 9 has no masked instruction for a whole vector: there, each is two of AVX, for the halves.</remarks>
internal static unsafe class MaskedMemory512
{
#if NET10_0_OR_GREATER
    /// <summary>The selected lanes, +0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source, Vector512<float> mask) =>
        Avx512F.MaskLoad(source, mask, Vector512<float>.Zero);

    /// <inheritdoc cref="Load(float*, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(double* source, Vector512<double> mask) =>
        Avx512F.MaskLoad(source, mask, Vector512<double>.Zero);

    /// <inheritdoc cref="Load(float*, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(int* source, Vector512<int> mask) =>
        Avx512F.MaskLoad(source, mask, Vector512<int>.Zero);

    /// <summary>Writes the selected lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* target, Vector512<float> mask) =>
        Avx512F.MaskStore(target, mask, value);

    /// <inheritdoc cref="Store(Vector512{float}, float*, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> value, double* target, Vector512<double> mask) =>
        Avx512F.MaskStore(target, mask, value);

    /// <inheritdoc cref="Store(Vector512{float}, float*, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> value, int* target, Vector512<int> mask) =>
        Avx512F.MaskStore(target, mask, value);
#else
    /// <summary>The selected lanes, +0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source, Vector512<float> mask) => Vector512.Create(
        Avx.MaskLoad(source, mask.GetLower()), Avx.MaskLoad(source + 8, mask.GetUpper()));

    /// <inheritdoc cref="Load(float*, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(double* source, Vector512<double> mask) => Vector512.Create(
        Avx.MaskLoad(source, mask.GetLower()), Avx.MaskLoad(source + 4, mask.GetUpper()));

    /// <inheritdoc cref="Load(float*, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(int* source, Vector512<int> mask) => Vector512.Create(
        Avx2.MaskLoad(source, mask.GetLower()), Avx2.MaskLoad(source + 8, mask.GetUpper()));

    /// <summary>Writes the selected lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* target, Vector512<float> mask)
    {
        Avx.MaskStore(target, mask.GetLower(), value.GetLower());
        Avx.MaskStore(target + 8, mask.GetUpper(), value.GetUpper());
    }

    /// <inheritdoc cref="Store(Vector512{float}, float*, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> value, double* target, Vector512<double> mask)
    {
        Avx.MaskStore(target, mask.GetLower(), value.GetLower());
        Avx.MaskStore(target + 4, mask.GetUpper(), value.GetUpper());
    }

    /// <inheritdoc cref="Store(Vector512{float}, float*, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> value, int* target, Vector512<int> mask)
    {
        Avx2.MaskStore(target, mask.GetLower(), value.GetLower());
        Avx2.MaskStore(target + 8, mask.GetUpper(), value.GetUpper());
    }
#endif
}
