using GraphCompiler.Kernels;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

/// <summary>Family of <c>y[i] = f(a[i], b[i])</c> with NumPy broadcasting: one element type, float32, float64 or int32.</summary>
internal abstract record BinaryElementwise : Operator
{
    /// <summary>Whether int32 is accepted beside the floating types.</summary>
    protected virtual bool AcceptsIntegers => true;

    protected abstract KernelExpr Emit(KernelExpr a, KernelExpr b);

    protected abstract double Evaluate(double a, double b);

    internal override bool Accepts(int inputs) => inputs == 2;

    internal override EquatableArray<TensorType> Infer(InferScope s)
    {
        var type = s.SameType();
        if (!type.IsFloating() && !(AcceptsIntegers && type == DType.Int32))
        {
            throw s.Error("GRC0103", AcceptsIntegers ? "numbers" : "a floating element type", s.Facts());
        }

        return [new TensorType(type, Broadcasting.Combine(s))];
    }

    internal override bool IsElementwise => true;

    internal override Lowering Lower(LoweringScope s) => new PointLowering(Emit(s.Input(0), s.Input(1)));

    internal override void Reference(ReferenceScope r)
    {
        // Integer arithmetic wraps; products of two int32 exceed what a double holds, so they go through long.
        var integer = r.Output.Type == DType.Int32;
        r.Fill(i =>
        {
            var (a, b) = (r.Inputs[0].Broadcast(i), r.Inputs[1].Broadcast(i));
            return integer ? EvaluateInteger((int)a, (int)b) : Evaluate(a, b);
        });
    }

    /// <summary>The definition on int32: wraps.</summary>
    protected virtual int EvaluateInteger(int a, int b) => (int)Evaluate(a, b);

    internal override Cost Cost(Node node) => Operators.Cost.PerElement(node, 1);

    public sealed override string ToString() => Name;
}
