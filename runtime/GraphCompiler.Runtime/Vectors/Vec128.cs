using System.Runtime.Intrinsics;

namespace GraphCompiler.Runtime.Vectors;

/// <summary>
/// Vector math of portable kernels: NEON on ARM64, SSE on older x64 processors. The same methods as
/// <see cref="Vec256"/>, the same bits in a lane.
/// </summary>
/// <remarks>
/// A logical vector is 8 elements: two registers (lo, hi) of <see cref="float"/> or <see cref="int"/>, four of
/// <see cref="double"/>. Without FMA the results may differ in the last bits, and the error bounds grow by 0.6 ULP.
/// </remarks>
public static partial class Vec128
{
    /// <summary>The lane numbers 0, 1, 2, 3.</summary>
    public static Vector128<int> Iota => Vector128.Create(0, 1, 2, 3);
}
