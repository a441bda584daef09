using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GraphCompiler;

/// <summary>
/// The line of the user's program that declared a node. Methods are told it by the compiler (caller info); C# operators
/// cannot be, so they keep method and IL offset of their caller, which is resolved through its PDB only when asked.
/// </summary>
public sealed class Origin
{
    private readonly MethodBase? _method;
    private readonly int _ilOffset;
    private string? _file;
    private int _line;

    internal Origin(string file, int line) => (_file, _line) = (file, line);

    private Origin(MethodBase? method, int ilOffset) => (_method, _ilOffset) = (method, ilOffset);

    /// <summary>Nowhere: nodes that the compiler made from nothing.</summary>
    public static Origin None { get; } = new("", 0);

    /// <summary>Full path as the compiler saw it, or empty when unknown.</summary>
    public string File => Resolve()._file!;

    /// <summary>One-based line, or 0 when unknown.</summary>
    public int Line => Resolve()._line;

    /// <summary>
    /// The method that called the method that calls this, which must not be inlined; or whom the graph is at work for.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Origin OfCaller(Graph? graph)
    {
        if (graph?.OnBehalfOf is { } known)
        {
            return known;
        }

        var frame = new StackFrame(2, needFileInfo: false);
        return frame.HasMethod() ? new Origin(frame.GetMethod(), frame.GetILOffset()) : None;
    }

    private Origin Resolve()
    {
        if (_file is null)
        {
            (_file, _line) = SequencePoints.Find(_method, _ilOffset) ?? ("", 0);
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => File.Length == 0 ? "" : $"{Path.GetFileName(File)}:{Line}";
}
