using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Layout;

internal sealed class SliceSamples : LayoutSamples<SliceOp>
{
    protected override IEnumerable<(string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result)> Cases =>
    [
        Range([5], 0, 1, 3, 1), Range([5], 0, 0, 5, 1), Range([5], 0, 4, 1, 7), Range([5], 0, 5, 0, 1), Range([0], 0, 0, 0, 1),
        Range([9], 0, 2, 3, 3), Range([2, 3], 0, 1, 1, 1), Range([2, 7], 1, 1, 3, 2), Range([2, 3], -1, 0, 2, 1),
        Range([2, 3, 4], 1, 1, 2, 1), Range([3, 5, 2], -2, 0, 2, 3), Range([2, 1, 3, 4], 3, 1, 2, 2), Range([N, 5], 1, 1, 2, 2),
        ("the whole of a symbolic axis", [N, 2], static (s, x) => x.Slice(0, 0, s.Dims(N)[0]), [N, 2]),
    ];

    private static (string Name, long[] Shape, Func<SampleScope, Tensor, Tensor> Apply, long[] Result) Range(
        long[] shape, int axis, long start, long length, long step)
    {
        var at = axis < 0 ? axis + shape.Length : axis;
        return ($"{length} from {start} by {step} along {axis}", shape, (_, x) => x.Slice(axis, start, length, step),
            [.. shape.Select((d, a) => a == at ? length : d)]);
    }
}
