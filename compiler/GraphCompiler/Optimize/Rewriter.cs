using System.Collections.Immutable;
using GraphCompiler.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Optimize;

/// <summary>
/// Applies rules to nodes of one graph until none applies. What a rule answers is rewritten in turn, and so is what it
/// put below its answer; each node is settled once and remembered.
/// </summary>
internal sealed class Rewriter(Graph graph, OptimizerOptions options)
{
    // Far more rewrites than any sane set of rules needs for one node of the user's.
    private const int MaxRewrites = 10_000;

    private readonly Dictionary<Tensor, Tensor> _settled = [];
    private readonly Dictionary<Node, ImmutableArray<Tensor>> _replacements = [];
    private readonly Stack<Node> _pending = new();
    private readonly HashSet<Node> _active = [];

    /// <summary>The tensor of the same value to which no rule applies.</summary>
    /// <exception cref="InternalCompilerException">The rules go round in a circle or do not end.</exception>
    public Tensor Settle(Tensor tensor)
    {
        var rewrites = 0;
        Enter(tensor.Node);
        while (_pending.TryPeek(out var node))
        {
            if (_replacements.TryGetValue(node, out var replacements))
            {
                Leave(node, replacements);
            }
            else if (!EnterInput(node))
            {
                replacements = Replace(node);
                _replacements.Add(node, replacements);
                if (++rewrites > MaxRewrites)
                {
                    throw Endless(node, $"more than {MaxRewrites} rewrites of one node");
                }

                if (!ReferenceEquals(replacements[0].Node, node))
                {
                    Enter(replacements[0].Node);
                }
            }
        }

        return _settled[tensor];
    }

    private void Enter(Node node)
    {
        if (_settled.ContainsKey(node.Results[0]))
        {
            return;
        }

        if (!_active.Add(node))
        {
            throw Endless(node, "rules that undo each other");
        }

        _pending.Push(node);
    }

    private void Leave(Node node, ImmutableArray<Tensor> replacements)
    {
        _pending.Pop();
        _active.Remove(node);
        _replacements.Remove(node);
        for (var i = 0; i < replacements.Length; i++)
        {
            var replacement = replacements[i];
            _settled.Add(node.Results[i], ReferenceEquals(replacement.Node, node) ? replacement : _settled[replacement]);
        }
    }

    // One at a time, so that what is active is a path: meeting it again is a circle.
    private bool EnterInput(Node node)
    {
        foreach (var input in node.Inputs)
        {
            if (!_settled.ContainsKey(input))
            {
                Enter(input.Node);
                return true;
            }
        }

        return false;
    }

    // The same operator on settled inputs, or what a rule answers, or the node's own results.
    private ImmutableArray<Tensor> Replace(Node node)
    {
        var inputs = node.Inputs.Select(i => _settled[i]).ToImmutableArray();
        for (var i = 0; i < inputs.Length; i++)
        {
            if (!ReferenceEquals(inputs[i], node.Inputs[i]))
            {
                return graph.Add(node.Operator, inputs, Origin.None).Results;
            }
        }

        return node.Results.Length == 1 && Simplify(node) is { } simpler ? [simpler] : node.Results;
    }

    private Tensor? Simplify(Node node) => Try(node, node.Operator.Rewrites) ?? Try(node, RuleTable.Rules);

    private Tensor? Try(Node node, ImmutableArray<Rule> rules)
    {
        foreach (var rule in rules)
        {
            if (!options.DisabledRules.Contains(rule.Name) && Apply(rule, node) is { } result && !ReferenceEquals(result.Node, node))
            {
                options.Trace?.Invoke(rule.Name, node, result);
                return result;
            }
        }

        return null;
    }

    private Tensor? Apply(Rule rule, Node node)
    {
        Tensor? result;
        try
        {
            result = rule.Apply(node);
        }
        catch (GraphException exception)
        {
            throw new InternalCompilerException("Optimize", $"the rule {rule.Name} failed on {node}", graph.ToString(), exception);
        }

        return result is null || (result.Type == node.Results[0].Type && ReferenceEquals(result.Graph, graph)) ? result
            : throw new InternalCompilerException("Optimize", $"the rule {rule.Name} made {result} of {node}", graph.ToString());
    }

    private InternalCompilerException Endless(Node node, string what) =>
        new("Optimize", $"{what}, at {node}", graph.ToString());
}
