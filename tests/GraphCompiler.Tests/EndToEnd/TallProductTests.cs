using GraphCompiler.Compile;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.EndToEnd;

/// <summary>Products of many rows of tiles, which go along rows on some targets: both operands either way round, blocks of
/// the sum and of columns, extents that are bound, several workers. Values are small integers, so sums are exact.</summary>
public sealed class TallProductTests
{
    private static IEnumerable<KernelTarget> Targets => KernelTargets.Supported;

    [Test]
    public void MatMul_OfManyRows_IsTheProduct(
        [ValueSource(nameof(Targets))] KernelTarget target, [Values] bool transposesA, [Values] bool transposesB,
        [Values(40, 1100)] int k) =>
        Check(target, (301, 70, k), (transposesA, transposesB), workers: 3, hasEpilogue: false);

    [Test]
    public void MatMul_OfManyRowsWithAnEpilogue_IsTheProduct(
        [ValueSource(nameof(Targets))] KernelTarget target, [Values] bool transposesA, [Values(7, 1100)] int k, [Values(1, 3)] int workers) =>
        Check(target, (290, 33, k), (transposesA, false), workers, hasEpilogue: true);

    [Test]
    public void MatMul_OfManyRowsAndColumns_IsTheProduct([ValueSource(nameof(Targets))] KernelTarget target) =>
        Check(target, (285, 2050, 520), (true, false), workers: 2, hasEpilogue: false);

    private static void Check(KernelTarget target, (int M, int N, int K) size, (bool A, bool B) transposed, int workers, bool hasEpilogue)
    {
        var (m, n, k) = size;
        var (graph, rows) = (new Graph(), Dim.Symbol("rows", 310));
        var a = transposed.A ? graph.Input("a", [k, rows]).Transpose() : graph.Input("a", [rows, k]);
        var b = transposed.B ? graph.Input("b", [n, k]).Transpose() : graph.Input("b", [k, n]);
        var product = a.MatMul(b);
        graph.Output("c", hasEpilogue ? (product + graph.Input("bias", [n])).Relu() : product);
        using var compiled = graph.Compile(Steps.Options with { Target = target });
        using var execution = compiled.CreateExecution(workers: workers);
        execution.Bind("rows", m);
        float A(int i, int p) => ((i * 7) + (p * 3)) % 11 - 5;
        float B(int p, int j) => ((p * 5) + (j * 2)) % 7 - 3;
        execution.Feed<float>("a", [.. Enumerable.Range(0, m * k).Select(e => transposed.A ? A(e % m, e / m) : A(e / k, e % k))]);
        execution.Feed<float>("b", [.. Enumerable.Range(0, k * n).Select(e => transposed.B ? B(e % k, e / k) : B(e / n, e % n))]);
        if (hasEpilogue)
        {
            execution.Feed<float>("bias", Steps.Range(n, -10));
        }

        execution.Poison();
        execution.Run();
        Assert.That(Differing(execution.Read<float>("c"), Expected()), Is.Zero, "elements that differ");

        float[] Expected()
        {
            var c = new float[m * n];
            float[] right = [.. Enumerable.Range(0, k * n).Select(e => B(e / n, e % n))];
            for (var i = 0; i < m; i++)
            {
                for (var p = 0; p < k; p++)
                {
                    var left = A(i, p);
                    for (var j = 0; j < n; j++)
                    {
                        c[(i * n) + j] += left * right[(p * n) + j];
                    }
                }
            }

            return hasEpilogue ? [.. c.Select((x, e) => Math.Max(0, x + (e % n) - 10))] : c;
        }
    }

    private static int Differing(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length));
        var count = 0;
        for (var e = 0; e < expected.Length; e++)
        {
            count += actual[e] == expected[e] ? 0 : 1;
        }

        return count;
    }
}
