using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class AndSamples : LogicSamples<AndOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.And(b);

    protected override (double A, double B, double Y)[] KnownValues => [(0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1)];
}
