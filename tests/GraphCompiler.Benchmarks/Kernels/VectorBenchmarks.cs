using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using GraphCompiler.Runtime.Vectors;

namespace GraphCompiler.Benchmarks.Kernels;

/// <summary>Vector functions over 1,024 float32 values in L1; the time is of one value.</summary>
public class VectorBenchmarks
{
    private const int Count = 1024;

    private readonly float[] _x = new float[Count];
    private readonly float[] _y = new float[Count];

    [GlobalSetup]
    public void Fill() => Measuring.Inputs.Fill(_x, 1, scale: 8, offset: 5); // positive, for the logarithm

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Copy()
    {
        for (var i = 0; i < Count; i += 8)
        {
            Load(i).StoreUnsafe(ref _y[0], (nuint)i);
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Exp()
    {
        for (var i = 0; i < Count; i += 8)
        {
            Vec256.Exp(Load(i)).StoreUnsafe(ref _y[0], (nuint)i);
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Log()
    {
        for (var i = 0; i < Count; i += 8)
        {
            Vec256.Log(Load(i)).StoreUnsafe(ref _y[0], (nuint)i);
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Tanh()
    {
        for (var i = 0; i < Count; i += 8)
        {
            Vec256.Tanh(Load(i)).StoreUnsafe(ref _y[0], (nuint)i);
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Sigmoid()
    {
        for (var i = 0; i < Count; i += 8)
        {
            Vec256.Sigmoid(Load(i)).StoreUnsafe(ref _y[0], (nuint)i);
        }
    }

    private Vector256<float> Load(int i) => Vector256.LoadUnsafe(ref _x[0], (nuint)i);
}
