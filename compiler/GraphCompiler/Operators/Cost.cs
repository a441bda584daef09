namespace GraphCompiler.Operators;

/// <summary>Work of a node: floating-point operations (a fused multiply-add counts two; a call of exp, log, tanh counts one) and bytes moved if its inputs and results all went through memory.</summary>
/// <param name="Flops">Operations.</param>
/// <param name="Bytes">Bytes read and written.</param>
internal readonly record struct Cost(Dim Flops, ImmutableSum Bytes)
{
    /// <summary>Neither arithmetic nor traffic: a view, or a leaf.</summary>
    public static Cost Free => new(0, ImmutableSum.Zero);

    /// <summary>No arithmetic, and every input and result moved once.</summary>
    public static Cost Move(Node node) => new(0, Traffic(node));

    /// <summary><paramref name="flopsPerElement"/> for each element of the first result.</summary>
    public static Cost PerElement(Node node, int flopsPerElement) =>
        new(node.Results[0].Shape.ElementCount * flopsPerElement, Traffic(node));

    /// <summary>Bytes of inputs and results.</summary>
    public static ImmutableSum Traffic(Node node)
    {
        var sum = ImmutableSum.Zero;
        foreach (var tensor in node.Inputs)
        {
            sum += tensor.Type.Bytes;
        }

        foreach (var tensor in node.Results)
        {
            sum += tensor.Type.Bytes;
        }

        return sum;
    }
}
