using System.Collections.Immutable;
using GraphCompiler.Reference;

namespace GraphCompiler.Fuzz.Cases;

/// <summary>What one seed draws: a graph, how it is compiled, what it is run on.</summary>
internal sealed record FuzzCase(int Seed, GraphSteps Steps, Configuration Configuration, ImmutableArray<RunInput> Runs);

/// <summary>One run: values of symbols by name, and of inputs and variables by name.</summary>
internal sealed record RunInput(ImmutableSortedDictionary<string, long> Symbols, ImmutableSortedDictionary<string, ReferenceArray> Leaves)
{
    /// <summary>There are NaN and infinities among the values: bits are compared, the definition is not asked.</summary>
    public bool HasSpecials { get; init; }

    public Dictionary<Tensor, ReferenceArray> Feeds(Graph graph) => Leaves.Where(l => graph.Leaves.ContainsKey(l.Key)).ToDictionary(l => graph.Leaves[l.Key], static l => l.Value);

    public long ValueOf(Symbol symbol) => Symbols[symbol.Name];
}
