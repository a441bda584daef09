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
    /// <summary>Puts zeros around along one axis: <c>y[…, before + i, …] = x[…, i, …]</c>, 0 elsewhere.</summary>
    /// <param name="x">Any shape of rank 1 or more, any element type.</param>
    /// <param name="axis">A constant axis, counted from the front or, negative, from the back.</param>
    /// <param name="before">Zeros in front, 0 or more.</param>
    /// <param name="after">Zeros behind, 0 or more.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape with the axis longer, the same element type.</returns>
    /// <remarks>Gradient: the part of ȳ that is not padding.</remarks>
    /// <exception cref="GraphException">GRC0104: the axis is out of range. GRC0109: negative padding. GRC0111: a symbolic axis.</exception>
    public static Tensor Pad(
        this Tensor x, int axis, long before, long after, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var origin = new Origin(file, line);
        axis = Composite.Axis("Pad", x, axis, origin);
        if (before < 0 || after < 0)
        {
            throw new GraphException("GRC0109", $"Pad requires 0 or more zeros on each side, got {before} and {after}", file, line);
        }

        var to = Shape.Create([.. x.Shape.Select((d, a) => a == axis ? d + before + after : d)]);
        return Tensor.Apply(new PadOp(to, axis, before, 1), x, origin);
    }
}

/// <summary>The transpose of <see cref="SliceOp"/>: elements at <c>Start + Step·i</c> along the axis, zeros elsewhere.</summary>
internal sealed record PadOp(Shape To, int Axis, long Start, long Step) : Operator
{
    public override string Name => "pad";

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        s.FrontAxis(0, Axis);
        var shape = s[0].Shape;
        var (extent, padded) = (shape[Axis], To.Rank == shape.Rank ? To[Axis] : 0);
        var whole = extent == padded && Start == 0 && Step == 1;
        var inside = extent.IsConstant && padded.IsConstant && Start >= 0 && Step >= 1
            && (extent.Factor == 0 ? Start <= padded.Factor : Start <= padded.Factor - 1 && extent.Factor - 1 <= (padded.Factor - 1 - Start) / Step);
        return To.Rank == shape.Rank && (whole || inside) && shape.Zip(To).Where((_, axis) => axis != Axis).All(static p => p.First == p.Second)
            ? [s[0].With(To)]
            : throw s.Error("GRC0109", "a place for each element", $"{s.Facts()}; {this}");
    }

    internal override InputGradients Gradient(GradientScope g) =>
        [Tensor.Apply(new SliceOp(Axis, Start, g.X.Shape[Axis], Step), g.Upstream, Origin.None)];

    internal override Lowering Lower(LoweringScope s)
    {
        var rank = To.Rank;
        var start = Enumerable.Range(0, rank).Select(a => a == Axis ? (Dim)Start : 0).ToImmutableArray();
        var step = Enumerable.Range(0, rank).Select(a => a == Axis ? Step : 1).ToImmutableArray();
        return new RegionsLowering([new Region(0, start, step)], fill: 0);
    }

    internal override void Reference(ReferenceScope r) =>
        ReferenceArray.ForEach(r.X.Shape, i =>
        {
            var at = (long[])i.Clone();
            at[Axis] = Start + (Step * at[Axis]);
            r.Output.At(at) = r.X.At(i);
        });

    internal override Cost Cost(Node node) => Operators.Cost.Move(node);

    public override string ToString() => $"pad[{To}, axis {Axis}, {Start}, step {Step}]";
}
