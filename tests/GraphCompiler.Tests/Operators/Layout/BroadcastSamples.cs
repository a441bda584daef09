using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Layout;

internal sealed class BroadcastSamples : LayoutSamples<BroadcastOp>
{
    protected override IEnumerable<(string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result)> Cases =>
    [
        To([], []), To([], [3]), To([], [2, 0]), To([3], [3]), To([3], [2, 3]), To([1], [4]), To([1], [0]), To([0], [2, 0]),
        To([2, 1], [2, 3]), To([1, 3], [2, 3]), To([3, 1, 2], [2, 3, 4, 2]), To([1, 1, 1, 1], [2, 1, 3, 2]), To([1, 2, 1, 2], [3, 2, 2, 2]),
        To([N, 1], [N, 3]), To([N], [2, N]), To([1, N], [2, N]),
    ];

    public override IEnumerable<RewriteSample> Rewrites =>
    [
        Rewrite("broadcast-same", static s => s.Leaf([3, 2], ValuesOf.Special).Broadcast([3, 2]), 3, 2),
        Rewrite("broadcast-constant", static s => s.Graph.Constant(-0.0, s.Type).Broadcast([3, 2]), 3, 2),
        Rewrite("broadcast-broadcast", static s => s.Leaf([3, 1], ValuesOf.Special).Broadcast([2, 3, 1]).Broadcast([4, 2, 3, 5]), 4, 2, 3, 5),
        Rewrite("broadcast-broadcast", static s => Reduction.Restore(s.Leaf([2], ValuesOf.Special).Broadcast([3, 2]), [1], [3, 4, 2]), 3, 4, 2),
    ];

    private static RewriteSample Rewrite(string rule, Func<SampleScope, Tensor> build, params long[] result) =>
        new(rule, new(rule, DType.Float32, false, s => s.Expect(build(s), result)));

    private static (string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result) To(long[] from, long[] to) =>
        ($"to [{string.Join(", ", to)}]", from, (s, x) => x.Broadcast(s.Dims(to)), to);
}
