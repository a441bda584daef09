namespace GraphCompiler.Operators;

/// <summary>
/// Stands for the vector of a vector-Jacobian product while that product is differentiated with respect to it. It has an
/// identity, so that two never merge, and no value: the result of forward mode is linear in it, hence free of it.
/// </summary>
/// <param name="Number">Tells it from others of its graph.</param>
/// <param name="Type">Type of what it is the gradient of.</param>
internal sealed record UpstreamOp(int Number, TensorType Type) : Source
{
    public override string Name => "upstream";

    protected override TensorType ResultType => Type;

    public override string ToString() => $"upstream[{Number}]";
}
