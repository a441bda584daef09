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
    /// <summary>A range along one axis: <c>y[…, i, …] = x[…, start + step·i, …]</c>.</summary>
    /// <param name="x">Any shape of rank 1 or more, any element type.</param>
    /// <param name="axis">Counted from the front or, negative, from the back.</param>
    /// <param name="start">First index, 0 or more.</param>
    /// <param name="length">Number of elements; along a symbolic axis it is a constant at most its factor, or the axis' own extent.</param>
    /// <param name="step">Distance between elements, 1 or more.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape with <paramref name="length"/> at the axis, the same element type.</returns>
    /// <remarks>No copy where the consumer can read strides. Gradient: ȳ at the places it was read from, 0 elsewhere.</remarks>
    /// <exception cref="GraphException">GRC0104: the axis is out of range. GRC0109: the range leaves the axis.</exception>
    public static Tensor Slice(
        this Tensor x, int axis, long start, Dim length, long step = 1, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var origin = new Origin(file, line);
        axis = Composite.Axis("Slice", x, axis, origin);
        return Tensor.Apply(new SliceOp(axis, start, length, step), x, origin);
    }
}

internal sealed record SliceOp(int Axis, long Start, Dim Length, long Step) : Operator
{
    public override string Name => "slice";

    internal override bool IsView => true;

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        s.FrontAxis(0, Axis);
        var extent = s[0].Shape[Axis];
        var whole = Length == extent && Start == 0 && Step == 1;
        // A run may choose any value up to a symbol's bound, 0 included: only the whole of a symbolic axis is always there.
        var inside = extent.IsConstant && Length.IsConstant && Start >= 0 && Step >= 1 && Length.Factor >= 0
            && (Length.Factor == 0 ? Start <= extent.Factor : Start <= extent.Factor - 1 && (Length.Factor - 1) <= (extent.Factor - 1 - Start) / Step);
        return whole || inside ? [s[0].With(Shape.Create([.. s[0].Shape.Select((d, a) => a == Axis ? Length : d)]))]
            : throw s.Error("GRC0109", "a range within the axis", $"{s.Facts()}, axis {Axis} from {Start}, {Length} elements, step {Step}");
    }

    internal override InputGradients Gradient(GradientScope g) =>
        [Tensor.Apply(new PadOp(g.X.Shape, Axis, Start, Step), g.Upstream, Origin.None)];

    internal override Lowering Lower(LoweringScope s) =>
        new ViewLowering(index => index.SetItem(Axis, index[Axis].Scale(Step, Start)));

    internal override void Reference(ReferenceScope r) =>
        r.Fill(i =>
        {
            var at = (long[])i.Clone();
            at[Axis] = Start + (Step * at[Axis]);
            return r.X.At(at);
        });

    internal override Cost Cost(Node node) => Operators.Cost.Free;

    public override string ToString() => $"slice[axis {Axis}, {Start}, {Length}, step {Step}]";
}
