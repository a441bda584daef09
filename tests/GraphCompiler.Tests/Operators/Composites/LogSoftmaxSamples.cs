using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Composites;

internal sealed class LogSoftmaxSamples : AxisCompositeSamples
{
    protected override bool Drops => false;

    protected override Tensor Apply(Tensor x, int axis) => x.LogSoftmax(axis);
}
