using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;

namespace GraphCompiler.Tests.Operators.Composites;

internal sealed class GeluSamples : OperatorSamples
{
    private static readonly long[][] Shapes = [[], [1], [0], [17], [2, 3], [2, 1, 3, 2], [SampleScope.N, 3]];

    public override Type? Operator => null;

    public override Tolerance Tolerance => Tolerance.Epsilons(16);

    public override IEnumerable<Sample> Samples =>
        from type in new[] { DType.Float32, DType.Float64 }
        from approximate in new[] { false, true }
        from sample in Shapes.Select(shape => Of(type, approximate, shape, ValuesOf.Between(-4, 4), smooth: true))
            .Append(Of(type, approximate, [29], ValuesOf.Special, smooth: false))
        select sample;

    // Φ(1) is 0.84134474606854295; with √½ rounded, its formula is a unit above. The forms differ there by 1.5·10⁻⁴.
    public override IEnumerable<Edge> Edges =>
    [
        new(DType.Float64, static x => x[0].Gelu(), [1], 0.841344746068543),
        new(DType.Float64, static x => x[0].Gelu(approximate: true), [1], 0.8411919906082768),
        new(DType.Float32, static x => x[0].Gelu(), [-0.0], -0.0),
        new(DType.Float32, static x => x[0].Gelu(), [double.PositiveInfinity], double.PositiveInfinity),
        new(DType.Float32, static x => x[0].Gelu(), [double.NegativeInfinity], double.NaN),
        new(DType.Float32, static x => x[0].Gelu(approximate: true), [double.NaN], double.NaN),
    ];

    private static Sample Of(DType type, bool approximate, long[] shape, Values values, bool smooth) =>
        new($"{(approximate ? "tanh" : "erf")} [{string.Join(", ", shape)}]{(smooth ? "" : ", special values")}", type, smooth, s =>
            s.Expect(s.Leaf(shape, values).Gelu(approximate), shape))
        {
            Extents = shape.Contains(SampleScope.N) ? [0, 1, 5] : [],
        };
}
