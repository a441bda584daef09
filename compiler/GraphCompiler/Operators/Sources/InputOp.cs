namespace GraphCompiler.Operators;

/// <summary>A leaf that every run is fed. Its name is its identity.</summary>
internal sealed record InputOp(string LeafName, TensorType Type) : Source
{
    public override string Name => "input";

    protected override TensorType ResultType => Type;

    public override string ToString() => Name;
}
