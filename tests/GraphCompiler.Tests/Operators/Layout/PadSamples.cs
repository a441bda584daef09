using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Layout;

internal sealed class PadSamples : LayoutSamples<PadOp>
{
    protected override IEnumerable<(string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result)> Cases =>
    [
        Around([3], 0, 1, 2), Around([3], 0, 0, 0), Around([0], 0, 1, 1), Around([2, 3], 1, 2, 0), Around([2, 3], -2, 0, 1),
        Around([2, 0, 3], 1, 1, 1), Around([2, 3, 2], 1, 1, 1), Around([2, 1, 3, 2], 3, 1, 2), Around([N, 3], 1, 1, 1),
        ("with gaps", [2, 3], static (_, x) => Tensor.Apply(new PadOp([2, 8], 1, 1, 2), x, Origin.None), [2, 8]),
    ];

    private static (string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result) Around(
        long[] shape, int axis, long before, long after)
    {
        var at = axis < 0 ? axis + shape.Length : axis;
        return ($"{before} before and {after} after axis {axis}", shape, (_, x) => x.Pad(axis, before, after),
            [.. shape.Select((d, a) => a == at ? before + d + after : d)]);
    }
}
