using GraphCompiler.Diagnostics;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

/// <summary>A leaf that lives across runs: a parameter, or state. Its name is its identity; two never merge.</summary>
internal sealed record VariableOp(string LeafName, TensorType Type, Runtime.State.Initializer Init, bool IsState) : Source
{
    public override string Name => IsState ? "state" : "parameter";

    protected override TensorType ResultType => Type;

    internal override EquatableArray<TensorType> Infer(InferScope s) => Type.Shape.IsConstant ? [Type]
        : throw s.Error("GRC0114", "constant extents", $"\"{DisplayName.Of(LeafName)}\" is {Type}");

    public override string ToString() => Name;
}
