using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Runtime.Tiles;

/// <summary>
/// A tile of a width, type and size that a program computes. For each there is machine code of its own, which takes the JIT
/// some milliseconds when it is first called.
/// </summary>
/// <param name="VectorBits">256 or 512; there is nothing to prepare for others.</param>
/// <param name="Type">float32 or float64.</param>
/// <param name="Rows">Valid rows.</param>
/// <param name="Columns">Valid columns.</param>
internal sealed record TileUse(int VectorBits, DType Type, int Rows, int Columns)
{
    // The largest tile there is.
    private const int Step = Tile512.ColumnsFloat32, TileElements = Tile512.Rows * Step;

    private bool Fits => VectorBits switch
    {
        512 => Tile512.IsSupported && Rows <= Tile512.Rows && Columns <= (Type == DType.Float32 ? Tile512.ColumnsFloat32 : Tile512.ColumnsFloat64),
        256 => Vec256.IsSupported && Rows <= Tile256.Rows && Columns <= (Type == DType.Float32 ? Tile256.ColumnsFloat32 : Tile256.ColumnsFloat64),
        _ => false,
    };

    /// <summary>Has the machine code made, by computing such a tile of zeros. What this processor has no tiles for is left out.</summary>
    public void Prepare()
    {
        if (Rows < 1 || Columns < 1 || !Fits)
        {
            return;
        }

        if (Type == DType.Float32)
        {
            PrepareFloat32();
        }
        else if (Type == DType.Float64)
        {
            PrepareFloat64();
        }
    }

    // Tiles take memory that does not move.
    private void PrepareFloat32()
    {
        Span<float> a = stackalloc float[1], b = stackalloc float[Step], c = stackalloc float[TileElements];
        switch (VectorBits)
        {
            case 512:
                Tile512.Strided(ref a[0], 0, 0, Rows, ref b[0], 0, Columns, 1, ref c[0], Step, false);
                break;
            default:
                Tile256.Strided(ref a[0], 0, 0, Rows, ref b[0], 0, Columns, 1, ref c[0], Step, false);
                break;
        }
    }

    private void PrepareFloat64()
    {
        Span<double> a = stackalloc double[1], b = stackalloc double[Step], c = stackalloc double[TileElements];
        switch (VectorBits)
        {
            case 512:
                Tile512.Strided(ref a[0], 0, 0, Rows, ref b[0], 0, Columns, 1, ref c[0], Step, false);
                break;
            default:
                Tile256.Strided(ref a[0], 0, 0, Rows, ref b[0], 0, Columns, 1, ref c[0], Step, false);
                break;
        }
    }
}
