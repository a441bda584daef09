using GraphCompiler.Kernels;

namespace GraphCompiler.CodeGen;

/// <summary>
/// A vector loop being emitted: which axis runs in lanes, whether this is the copy of the body for the tail, and what was
/// found to be the same for all iterations and is computed in front of it.
/// </summary>
internal sealed class VectorLoop(Axis axis, string variable, int depth)
{
    private readonly Dictionary<string, string> _hoisted = new(StringComparer.Ordinal);

    public Axis Axis => axis;

    public string Variable => variable;

    /// <summary>The block in front of the loop, where hoisted names are declared.</summary>
    public int Depth => depth;

    /// <summary>Number of lanes that count, or null in the main loop.</summary>
    public string? Tail { get; set; }

    /// <summary>Axes of loops and locals within: what depends on them cannot move in front.</summary>
    public HashSet<Axis> InnerAxes { get; } = [];

    public HashSet<Local> InnerLocals { get; } = [];

    public CodeWriter Front { get; } = new();

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
