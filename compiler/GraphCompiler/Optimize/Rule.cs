namespace GraphCompiler.Optimize;

/// <summary>
/// One algebraic law as data. <paramref name="Apply"/> looks at an operator applied to inputs and answers the simpler
/// tensor, or null where pattern or condition do not hold.
/// </summary>
/// <param name="Name">Cited in traces and switched off by name.</param>
/// <param name="Law">The law in words or as a formula, with its condition.</param>
/// <param name="Apply">Node of the graph being rebuilt → replacement.</param>
internal sealed record Rule(string Name, string Law, Func<Node, Tensor?> Apply)
{
    /// <summary>An input that can stand for the result: null where broadcasting gives the result a larger shape.</summary>
    public static Tensor? Same(Node node, int input) => node.Inputs[input].Type == node.Results[0].Type ? node.Inputs[input] : null;
}
