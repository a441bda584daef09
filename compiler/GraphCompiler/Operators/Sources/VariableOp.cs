namespace GraphCompiler.Operators;

/// <summary>A leaf that lives across runs: a parameter, or state. Its name is its identity; two never merge.</summary>
internal sealed record VariableOp(string LeafName, TensorType Type, Runtime.State.Initializer Init, bool IsState) : Source
{
    public override string Name => IsState ? "state" : "parameter";

    protected override TensorType ResultType => Type;

    public override string ToString() => Name;
}
