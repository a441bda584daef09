namespace GraphCompiler.Tests.Optimize;

/// <summary>A graph at which a rule fires.</summary>
/// <param name="rule">Name of the rule.</param>
/// <param name="build">The tensor that is optimized.</param>
/// <param name="left">Operators that are left, leaves not counted, in order.</param>
/// <param name="fires">Other rules that must fire too.</param>
internal sealed class RuleCase(string rule, Func<Graph, Tensor> build, string left, string[]? fires = null)
{
    public string Rule => rule;

    public string Left => left;

    public IReadOnlyList<string> Fires => [rule, .. fires ?? []];

    public Tensor Build(Graph graph) => build(graph);

    public override string ToString() => $"{rule} => {(left.Length == 0 ? "leaf" : left)}";
}
