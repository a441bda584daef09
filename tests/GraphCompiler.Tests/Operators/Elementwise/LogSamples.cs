using GraphCompiler.Operators;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class LogSamples : UnarySamples<LogOp>
{
    protected override Tensor Apply(Tensor x) => x.Log();

    protected override Values Smooth => ValuesOf.Between(0.1, 4);

    protected override (double X, double Y)[] KnownValues =>
        [(0.0, double.NegativeInfinity), (-0.0, double.NegativeInfinity), (-1, double.NaN), (double.PositiveInfinity, double.PositiveInfinity), (double.NaN, double.NaN), (1, 0)];
}
