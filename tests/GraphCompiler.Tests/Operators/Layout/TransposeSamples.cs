using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Layout;

internal sealed class TransposeSamples : LayoutSamples<TransposeOp>
{
    protected override IEnumerable<(string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result)> Cases =>
    [
        By([], []), By([3], [0]), By([2, 3], [1, 0]), By([2, 3], [0, 1]), By([0, 2], [1, 0]), By([1, 4], [1, 0]), By([2, 3, 4], [2, 0, 1]),
        By([2, 3, 4], [0, 2, 1]), By([2, 1, 3, 2], [3, 1, 0, 2]), By([2, 3, 2, 2], [1, 2, 3, 0]), By([N, 3], [1, 0]), By([2, N, 3], [2, 0, 1]),
        ("reversed", [2, 3, 4], static (_, x) => x.Transpose(), [4, 3, 2]),
    ];

    public override IEnumerable<RewriteSample> Rewrites =>
    [
        Rewrite("transpose-identity", static s => s.Leaf([3, 4], ValuesOf.Special).Transpose([0, 1]), 3, 4),
        Rewrite("transpose-transpose", static s => s.Leaf([2, 3, 4], ValuesOf.Special).Transpose([2, 0, 1]).Transpose([1, 0, 2]), 2, 4, 3),
    ];

    private static RewriteSample Rewrite(string rule, Func<SampleScope, Tensor> build, params long[] result) =>
        new(rule, new(rule, DType.Float32, false, s => s.Expect(build(s), result)));

    private static (string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result) By(long[] shape, int[] permutation) =>
        ($"by [{string.Join(", ", permutation)}]", shape, (_, x) => x.Transpose(permutation), [.. permutation.Select(axis => shape[axis])]);
}
