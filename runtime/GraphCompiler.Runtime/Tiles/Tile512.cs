using System.Runtime.Intrinsics.X86;

namespace GraphCompiler.Runtime.Tiles;

/// <summary>
/// Register tiles and panel packing of generated contractions on 512-bit vectors: AVX-512 F, BW, DQ and VL are required.
/// </summary>
/// <remarks>
/// <para>A tile is at most <see cref="Rows"/> × two vectors: 28 accumulators, two vectors of B and one broadcast element
/// of A are 31 of the 32 registers. For each p that is 16 loads for 28 fused multiply-adds, so the loads of one pipe
/// keep up with two pipes of arithmetic; 8 × 3 vectors reads B half as often again, and is slower from the second-level
/// cache.</para>
/// <para>Bits: those of <see cref="Tile256"/>, element for element, whatever the tile's shape. References, strides and
/// error as there.</para>
/// </remarks>
public static partial class Tile512
{
    /// <summary>Rows of a tile at most, and of a packed panel of A.</summary>
    public const int Rows = 14;

    /// <summary>Columns of a tile of float32, and of its packed panel of B.</summary>
    public const int ColumnsFloat32 = 32;

    /// <summary>Columns of a tile of float64, and of its packed panel of B.</summary>
    public const int ColumnsFloat64 = 16;

    /// <summary>Rows of B that a tile asks for ahead: in place they are too far apart for the processor to guess, and even a
    /// packed panel gains nothing by doing without.</summary>
    public const int Ahead = 8;

    /// <summary>Whether this processor, and the runtime's settings, allow these tiles.</summary>
    /// <remarks><c>Vector512.IsHardwareAccelerated</c> is no answer: it is false where the runtime fears for the clock
    /// in code that uses a wide vector now and then, which dense products are not.</remarks>
    public static bool IsSupported =>
        Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported && Avx512BW.VL.IsSupported
        && Avx512DQ.VL.IsSupported;
}
