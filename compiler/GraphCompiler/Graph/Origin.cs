using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GraphCompiler;

/// <summary>
/// The line of the user's program that declared a node. Methods are told it by the compiler (caller info); C# operators
/// cannot be, so they keep method and IL offset of their caller, which is resolved through its IL and PDB only when asked.
/// </summary>
/// <remarks>
/// An operator's line is that of the statement it stands in. Optimised code does not say which of several equal operators
/// called, when their statements pass values on without a variable (<c>var a = x + y; var b = a + z;</c> where <c>a</c> is
/// used once): they all have the line of the first.
/// </remarks>
public sealed class Origin
{
    private readonly MethodBase? _method;
    private readonly int _ilOffset;
    private readonly string _called = "";
    private string? _file;
    private int _line;

    internal Origin(string file, int line) => (_file, _line) = (file, line);

    private Origin(MethodBase? method, int ilOffset, string called) =>
        (_method, _ilOffset, _called) = (method, ilOffset, called);

    /// <summary>Nowhere: nodes that the compiler made from nothing.</summary>
    public static Origin None { get; } = new("", 0);

    /// <summary>Full path as the compiler saw it, or empty when unknown.</summary>
    public string File => Resolve()._file!;

    /// <summary>One-based line, or 0 when unknown.</summary>
    public int Line => Resolve()._line;

    /// <summary>
    /// The method that called the method that calls this; or whom the graph is at work for. The method that calls this must
    /// not be inlined and must bear <see cref="System.Security.DynamicSecurityMethodAttribute"/>, so that its caller keeps
    /// a frame.
    /// </summary>
    /// <param name="graph">The graph that is built, which may know an origin already.</param>
    /// <param name="called">Metadata name of the method that calls this, by which its call is found in its caller's IL.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Origin OfCaller(Graph? graph, [CallerMemberName] string called = "")
    {
        if (graph?.OnBehalfOf is { } known)
        {
            return known;
        }

        var frame = new StackFrame(2, needFileInfo: false);
        return frame.HasMethod() ? new Origin(frame.GetMethod(), frame.GetILOffset(), called) : None;
    }

    private Origin Resolve()
    {
        if (_file is null)
        {
            (_file, _line) = SequencePoints.Find(_method, _ilOffset, _called) ?? ("", 0);
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => File.Length == 0 ? "" : $"{Path.GetFileName(File)}:{Line}";
}
