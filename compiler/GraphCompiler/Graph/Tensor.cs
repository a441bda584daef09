using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;

namespace GraphCompiler;

/// <summary>
/// A symbolic value: one result of a <see cref="Node"/>. It has a type and names but no elements; those exist in an
/// execution of the compiled graph. Compared by reference, which interning makes equal to comparison by meaning.
/// </summary>
public sealed partial class Tensor
{
    private NameList? _names;

    internal Tensor(Node node, int index, TensorType type)
    {
        Node = node;
        Index = index;
        Type = type;
    }

    /// <summary>The node that makes this tensor.</summary>
    public Node Node { get; }

    /// <summary>Which result of the node this is.</summary>
    public int Index { get; }

    /// <summary>Element type and shape.</summary>
    public TensorType Type { get; }

    /// <summary>Element type.</summary>
    public DType DType => Type.DType;

    /// <summary>Extents, outermost first.</summary>
    public Shape Shape => Type.Shape;

    /// <summary>Number of axes.</summary>
    public int Rank => Type.Rank;

    /// <summary>The graph that this tensor belongs to.</summary>
    public Graph Graph => Node.Graph;

    /// <summary>Every name that was given to this value, in the order of giving; gradients are called <c>d_</c> and what they are gradients of.</summary>
    public IReadOnlyList<string> Names => _names ?? (IReadOnlyList<string>)[];

    /// <summary>The first name, or <c>%</c> and the node's id (and the result's index after a dot).</summary>
    public string Name => _names?[0] ?? Id;

    /// <summary>The name as text that is safe in a line of a dump or a message.</summary>
    internal string Display => _names is null ? Id : DisplayName.Of(_names[0]);

    internal string Id => Node.Results.Length == 1 ? $"%{Node.Id}" : $"%{Node.Id}.{Index}";

    /// <summary>Gives the value a name, prefixed with the scopes that are open, and returns it.</summary>
    /// <param name="name">Any text; it appears in errors, generated code and profiles.</param>
    public Tensor Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        AddName(Graph.Qualify(name));
        return this;
    }

    internal void AddName(string name)
    {
        if (_names?.Contains(name) != true)
        {
            RestoreName(name);
            Graph.NameLog.Add((name, this));
        }
    }

    /// <summary>A name that is known to be new, and whose place in the order of naming is the caller's affair.</summary>
    internal void RestoreName(string name)
    {
        _names ??= [];
        _names.Add(name);
    }

    /// <summary>How messages speak of this tensor: its quoted name, or the operator and line that made it.</summary>
    internal string Describe()
    {
        if (_names is not null)
        {
            return $"\"{Display}\"";
        }

        var origin = Node.Origins.Count > 0 ? Node.Origins[0].ToString() : "";
        return origin.Length == 0 ? $"the result of {Node.Operator.Name}" : $"the result of {Node.Operator.Name} at {origin}";
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Display}: {Type}";
}
