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
    /// <summary>Adds slices up at indices: <c>y[before…, j, after…] = Σ x[before…, i…, after…]</c> over all i with <c>indices[i…] = j</c>.</summary>
    /// <param name="x">The slices, as <see cref="Gather"/> would return them; float32, float64 or int32.</param>
    /// <param name="indices">int32; its shape stands in <paramref name="x"/> from <paramref name="axis"/> on.</param>
    /// <param name="extent">Extent of the axis of the result.</param>
    /// <param name="axis">Where the indices stand in <paramref name="x"/> and the axis in the result.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape of <paramref name="x"/> with one axis of <paramref name="extent"/> in place of those of the indices.</returns>
    /// <remarks>Sums start at 0 and run in row-major order of the indices, so the bits do not depend on threads. An index out of range is dropped. Gradient: ȳ gathered at the indices.</remarks>
    /// <exception cref="GraphException">GRC0102: the indices are not int32. GRC0106: their shape does not stand in <paramref name="x"/>.</exception>
    public static Tensor ScatterAdd(
        this Tensor x, Tensor indices, long extent, int axis = 0, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(indices);
        var tail = x.Shape.Skip(Math.Max(0, axis) + indices.Rank);
        var to = Shape.Create([.. x.Shape.Take(Math.Max(0, axis)), extent, .. tail]);
        return Tensor.Binary(new ScatterAddOp(to, axis), x, indices, new Origin(file, line));
    }
}

internal sealed record ScatterAddOp(Shape To, int Axis) : Operator
{
    public override string Name => "scatter_add";

    internal override bool Accepts(int inputs) => inputs == 2;

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        if (s[1].DType != DType.Int32)
        {
            throw s.Error("GRC0102", "int32 indices", s.Facts());
        }

        var (shape, indices) = (s[0].Shape, s[1].Shape);
        return s[0].DType != DType.Bool && Axis >= 0 && Axis + indices.Rank <= shape.Rank
            && shape.Skip(Axis).Take(indices.Rank).SequenceEqual(indices) && shape.Rank - indices.Rank + 1 == To.Rank && To[Axis].IsConstant
            && To.Take(Axis).SequenceEqual(shape.Take(Axis)) && To.Skip(Axis + 1).SequenceEqual(shape.Skip(Axis + indices.Rank))
            ? [s[0].With(To)]
            : throw s.Error("GRC0106", $"numbers that have the shape of the indices from axis {Axis} on", s.Facts());
    }

    internal override InputGradients Gradient(GradientScope g) =>
        [Tensor.Binary(new GatherOp(Axis, FillsNaN: false), g.Upstream, g.Inputs[1], Origin.None), null];

    internal override Lowering Lower(LoweringScope s) => new NestLowering(Build);

    // Slices are independent of each other and split over workers; within one, additions keep the order of the indices.
    private void Build(NestScope s)
    {
        var (x, indices) = (s.Node.Inputs[0].Type, s.Node.Inputs[1].Type);
        var outer = Axes(x.Shape.Take(Axis), "i");
        var position = Axes(indices.Shape, "p");
        var inner = Axes(x.Shape.Skip(Axis + indices.Rank), "k");
        var clearing = new Axis("j", To[Axis]);
        var zero = new ConstantExpr(x.DType, 0);

        ImmutableArray<AffineIndex> Place(AffineIndex along) => [.. Indices(outer), along, .. Indices(inner)];

        var clear = Loops([clearing], [new StoreStatement(s.Output(0, Place(clearing)), zero)]);

        var index = new Local("index", DType.Int32);
        var at = s.OutputIndirect(0, Place(0), Axis, new LocalExpr(index));
        var value = new LoadExpr(at) + s.Read(0, [.. Indices(outer), .. Indices(position), .. Indices(inner)]);
        var inRange = new BinaryExpr(
            BinaryMachineOp.And,
            new BinaryExpr(BinaryMachineOp.LessOrEqual, new ConstantExpr(DType.Int32, 0), new LocalExpr(index)),
            To[Axis].Factor > int.MaxValue
                ? new BinaryExpr(BinaryMachineOp.LessOrEqual, new LocalExpr(index), new ConstantExpr(DType.Int32, int.MaxValue))
                : new BinaryExpr(BinaryMachineOp.Less, new LocalExpr(index), new ConstantExpr(DType.Int32, To[Axis].Factor)));
        var add = Loops(
            position,
            [
                new LetStatement(index, s.Read(1, [.. Indices(position)])),
                new IfStatement(inRange, [new StoreStatement(at, value)]),
            ]);
        s.Statements.AddRange(Loops([.. outer, .. inner], [.. clear, .. add], parallelFirst: true));
    }

    private static ImmutableArray<Axis> Axes(IEnumerable<Dim> extents, string name) =>
        [.. extents.Select((extent, i) => new Axis($"{name}{i}", extent))];

    private static IEnumerable<AffineIndex> Indices(IEnumerable<Axis> axes) => axes.Select(static a => (AffineIndex)a);

    private static ImmutableArray<KernelStatement> Loops(
        ImmutableArray<Axis> axes, ImmutableArray<KernelStatement> body, bool parallelFirst = false)
    {
        for (var i = axes.Length - 1; i >= 0; i--)
        {
            body = [new ForStatement(axes[i], parallelFirst && i == 0 ? LoopKind.Parallel : LoopKind.Serial, body)];
        }

        return body;
    }

    internal override void Reference(ReferenceScope r)
    {
        var rank = r.Inputs[1].Rank;
        ReferenceArray.ForEach(r.X.Shape, i =>
        {
            var index = r.Inputs[1].At(i.AsSpan(Axis, rank));
            if (index >= 0 && index < r.Output.Shape[Axis])
            {
                ref var sum = ref r.Output.At([.. i.AsSpan(0, Axis), (long)index, .. i.AsSpan(Axis + rank)]);
                sum += r.X.At(i);
                sum = r.Output.Type == DType.Int32 ? unchecked((int)(long)sum) : sum;
            }
        });
    }

    internal override Cost Cost(Node node) => new(node.Inputs[0].Shape.ElementCount, Operators.Cost.Traffic(node));

    public override string ToString() => $"scatter_add[{To}, axis {Axis}]";
}
