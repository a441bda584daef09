using System.Runtime.CompilerServices;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>The value that a run gives to an extent, as a scalar: a mean divides by it.</summary>
    /// <param name="graph">Where to declare it.</param>
    /// <param name="extent">A constant extent yields a constant.</param>
    /// <param name="type">Element type of the result; rounded to it.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <remarks>No gradient: it depends on no tensor. Above 2²⁴, float32 rounds it to nearest even.</remarks>
    public static Tensor Extent(
        this Graph graph, Dim extent, DType type = DType.Float32, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var origin = new Origin(file, line);
        return extent.IsConstant ? graph.Splat(extent.Factor, type, Shape.Scalar, origin)
            : graph.Add(new ExtentOp(extent, type), [], origin).Results[0];
    }
}

internal sealed record ExtentOp(Dim Extent, DType Type) : Source
{
    public override string Name => "extent";

    protected override TensorType ResultType => new(Type, Shape.Scalar);

    internal override Lowering Lower(LoweringScope s) => new PointLowering(new DimExpr(Type, Extent));

    internal override void Reference(ReferenceScope r) => r.Output.Data[0] = Type == DType.Bool ? Math.Min(1, r.Evaluate(Extent)) : r.Evaluate(Extent);

    public override string ToString() => $"extent[{Extent}]";
}
