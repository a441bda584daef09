using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Tests.Laws;
using GraphCompiler.Tests.Laws.Families;

namespace GraphCompiler.Tests.Operators.Composites;

internal sealed class LogSumExpSamples : AxisCompositeSamples
{
    protected override bool Drops => true;

    protected override Tensor Apply(Tensor x, int axis) => x.LogSumExp(axis);

    public override IEnumerable<Edge> Edges => new[] { DType.Float32, DType.Float64 }.SelectMany(static type => new Edge[]
    {
        new(type, static x => x[0].Broadcast([3]).LogSumExp(), [double.NegativeInfinity], double.NegativeInfinity),
        new(type, static x => x[0].Broadcast([3]).LogSumExp(), [double.NaN], double.NaN),
        new(type, static x => Op.Concatenate([x[0].Reshape([1]), x[1].Reshape([1])], 0).LogSumExp(), [double.PositiveInfinity, double.NegativeInfinity], double.PositiveInfinity),
        new(type, static x => Op.Concatenate([x[0].Reshape([1]), x[1].Reshape([1])], 0).LogSumExp(), [double.PositiveInfinity, double.NaN], double.NaN),
    });
}
