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
/// <param name="Packs">Whether it packs its panel of B for the tiles below.</param>
internal sealed record TileUse(int VectorBits, DType Type, int Rows, int Columns, bool Packs)
{
    private const int MostRows = Tile512.Rows, MostColumns = Tile512.ColumnsFloat32;

    /// <summary>Has the machine code made, by computing such a tile of zeros. What this processor has no tiles for is left out.</summary>
    public void Prepare()
    {
        if (Rows is < 1 or > MostRows || Columns is < 1 or > MostColumns)
        {
            return;
        }

        if (Type == DType.Float32)
        {
            Prepare(Zeros<float>(MostRows * MostColumns), Zeros<float>(MostColumns), Zeros<float>(2 * MostColumns));
        }
        else if (Type == DType.Float64)
        {
            Prepare(Zeros<double>(MostRows * MostColumns), Zeros<double>(MostColumns), Zeros<double>(2 * MostColumns));
        }
    }

    // Tiles take memory that does not move.
    private static T[] Zeros<T>(int count) => GC.AllocateArray<T>(count, pinned: true);

    private void Prepare(float[] c, float[] b, float[] packed)
    {
        var a = 0f;
        switch (VectorBits)
        {
            case 512 when Tile512.IsSupported && Rows <= Tile512.Rows && Columns <= Tile512.ColumnsFloat32 && Packs:
                Tile512.StridedPacking(ref a, 0, 0, Rows, ref b[0], 0, Columns, 1, ref c[0], MostColumns, false, ref packed[0]);
                break;
            case 512 when Tile512.IsSupported && Rows <= Tile512.Rows && Columns <= Tile512.ColumnsFloat32:
                Tile512.Strided(ref a, 0, 0, Rows, ref b[0], 0, Columns, 1, ref c[0], MostColumns, false);
                break;
            case 256 when Vec256.IsSupported && Rows <= Tile256.Rows && Columns <= Tile256.ColumnsFloat32:
                Tile256.Strided(ref a, 0, 0, Rows, ref b[0], 0, Columns, 1, ref c[0], MostColumns, false);
                break;
        }
    }

    private void Prepare(double[] c, double[] b, double[] packed)
    {
        var a = 0d;
        switch (VectorBits)
        {
            case 512 when Tile512.IsSupported && Rows <= Tile512.Rows && Columns <= Tile512.ColumnsFloat64 && Packs:
                Tile512.StridedPacking(ref a, 0, 0, Rows, ref b[0], 0, Columns, 1, ref c[0], MostColumns, false, ref packed[0]);
                break;
            case 512 when Tile512.IsSupported && Rows <= Tile512.Rows && Columns <= Tile512.ColumnsFloat64:
                Tile512.Strided(ref a, 0, 0, Rows, ref b[0], 0, Columns, 1, ref c[0], MostColumns, false);
                break;
            case 256 when Vec256.IsSupported && Rows <= Tile256.Rows && Columns <= Tile256.ColumnsFloat64:
                Tile256.Strided(ref a, 0, 0, Rows, ref b[0], 0, Columns, 1, ref c[0], MostColumns, false);
                break;
        }
    }
}
