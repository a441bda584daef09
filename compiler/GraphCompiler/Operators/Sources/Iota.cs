using System.Runtime.CompilerServices;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>The indices along one axis: <c>y[i] = i</c>.</summary>
    /// <param name="graph">Where to declare it.</param>
    /// <param name="extent">Number of elements.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns><c>[extent]</c>, int32.</returns>
    /// <remarks>Made on the fly where it is used, never stored. No gradient: integers have none.</remarks>
    public static Tensor Iota(this Graph graph, Dim extent, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Add(new IotaOp(extent), [], new Origin(file, line)).Results[0];
    }
}

internal sealed record IotaOp(Dim Extent) : Source
{
    public override string Name => "iota";

    protected override TensorType ResultType => new(DType.Int32, [Extent]);

    internal override EquatableArray<TensorType> Infer(InferScope s) => Extent.Max <= Op.MostIndices ? [ResultType]
        : throw s.Error("GRC0126", "at most 2³¹ indices, which are int32", $"the extent is {Extent}");

    internal override Lowering Lower(LoweringScope s) => new PointLowering(new IndexExpr(s.Index[0]));

    internal override void Reference(ReferenceScope r) => r.Fill(static i => i[0]);

    public override string ToString() => $"iota[{Extent}]";
}
