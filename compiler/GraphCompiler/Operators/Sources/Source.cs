using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

/// <summary>Family of operators without inputs. Leaves that hold memory have neither kernel nor definition.</summary>
internal abstract record Source : Operator
{
    protected abstract TensorType ResultType { get; }

    internal override EquatableArray<TensorType> Infer(InferScope s) => [ResultType];

    internal override bool Accepts(int inputs) => inputs == 0;

    internal override InputGradients Gradient(GradientScope g) => [];

    internal override Lowering Lower(LoweringScope s) => throw new InvalidOperationException($"{Name} is memory, not a computation");

    internal override void Reference(ReferenceScope r) => throw new InvalidOperationException($"{Name} is fed, not computed");

    internal override Cost Cost(Node node) => Operators.Cost.Free;

    public override string ToString() => Name;
}
