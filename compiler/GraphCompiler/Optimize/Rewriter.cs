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

    private readonly NodeMap<ImmutableArray<Tensor>> _settled = new();
    private readonly NodeMap<ImmutableArray<Tensor>> _replacements = new();
    private readonly Dictionary<Type, Rule[]> _rules = [];
    private readonly Stack<Node> _pending = new();
    private readonly HashSet<Node> _active = [];

    /// <summary>For each result of a node the tensor of the same value to which no rule applies.</summary>
    /// <exception cref="InternalCompilerException">The rules go round in a circle or do not end.</exception>
    public ImmutableArray<Tensor> Settle(Node declared)
    {
        var rewrites = 0;
        Enter(declared);
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

        return _settled[declared];
    }

    private Tensor Settled(Tensor tensor) => _settled[tensor.Node][tensor.Index];

    private void Enter(Node node)
    {
        if (_settled.ContainsKey(node))
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
        _settled.Add(node, ReferenceEquals(replacements[0].Node, node) ? node.Results : [.. replacements.Select(Settled)]);
    }

    // One at a time, so that what is active is a path: meeting it again is a circle.
    private bool EnterInput(Node node)
    {
        foreach (var input in node.Inputs)
        {
            if (!_settled.ContainsKey(input.Node))
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
        foreach (var input in node.Inputs)
        {
            if (!ReferenceEquals(Settled(input), input))
            {
                return graph.Add(node.Operator, [.. node.Inputs.Select(Settled)], Origin.None).Results;
            }
        }

        return node.Results.Length == 1 && Simplify(node) is { } simpler ? [simpler] : node.Results;
    }

    // The operator's own rules, then those of all, without what is switched off: the same for all operators of a type.
    private Rule[] RulesOf(Operator op)
    {
        if (!_rules.TryGetValue(op.GetType(), out var rules))
        {
            rules = [.. op.Rewrites.Concat(RuleTable.Rules).Where(rule => !options.DisabledRules.Contains(rule.Name))];
            _rules.Add(op.GetType(), rules);
        }

        return rules;
    }

    private Tensor? Simplify(Node node)
    {
        foreach (var rule in RulesOf(node.Operator))
        {
            if (Apply(rule, node) is { } result && !ReferenceEquals(result.Node, node))
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
