using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Elementwise;

internal sealed class LeakyReluSamples : BinarySamples<LeakyReluOp>
{
    protected override Tensor Apply(Tensor a, Tensor b) => a.LeakyRelu(b);

    protected override DType[] Types => [DType.Float32, DType.Float64];

    protected override (double A, double B, double Y)[] KnownValues =>
        [(2, 0.25, 2), (-2, 0.25, -0.5), (-0.0, 0.25, -0.0), (double.NegativeInfinity, 0.25, double.NegativeInfinity), (double.NaN, 0.25, double.NaN)];

    public override Tolerance Tolerance => Tolerance.Exact;
}
