using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Slices chosen by index: <c>y[before…, i…, after…] = x[before…, indices[i…], after…]</c>, as an embedding table is read.</summary>
    /// <param name="x">Any shape of rank 1 or more, any element type.</param>
    /// <param name="indices">Any shape, int32.</param>
    /// <param name="axis">A constant axis of <paramref name="x"/>, counted from the front or, negative, from the back.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape of <paramref name="x"/> with the shape of <paramref name="indices"/> in place of the axis.</returns>
    /// <remarks>An index out of range gives NaN (0 for int32, false for bool); nothing is read out of bounds. Gradient: ȳ added up at the indices, in their order; nothing for those out of range.</remarks>
    /// <exception cref="GraphException">GRC0102: the indices are not int32. GRC0104: the axis is out of range. GRC0114: the axis is symbolic.</exception>
    public static Tensor Gather(
        this Tensor x, Tensor indices, int axis = 0, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var origin = new Origin(file, line);
        axis = Composite.Axis("Gather", x, axis, origin);
        return Tensor.Binary(new GatherOp(axis, FillsNaN: true), x, indices, origin);
    }
}

/// <summary>Out of range reads NaN for the user, 0 where it is the gradient of a scatter that dropped the element.</summary>
internal sealed record GatherOp(int Axis, bool FillsNaN) : Operator
{
    public override string Name => "gather";

    internal override bool Accepts(int inputs) => inputs == 2;

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        if (s[1].DType != DType.Int32)
        {
            throw s.Error("GRC0102", "int32 indices", s.Facts());
        }

        s.FrontAxis(0, Axis);
        var shape = s[0].Shape;
        return shape[Axis].IsConstant ? [s[0].With(Shape.Create([.. shape.Take(Axis), .. s[1].Shape, .. shape.Skip(Axis + 1)]))]
            : throw s.Error("GRC0114", "a constant axis to choose from", s.Facts());
    }

    internal override InputGradients Gradient(GradientScope g) =>
        [Tensor.Binary(new ScatterAddOp(g.X.Shape, Axis), g.Upstream, g.Inputs[1], Origin.None), null];

    internal override Lowering Lower(LoweringScope s)
    {
        var (type, indices) = (s.Node.Inputs[0].Type, s.Node.Inputs[1].Type);
        var last = (int)(Math.Min(type.Shape[Axis].Factor, Op.MostIndices) - 1);
        var index = s.Read(1, [.. s.Index.Skip(Axis).Take(indices.Rank)]);
        var fill = new ConstantExpr(type.DType, Fill(type.DType));
        if (last < 0)
        {
            return new PointLowering(fill);
        }

        var (low, high) = (new ConstantExpr(DType.Int32, 0), new ConstantExpr(DType.Int32, last));
        var clamped = new BinaryExpr(BinaryMachineOp.Max, low, new BinaryExpr(BinaryMachineOp.Min, index, high));
        var inRange = new BinaryExpr(BinaryMachineOp.Equal, clamped, index);
        var at = s.Index.RemoveRange(Axis, indices.Rank).Insert(Axis, 0);
        return new PointLowering(new SelectExpr(inRange, s.ReadIndirect(0, at, Axis, clamped), fill));
    }

    internal override void Reference(ReferenceScope r)
    {
        var rank = r.Inputs[1].Rank;
        r.Fill(i =>
        {
            var index = r.Inputs[1].At(i.AsSpan(Axis, rank));
            return index < 0 || index >= r.X.Shape[Axis] ? Fill(r.X.Type)
                : r.X.At([.. i.AsSpan(0, Axis), (long)index, .. i.AsSpan(Axis + rank)]);
        });
    }

    internal override Cost Cost(Node node) => new(0, (ImmutableSum)(node.Results[0].Type.Bytes * 2) + node.Inputs[1].Type.Bytes);

    private double Fill(DType type) => FillsNaN && type.IsFloating() ? double.NaN : 0;

    public override string ToString() => $"gather[axis {Axis}]";
}
