using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphCompiler;

/// <summary>
/// One application of an operator: interned (the same operator on the same inputs is the same node), immutable but for
/// the names and origins that accumulate, compared by reference.
/// </summary>
public sealed class Node
{
    private Origin[] _origins = [];

    internal Node(Graph graph, int id, Operators.Operator op, ImmutableArray<Tensor> inputs, EquatableArray<TensorType> types)
    {
        Graph = graph;
        Id = id;
        Operator = op;
        Inputs = inputs;
        var results = new Tensor[types.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = new Tensor(this, i, types[i]);
        }

        Results = ImmutableCollectionsMarshal.AsImmutableArray(results);
    }

    /// <summary>The graph that interned this node.</summary>
    public Graph Graph { get; }

    /// <summary>Position in declaration order: every input has a smaller id.</summary>
    public int Id { get; }

    /// <summary>What is applied.</summary>
    public Operators.Operator Operator { get; }

    /// <summary>To what.</summary>
    public ImmutableArray<Tensor> Inputs { get; }

    /// <summary>What comes out: one tensor for each result of the operator.</summary>
    public ImmutableArray<Tensor> Results { get; }

    /// <summary>How the node came to be when it was first declared.</summary>
    internal Provenance Provenance { get; set; } = Provenance.None;

    /// <summary>Every line that declared this node, first come first.</summary>
    public IReadOnlyList<Origin> Origins => _origins;

    /// <summary>
    /// The node whose rule for a gradient made this one on the way back; null for a node of the forward pass, which a
    /// backward pass may use as well. After rewriting, a node of the graph that was rewritten.
    /// </summary>
    public Node? GradientOf => Provenance.GradientOf;

    internal void AddOrigin(Origin origin)
    {
        // One line in a loop may declare a node very often; a handful of places is what a reader can use.
        if (!ReferenceEquals(origin, Origin.None) && _origins.Length < 4)
        {
            _origins = [.. _origins, origin];
        }
    }

    /// <summary>Adds the lines that declared another node, but for those that are known.</summary>
    internal void AddOriginsOf(Node other)
    {
        foreach (var origin in other._origins)
        {
            if (!_origins.Contains(origin))
            {
                AddOrigin(origin);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Results[0]} = {Operator.Name}({string.Join(", ", Inputs)})";
}
