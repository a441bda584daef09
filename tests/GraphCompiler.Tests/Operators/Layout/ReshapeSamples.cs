using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Layout;

internal sealed class ReshapeSamples : LayoutSamples<ReshapeOp>
{
    protected override IEnumerable<(string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result)> Cases =>
    [
        To([], []), To([], [1, 1]), To([1], []), To([0], [0, 3]), To([2, 0], [0]), To([6], [2, 3]), To([2, 3], [3, 2]), To([2, 3], [6]),
        To([2, 3, 4], [4, 6]), To([2, 3, 4], [2, 12]), To([2, 1, 3, 2], [3, 4]), To([5, 1], [5]), To([N, 2, 3], [N, 6]), To([N, 6], [N, 3, 2]), To([2, N], [N, 2]),
        ("inferred", [4, 3], static (_, x) => x.Reshape([2, -1]), [2, 6]),
        ("inferred first", [2, 3, 4], static (_, x) => x.Reshape([-1, 4]), [6, 4]),
    ];

    public override IEnumerable<RewriteSample> Rewrites =>
    [
        Rewrite("reshape-same", static s => s.Leaf([3, 4], ValuesOf.Special).Reshape([3, 4]), 3, 4),
        Rewrite("reshape-reshape", static s => s.Leaf([3, 4], ValuesOf.Special).Reshape([2, 6]).Reshape([12]), 12),
    ];

    private static RewriteSample Rewrite(string rule, Func<SampleScope, Tensor> build, params long[] result) =>
        new(rule, new(rule, DType.Float32, false, s => s.Expect(build(s), result)));

    private static (string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result) To(long[] from, long[] to) =>
        ($"to [{string.Join(", ", to)}]", from, (s, x) => x.Reshape(s.Dims(to)), to);
}
