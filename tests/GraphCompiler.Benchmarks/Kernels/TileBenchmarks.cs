using BenchmarkDotNet.Attributes;
using GraphCompiler.Runtime.Tiles;

namespace GraphCompiler.Benchmarks.Kernels;

/// <summary>One register tile of float32, operands in L1 or L2: 192·K flops.</summary>
public class TileBenchmarks
{
    private float[] _a = [], _b = [], _c = [], _packed = [];

    [Params(64, 256, 1024)]
    public int K { get; set; }

    [GlobalSetup]
    public void Allocate()
    {
        _a = Filled(K * Tile256.Rows);
        _b = Filled(K * Tile256.ColumnsFloat32);
        _packed = new float[K * Tile256.ColumnsFloat32];
        _c = new float[Tile256.Rows * Tile256.ColumnsFloat32];
    }

    [Benchmark]
    public void Packed() => Tile256.Packed(ref _a[0], ref _b[0], K, ref _c[0], Tile256.ColumnsFloat32, accumulate: false);

    [Benchmark]
    public void Strided() => Tile256.Strided(
        ref _a[0], K, 1, Tile256.Rows, ref _b[0], Tile256.ColumnsFloat32, Tile256.ColumnsFloat32, K, ref _c[0], Tile256.ColumnsFloat32, accumulate: false);

    private static float[] Filled(int length)
    {
        var values = new float[length];
        Measuring.Inputs.Fill(values, 1);
        return values;
    }
}
