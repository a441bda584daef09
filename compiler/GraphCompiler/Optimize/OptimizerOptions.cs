using System.Collections.Immutable;

namespace GraphCompiler.Optimize;

/// <summary>What the Optimize stage does, for tests and for those who look for a mistake by switching things off.</summary>
internal sealed record OptimizerOptions
{
    /// <summary>False: only dead nodes are left out and nothing is rewritten.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Rules that are not applied, by <see cref="Rule.Name"/>; <c>fold-constant</c> is one of them.</summary>
    public ImmutableHashSet<string> DisabledRules { get; init; } = [];

    /// <summary>Told of each rewrite: the rule's name, the node and what takes its place.</summary>
    public Action<string, Node, Tensor>? Trace { get; init; }
}
