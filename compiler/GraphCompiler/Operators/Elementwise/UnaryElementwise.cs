using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

/// <summary>Family of <c>y[i] = f(x[i])</c>: same shape, same element type.</summary>
internal abstract record UnaryElementwise : Operator
{
    /// <summary>Operations for each element, a call of a transcendental function counting one.</summary>
    protected virtual int Flops => 1;

    /// <summary>Whether int32 is accepted beside the floating types.</summary>
    protected virtual bool AcceptsIntegers => false;

    protected abstract KernelExpr Emit(KernelExpr x);

    protected abstract double Evaluate(double x);

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        if (!(AcceptsIntegers && s[0].DType == Runtime.DType.Int32))
        {
            s.Floating(0);
        }

        return [s[0]];
    }

    internal override bool IsElementwise => true;

    internal override Lowering Lower(LoweringScope s) => new PointLowering(Emit(s.Input(0)));

    internal override void Reference(ReferenceScope r)
    {
        // Integers wrap, and have one zero.
        var integer = r.Output.Type == Runtime.DType.Int32;
        r.Fill(i => integer ? unchecked((int)(long)Evaluate(r.X.At(i))) : Evaluate(r.X.At(i)));
    }

    internal override Cost Cost(Node node) => Operators.Cost.PerElement(node, Flops);

    public sealed override string ToString() => Name;
}
