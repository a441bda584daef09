using GraphCompiler.Kernels;

namespace GraphCompiler.CodeGen;

/// <summary>
/// A vector loop being emitted: which axis runs in lanes and in how many, whether this is the copy of the body for the
/// rest, and what was found to be the same for all iterations and is computed in front of it.
/// </summary>
internal sealed class VectorLoop(Axis axis, string variable, int depth, CodeWriter front)
{
    private readonly Dictionary<string, string> _hoisted = new(StringComparer.Ordinal);

    public Axis Axis => axis;

    public string Variable => variable;

    /// <summary>The block in front of the loop, where hoisted names are declared.</summary>
    public int Depth => depth;

    /// <summary>Logical lanes of the copy of the body being emitted.</summary>
    public required int Lanes { get; set; }

    /// <summary>The number of elements that are left, or null where every lane counts.</summary>
    public string? Tail { get; set; }

    /// <summary>The same as a number, where it is known while compiling.</summary>
    public long? Left { get; set; }

    /// <summary>Whether this is the copy of the body for what the main loop leaves: comments stand in the first.</summary>
    public bool IsRest { get; set; }

    /// <summary>Axes of loops and locals within: what depends on them cannot move in front.</summary>
    public HashSet<Axis> InnerAxes { get; } = [];

    public HashSet<Local> InnerLocals { get; } = [];

    /// <summary>What is computed in front of the loop.</summary>
    public CodeWriter Front => front;

    /// <summary>A variable in front of the loop for a text; the same text, the same variable.</summary>
    public string Hoist(string key, Func<string> declare)
    {
        if (!_hoisted.TryGetValue(key, out var name))
        {
            name = declare();
            _hoisted.Add(key, name);
        }

        return name;
    }
}
