namespace GraphCompiler;

/// <summary>How a node came to be; one object for all nodes that came the same way.</summary>
/// <param name="Scope">The scopes that were open, as in <c>encoder/layer1</c>; for a node of a gradient those of the node it is for.</param>
/// <param name="Step">The step of differentiation that made the node, or null where somebody declared it.</param>
/// <param name="GradientOf">The node whose rule was asked, in the graph that was differentiated; null where somebody declared it.</param>
internal sealed record Provenance(string Scope, GradientStep? Step = null, Node? GradientOf = null)
{
    /// <summary>Declared, outside of all scopes.</summary>
    public static Provenance None { get; } = new("");

    // The generated one would print a node's graph.
    public override string ToString() => Step is { } step ? $"{step} of {GradientOf?.Results[0].Display} in {Scope}" : Scope;
}
