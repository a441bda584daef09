using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

/// <summary>
/// The same elements in memory of their own. The scheduler inserts it where a run returns or stores what is memory already
/// (an input, an old parameter value, a tensor returned twice); its number keeps two copies apart.
/// </summary>
internal sealed record CopyOp(int Number) : Operator
{
    public override string Name => "copy";

    internal override EquatableArray<TensorType> Infer(InferScope s) => [s[0]];

    internal override InputGradients Gradient(GradientScope g) => [g.Upstream];

    internal override Lowering Lower(LoweringScope s) => new PointLowering(s.Input(0));

    internal override void Reference(ReferenceScope r) => r.X.Data.CopyTo(r.Output.Data, 0);

    internal override Cost Cost(Node node) => Operators.Cost.Move(node);

    public override string ToString() => Name;
}
