using System.Runtime.Intrinsics.X86;
using GraphCompiler.Runtime.Tiles;

namespace GraphCompiler.Runtime.Tests.Tiles;

/// <summary>Every target and element type as an <see cref="ITile{T}"/>.</summary>
public static class TileTargets
{
    public readonly struct Float32On512 : ITile<float>
    {
        public static bool IsSupported => Tile512.IsSupported;

        public static int Rows => Tile512.Rows;

        public static int Columns => Tile512.ColumnsFloat32;

        public static bool IsExact => true;

        public static void Packed(ref float a, ref float b, nint k, ref float c, nint ldc, bool accumulate) =>
            Tile512.Strided(ref a, 1, Rows, Rows, ref b, Columns, Columns, k, ref c, ldc, accumulate);

        public static void Strided(
            ref float a, nint aRow, nint aK, nint rows, ref float b, nint bK, nint columns, nint k, ref float c,
            nint ldc, bool accumulate) =>
            Tile512.Strided(ref a, aRow, aK, rows, ref b, bK, columns, k, ref c, ldc, accumulate);

        public static void Row(ref float a, nint aK, ref float b, nint bK, nint columns, nint k, ref float c) =>
            Tile512.Row(ref a, aK, ref b, bK, columns, k, ref c);

        public static void PackRows(
            ref float source, nint rowStride, nint kStride, nint rows, nint k, ref float packed) =>
            Tile512.PackRows(ref source, rowStride, kStride, rows, k, ref packed);

        public static void PackColumns(
            ref float source, nint kStride, nint columnStride, nint k, nint columns, ref float packed) =>
            Tile512.PackColumns(ref source, kStride, columnStride, k, columns, ref packed);
    }

    public readonly struct Float64On512 : ITile<double>
    {
        public static bool IsSupported => Tile512.IsSupported;

        public static int Rows => Tile512.Rows;

        public static int Columns => Tile512.ColumnsFloat64;

        public static bool IsExact => true;

        public static void Packed(ref double a, ref double b, nint k, ref double c, nint ldc, bool accumulate) =>
            Tile512.Strided(ref a, 1, Rows, Rows, ref b, Columns, Columns, k, ref c, ldc, accumulate);

        public static void Strided(
            ref double a, nint aRow, nint aK, nint rows, ref double b, nint bK, nint columns, nint k, ref double c,
            nint ldc, bool accumulate) =>
            Tile512.Strided(ref a, aRow, aK, rows, ref b, bK, columns, k, ref c, ldc, accumulate);

        public static void Row(ref double a, nint aK, ref double b, nint bK, nint columns, nint k, ref double c) =>
            Tile512.Row(ref a, aK, ref b, bK, columns, k, ref c);

        public static void PackRows(
            ref double source, nint rowStride, nint kStride, nint rows, nint k, ref double packed) =>
            Tile512.PackRows(ref source, rowStride, kStride, rows, k, ref packed);

        public static void PackColumns(
            ref double source, nint kStride, nint columnStride, nint k, nint columns, ref double packed) =>
            Tile512.PackColumns(ref source, kStride, columnStride, k, columns, ref packed);
    }

    public readonly struct Float32On256 : IDotTile<float>
    {
        public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

        public static int Rows => Tile256.Rows;

        public static int Columns => Tile256.ColumnsFloat32;

        public static bool IsExact => false;

        public static void Packed(ref float a, ref float b, nint k, ref float c, nint ldc, bool accumulate) =>
            Tile256.Packed(ref a, ref b, k, ref c, ldc, accumulate);

        public static void Strided(
            ref float a, nint aRow, nint aK, nint rows, ref float b, nint bK, nint columns, nint k, ref float c,
            nint ldc, bool accumulate) =>
            Tile256.Strided(ref a, aRow, aK, rows, ref b, bK, columns, k, ref c, ldc, accumulate);

        public static void PackRows(
            ref float source, nint rowStride, nint kStride, nint rows, nint k, ref float packed) =>
            Tile256.PackRows(ref source, rowStride, kStride, rows, k, ref packed);

        public static void PackColumns(
            ref float source, nint kStride, nint columnStride, nint k, nint columns, ref float packed) =>
            Tile256.PackColumns(ref source, kStride, columnStride, k, columns, ref packed);

        public static void Row(ref float a, nint aK, ref float b, nint bK, nint columns, nint k, ref float c) =>
            Tile256.Row(ref a, aK, ref b, bK, columns, k, ref c);

        public static float Dot(ref float a, ref float b, nint k) => Tile256.Dot(ref a, ref b, k);
    }

    public readonly struct Float64On256 : IDotTile<double>
    {
        public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

        public static int Rows => Tile256.Rows;

        public static int Columns => Tile256.ColumnsFloat64;

        public static bool IsExact => false;

        public static void Packed(ref double a, ref double b, nint k, ref double c, nint ldc, bool accumulate) =>
            Tile256.Packed(ref a, ref b, k, ref c, ldc, accumulate);

        public static void Strided(
            ref double a, nint aRow, nint aK, nint rows, ref double b, nint bK, nint columns, nint k, ref double c,
            nint ldc, bool accumulate) =>
            Tile256.Strided(ref a, aRow, aK, rows, ref b, bK, columns, k, ref c, ldc, accumulate);

        public static void PackRows(
            ref double source, nint rowStride, nint kStride, nint rows, nint k, ref double packed) =>
            Tile256.PackRows(ref source, rowStride, kStride, rows, k, ref packed);

        public static void PackColumns(
            ref double source, nint kStride, nint columnStride, nint k, nint columns, ref double packed) =>
            Tile256.PackColumns(ref source, kStride, columnStride, k, columns, ref packed);

        public static void Row(ref double a, nint aK, ref double b, nint bK, nint columns, nint k, ref double c) =>
            Tile256.Row(ref a, aK, ref b, bK, columns, k, ref c);

        public static double Dot(ref double a, ref double b, nint k) => Tile256.Dot(ref a, ref b, k);
    }

    public readonly struct Float32On128 : IDotTile<float>
    {
        public static bool IsSupported => true;

        public static int Rows => Tile128.Rows;

        public static int Columns => Tile128.ColumnsFloat32;

        public static bool IsExact => false;

        public static void Packed(ref float a, ref float b, nint k, ref float c, nint ldc, bool accumulate) =>
            Tile128.Packed(ref a, ref b, k, ref c, ldc, accumulate);

        public static void Strided(
            ref float a, nint aRow, nint aK, nint rows, ref float b, nint bK, nint columns, nint k, ref float c,
            nint ldc, bool accumulate) =>
            Tile128.Strided(ref a, aRow, aK, rows, ref b, bK, columns, k, ref c, ldc, accumulate);

        public static void PackRows(
            ref float source, nint rowStride, nint kStride, nint rows, nint k, ref float packed) =>
            Tile128.PackRows(ref source, rowStride, kStride, rows, k, ref packed);

        public static void PackColumns(
            ref float source, nint kStride, nint columnStride, nint k, nint columns, ref float packed) =>
            Tile128.PackColumns(ref source, kStride, columnStride, k, columns, ref packed);

        public static void Row(ref float a, nint aK, ref float b, nint bK, nint columns, nint k, ref float c) =>
            Tile128.Row(ref a, aK, ref b, bK, columns, k, ref c);

        public static float Dot(ref float a, ref float b, nint k) => Tile128.Dot(ref a, ref b, k);
    }

    public readonly struct Float64On128 : IDotTile<double>
    {
        public static bool IsSupported => true;

        public static int Rows => Tile128.Rows;

        public static int Columns => Tile128.ColumnsFloat64;

        public static bool IsExact => false;

        public static void Packed(ref double a, ref double b, nint k, ref double c, nint ldc, bool accumulate) =>
            Tile128.Packed(ref a, ref b, k, ref c, ldc, accumulate);

        public static void Strided(
            ref double a, nint aRow, nint aK, nint rows, ref double b, nint bK, nint columns, nint k, ref double c,
            nint ldc, bool accumulate) =>
            Tile128.Strided(ref a, aRow, aK, rows, ref b, bK, columns, k, ref c, ldc, accumulate);

        public static void PackRows(
            ref double source, nint rowStride, nint kStride, nint rows, nint k, ref double packed) =>
            Tile128.PackRows(ref source, rowStride, kStride, rows, k, ref packed);

        public static void PackColumns(
            ref double source, nint kStride, nint columnStride, nint k, nint columns, ref double packed) =>
            Tile128.PackColumns(ref source, kStride, columnStride, k, columns, ref packed);

        public static void Row(ref double a, nint aK, ref double b, nint bK, nint columns, nint k, ref double c) =>
            Tile128.Row(ref a, aK, ref b, bK, columns, k, ref c);

        public static double Dot(ref double a, ref double b, nint k) => Tile128.Dot(ref a, ref b, k);
    }
}
