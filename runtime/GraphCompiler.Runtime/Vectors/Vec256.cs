using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>
/// Vector math of kernels for AVX2 with FMA: what the base class library lacks on <see cref="Vector256{T}"/>, or
/// computes more slowly than our error bounds need. <see cref="Vec128"/> and <see cref="Scalar"/> have the same
/// methods, and a lane has the same bits in all three on a processor with FMA (a NaN may differ in sign and payload).
/// </summary>
/// <remarks>
/// A logical vector is 8 elements: one register of <see cref="float"/> or <see cref="int"/>, two of
/// <see cref="double"/>, here; twice as many in <see cref="Vec128"/>. Horizontal operations are defined on the logical
/// vector, with one tree: element i with i + 4, then i + 2, then i + 1. Everything computes correctly, if slowly, on
/// processors without AVX2.
/// Exp, Log, Tanh, Sigmoid, Erf and NormalCdf are inlined into their callers. The JIT stops inlining, silently, in a method
/// with more than 512 locals, of which each of them takes 30 to 80: <see cref="Call256"/> has them as calls.
/// </remarks>
public static partial class Vec256
{
    /// <summary>Whether this processor has AVX2 and FMA, that is, whether kernels for this class should be
    /// chosen.</summary>
    public static bool IsSupported => Avx2.IsSupported && X86Fma.IsSupported;

    /// <summary>The lane numbers 0, 1, …, 7.</summary>
    public static Vector256<int> Iota => Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
}
