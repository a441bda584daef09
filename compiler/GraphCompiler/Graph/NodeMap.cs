using System.Diagnostics.CodeAnalysis;

namespace GraphCompiler;

/// <summary>
/// A value for each of some nodes of one graph: a dictionary that finds a node by its place in the order of declaration,
/// without hashing.
/// </summary>
/// <param name="capacity">Nodes of the graph, as far as that is known.</param>
internal sealed class NodeMap<T>(int capacity = 0)
{
    private (Node? Node, T Value)[] _entries = new (Node?, T)[capacity];

    /// <summary>The value of a node that has one.</summary>
    /// <exception cref="KeyNotFoundException">The node has none.</exception>
    public T this[Node node]
    {
        get => TryGetValue(node, out var value) ? value : throw new KeyNotFoundException($"{node}");
        set
        {
            if (node.Id >= _entries.Length)
            {
                Array.Resize(ref _entries, Math.Max(node.Id + 1, 2 * _entries.Length));
            }

            _entries[node.Id] = (node, value);
        }
    }

    /// <summary>Whether a node has a value.</summary>
    public bool ContainsKey(Node node) => node.Id < _entries.Length && ReferenceEquals(_entries[node.Id].Node, node);

    /// <summary>The value of a node, or false where it has none.</summary>
    public bool TryGetValue(Node node, [MaybeNullWhen(false)] out T value)
    {
        var isThere = ContainsKey(node);
        value = isThere ? _entries[node.Id].Value : default;
        return isThere;
    }

    /// <summary>The value of a node, or the default value where it has none.</summary>
    public T? GetValueOrDefault(Node node) => TryGetValue(node, out var value) ? value : default;

    /// <summary>Gives a node a value.</summary>
    /// <exception cref="ArgumentException">It has one.</exception>
    public void Add(Node node, T value)
    {
        if (ContainsKey(node))
        {
            throw new ArgumentException($"{node} is there already", nameof(node));
        }

        this[node] = value;
    }

    /// <summary>Takes away the value of a node, if it has one.</summary>
    public void Remove(Node node)
    {
        if (ContainsKey(node))
        {
            _entries[node.Id] = default;
        }
    }
}
