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
    /// <summary>The k largest elements along the last axis, largest first, and where they stand.</summary>
    /// <param name="x">Rank 1 or more; float32, float64 or int32; the last axis is constant.</param>
    /// <param name="k">1 … extent of the last axis.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Values <c>[…, k]</c> of the element type of <paramref name="x"/>, and indices <c>[…, k]</c>, int32: two results of one node.</returns>
    /// <remarks>NaN counts as larger than every number; equal elements come in the order of their indices; −0 equals 0. Gradient: ȳ of the values at their places, 0 elsewhere; the indices have none. k passes over the axis: meant for small k.</remarks>
    /// <exception cref="GraphException">GRC0103: bool. GRC0119: k is out of range, or the last axis is symbolic or missing.</exception>
    public static (Tensor Values, Tensor Indices) TopK(this Tensor x, int k, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        var node = x.Graph.Add(new TopKOp(k), [x], new Origin(file, line));
        return (node.Results[0], node.Results[1]);
    }

    /// <summary>Where the largest element of the last axis stands; the first of equals. See <see cref="TopK"/>.</summary>
    /// <param name="x">Rank 1 or more; float32, float64 or int32; the last axis is constant.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>The shape without the last axis, int32.</returns>
    /// <remarks>NaN counts as larger than every number; −0 equals 0. No gradient flows through it. Exact.</remarks>
    public static Tensor ArgMax(this Tensor x, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var indices = x.TopK(1, file, line).Indices;
        return indices.Reshape(Shape.Create(indices.Shape.AsSpan()[..^1]), file, line);
    }
}

internal sealed record TopKOp(int K) : Operator
{
    public override string Name => "top_k";

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        if (s[0].DType == DType.Bool)
        {
            throw s.Error("GRC0103", "numbers", s.Facts());
        }

        var shape = s[0].Shape;
        if (shape.Rank == 0 || !shape[^1].IsConstant || K < 1 || K > shape[^1].Factor)
        {
            throw s.Error("GRC0119", "a constant last axis and 1 ≤ k ≤ its extent", $"{s.Facts()}, k is {K}");
        }

        if (shape[^1].Factor > Op.MostIndices)
        {
            throw s.Error("GRC0126", "at most 2³¹ elements along the axis, whose indices are int32", s.Facts());
        }

        var values = s[0].With(Shape.Create([.. shape.Take(shape.Rank - 1), K]));
        return [values, values.With(DType.Int32)];
    }

    internal override InputGradients Gradient(GradientScope g)
    {
        if (!g.X.DType.IsFloating())
        {
            return InputGradients.None($"its input {g.X.Describe()} is {g.X.Type}, and integers have no derivative");
        }

        if (g.UpstreamOf(0) is not { } upstream)
        {
            return [null];
        }

        // [..., k, n]: which element j each of the k results was; then the k axis is summed away.
        var shape = Shape.Create([.. upstream.Shape, g.X.Shape[^1]]);
        var leading = Enumerable.Range(0, upstream.Rank).ToEquatableArray();
        var indices = Tensor.Apply(new BroadcastOp(shape, leading), g.Outputs[1], Origin.None);
        var spread = Tensor.Apply(new BroadcastOp(shape, leading), upstream, Origin.None);
        var hit = indices.EqualTo(g.X.Graph.Iota(g.X.Shape[^1]));
        return [Op.Select(hit, spread, g.Constant(0)).Sum([upstream.Rank - 1])];
    }

    internal override Lowering Lower(LoweringScope s) => new NestLowering(Build);

    // Each pass finds the best element that comes after the previous one in the order (value down, index up).
    private void Build(NestScope s)
    {
        var x = s.Node.Inputs[0].Type;
        var outer = x.Shape.Take(x.Rank - 1).Select(static (d, i) => new Axis($"i{i}", d)).ToImmutableArray();
        var (pass, candidate) = (new Axis("j", K), new Axis("c", x.Shape[^1]));
        var (last, lastAt) = (new Local("last", x.DType), new Local("lastAt", DType.Int32));
        var (best, bestAt) = (new Local("best", x.DType), new Local("bestAt", DType.Int32));
        var (value, at) = (new Local("value", x.DType), new Local("at", DType.Int32));
        var none = new ConstantExpr(DType.Int32, -1);

        KernelExpr Greater(Local a, Local b) => Or(
            new BinaryExpr(BinaryMachineOp.Less, Get(b), Get(a)), And(IsNaN(a), new UnaryExpr(UnaryMachineOp.Not, IsNaN(b))));
        var after = Or(
            new BinaryExpr(BinaryMachineOp.Equal, Get(lastAt), none),
            Or(Greater(last, value), And(
                new UnaryExpr(UnaryMachineOp.Not, Greater(value, last)), new BinaryExpr(BinaryMachineOp.Less, Get(lastAt), Get(at)))));
        var better = And(after, Or(new BinaryExpr(BinaryMachineOp.Equal, Get(bestAt), none), Greater(value, best)));

        ImmutableArray<AffineIndex> Place(AffineIndex along) => [.. outer.Select(static a => (AffineIndex)a), along];
        var scan = new ForStatement(candidate, LoopKind.Serial,
        [
            new LetStatement(value, s.Read(0, Place(candidate))),
            new LetStatement(at, new IndexExpr(candidate)),
            new IfStatement(better, [new AssignStatement(best, Get(value)), new AssignStatement(bestAt, Get(at))]),
        ]);
        ImmutableArray<KernelStatement> body =
        [
            new VariableStatement(last, new ConstantExpr(x.DType, 0)),
            new VariableStatement(lastAt, none),
            new ForStatement(pass, LoopKind.Serial,
            [
                new VariableStatement(best, new ConstantExpr(x.DType, 0)),
                new VariableStatement(bestAt, none),
                scan,
                new StoreStatement(s.Output(0, Place(pass)), Get(best)),
                new StoreStatement(s.Output(1, Place(pass)), Get(bestAt)),
                new AssignStatement(last, Get(best)),
                new AssignStatement(lastAt, Get(bestAt)),
            ]),
        ];
        for (var i = outer.Length - 1; i >= 0; i--)
        {
            body = [new ForStatement(outer[i], i == 0 ? LoopKind.Parallel : LoopKind.Serial, body)];
        }

        s.Statements.AddRange(body);
    }

    private static LocalExpr Get(Local local) => new(local);

    private static BinaryExpr And(KernelExpr a, KernelExpr b) => new(BinaryMachineOp.And, a, b);

    private static BinaryExpr Or(KernelExpr a, KernelExpr b) => new(BinaryMachineOp.Or, a, b);

    private static BinaryExpr IsNaN(Local x) => new(BinaryMachineOp.NotEqual, Get(x), Get(x));

    internal override void Reference(ReferenceScope r)
    {
        var outer = r.X.Shape[..^1];
        var extent = r.X.Shape[^1];
        ReferenceArray.ForEach(outer, i =>
        {
            var order = Enumerable.Range(0, (int)extent)
                .OrderByDescending(c => r.X.At([.. i, c]), Comparer<double>.Create(static (a, b) =>
                    double.IsNaN(a) ? (double.IsNaN(b) ? 0 : 1) : double.IsNaN(b) ? -1 : a == b ? 0 : a.CompareTo(b)))
                .ThenBy(static c => c).Take(K).ToArray();
            for (var j = 0; j < K; j++)
            {
                r.Outputs[0].At([.. i, j]) = r.X.At([.. i, order[j]]);
                r.Outputs[1].At([.. i, j]) = order[j];
            }
        });
    }

    internal override Cost Cost(Node node) => new(node.Inputs[0].Shape.ElementCount * K, Operators.Cost.Traffic(node));

    public override string ToString() => $"top_k[{K}]";
}
