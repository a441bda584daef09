using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

/// <summary>Family of <c>y[i] = a[i] ~ b[i]</c> with NumPy broadcasting: numbers in, bool out. As IEEE 754 says, NaN is unequal to everything, itself included, and −0 equals 0.</summary>
internal abstract record Comparison : Operator
{
    protected abstract BinaryMachineOp MachineOp { get; }

    protected abstract bool Evaluate(double a, double b);

    internal override bool Accepts(int inputs) => inputs == 2;

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        if (s.SameType() == DType.Bool)
        {
            throw s.Error("GRC0103", "numbers", s.Facts());
        }

        return [new TensorType(DType.Bool, Broadcasting.Combine(s))];
    }

    internal override InputGradients Gradient(GradientScope g) => [null, null];

    internal override bool IsElementwise => true;

    internal override Lowering Lower(LoweringScope s) => new PointLowering(new BinaryExpr(MachineOp, s.Input(0), s.Input(1)));

    internal override void Reference(ReferenceScope r) =>
        r.Fill(i => Evaluate(r.Inputs[0].Broadcast(i), r.Inputs[1].Broadcast(i)) ? 1 : 0);

    internal override Cost Cost(Node node) => Operators.Cost.PerElement(node, 1);

    public sealed override string ToString() => Name;
}
