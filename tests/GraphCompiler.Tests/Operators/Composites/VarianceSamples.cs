using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Composites;

internal sealed class VarianceSamples : AxisCompositeSamples
{
    protected override bool Drops => true;

    protected override Tensor Apply(Tensor x, int axis) => x.Variance([axis]);

    public override IEnumerable<Edge> Edges =>
        [new(DType.Float32, static x => x[0].Broadcast([0]).Variance(), [1], double.NaN), new(DType.Float64, static x => x[0].Broadcast([4]).Variance(), [3], 0)];
}
