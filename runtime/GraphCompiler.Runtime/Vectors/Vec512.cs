using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>
/// Vector math of kernels for AVX-512: the same methods as <see cref="Vec256"/>, the same bits in a lane. Comparisons
/// are masks in registers of 32-bit lanes, as everywhere; the JIT keeps them in mask registers between a comparison and
/// its use.
/// </summary>
/// <remarks>Everything computes correctly, if slowly, on processors without AVX-512.</remarks>
public static partial class Vec512
{
    /// <summary>Whether this processor has AVX-512 with its instructions for bytes, double words and shorter registers,
    /// that is, whether kernels for this class should be chosen.</summary>
    public static bool IsSupported =>
        Avx512F.IsSupported && Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported;

    /// <summary>The lane numbers 0, 1, …, 15.</summary>
    public static Vector512<int> Iota => Vector512<int>.Indices;
}
