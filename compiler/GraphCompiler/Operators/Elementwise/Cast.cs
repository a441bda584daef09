using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Optimize;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

public static partial class Op
{
    /// <summary>Element-wise conversion to another element type.</summary>
    /// <param name="x">Any shape, any element type.</param>
    /// <param name="type">Element type of the result.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <returns>Same shape, element type <paramref name="type"/>.</returns>
    /// <remarks>float64 → float32 rounds to nearest even; floating → int32 truncates, saturates, NaN → 0; anything → bool is ≠ 0; bool → number is 0 or 1. Gradient between floating types: ȳ converted back; through an integer there is none.</remarks>
    public static Tensor Cast(this Tensor x, DType type, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Tensor.Apply(new CastOp(type), x, new Origin(file, line));
}

internal sealed record CastOp(DType To) : Operator
{
    public override string Name => "cast";

    internal override EquatableArray<TensorType> Infer(InferScope s) => [s[0].With(To)];

    internal override InputGradients Gradient(GradientScope g) =>
        g.X.DType.IsFloating() ? [g.Upstream.Cast(g.X.DType)]
        : g.X.DType == DType.Bool ? [null]
        : InputGradients.None($"its input {g.X.Describe()} is {g.X.Type}, and integers have no derivative");

    internal override bool IsElementwise => true;

    internal override Lowering Lower(LoweringScope s) => new PointLowering(new CastExpr(To, s.Input(0)));

    internal override void Reference(ReferenceScope r) => r.Fill(i => Convert(r.X.At(i)));

    internal override Cost Cost(Node node) => Operators.Cost.PerElement(node, 1);

    internal override ImmutableArray<Rule> Rewrites =>
    [
        new("cast-same", "converting to the own type changes nothing", static n => n.Inputs[0].DType == n.Results[0].DType ? n.Inputs[0] : null),
    ];

    private double Convert(double x) => To switch
    {
        DType.Float32 => (float)x,
        DType.Int32 => double.IsNaN(x) ? 0 : (int)Math.Clamp(Math.Truncate(x), int.MinValue, int.MaxValue), // an integer −0 is 0
        DType.Bool => x != 0 ? 1 : 0,
        _ => x,
    };

    public override string ToString() => $"cast[{To.Name()}]";
}
