using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using GraphCompiler.Runtime;

namespace GraphCompiler;

/// <summary>A method of an assembly that declares a graph: what code is generated from.</summary>
public sealed class GraphDefinition
{
    private Origin? _origin;

    internal GraphDefinition(MethodInfo method, string name, EmitOptions options) =>
        (Method, Name, Options) = (method, name, options);

    /// <summary>The graph's name.</summary>
    public string Name { get; }

    /// <summary>The class to be generated, a C# identifier.</summary>
    public string ClassName => Options.ClassName!;

    /// <summary>The namespace of that class, or empty.</summary>
    public string Namespace => Options.Namespace;

    /// <summary>How code is to be generated: what the attribute says, and its defaults.</summary>
    public EmitOptions Options { get; }

    /// <summary>The class with its namespace.</summary>
    public string FullName => Namespace.Length == 0 ? ClassName : $"{Namespace}.{ClassName}";

    /// <summary>The marked method.</summary>
    public MethodInfo Method { get; }

    /// <summary>Where the method begins, as far as the assembly's PDB says.</summary>
    public Origin Origin => _origin ??= OriginOf(Method);

    /// <summary>Runs the method on a new graph.</summary>
    /// <returns>A graph of the name <see cref="Name"/>, different each time.</returns>
    /// <exception cref="GraphException">
    /// A mistake in the graph, as its operation reported it; where that knew no line, with the line of the definition that led
    /// to it. GRC0503: the method threw something else, which is the inner exception.
    /// </exception>
    public Graph Declare()
    {
        var graph = new Graph(Name);
        try
        {
            Method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [graph], null);
            return graph;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw Explain(e);
        }
    }

    /// <summary>Class and method, for messages.</summary>
    public override string ToString() => NameOf(Method);

    internal static string NameOf(MethodInfo method) => $"{method.DeclaringType?.FullName}.{method.Name}";

    internal static Origin OriginOf(MethodInfo method) =>
        SequencePoints.Find(method, 0, called: "") is { } known ? new Origin(known.File, known.Line) : Origin.None;

    private GraphException Explain(Exception thrown)
    {
        // A mistake in a field of a class comes wrapped in the failure of its initialisation.
        var cause = thrown;
        while (cause is TypeInitializationException or TargetInvocationException && cause.InnerException is { } inner)
        {
            cause = inner;
        }

        if (cause is GraphException { File.Length: > 0 } complete)
        {
            ExceptionDispatchInfo.Throw(complete);
        }

        var (file, line) = PlaceOf(cause);
        return cause is GraphException mistake
            ? new GraphException(mistake.Id, mistake.Text, file, line, mistake)
            : new GraphException(
                "GRC0503",
                $"Declaring a graph requires a method that returns: {this} threw {cause.GetType().Name}: {cause.Message}",
                file,
                line,
                cause);
    }

    // The innermost line of the assembly that declares the graph.
    private (string File, int Line) PlaceOf(Exception thrown)
    {
        var frames = new StackTrace(thrown, fNeedFileInfo: true).GetFrames();
        var own = frames.FirstOrDefault(frame =>
            frame.GetMethod()?.Module.Assembly == Method.Module.Assembly && frame.GetFileName() is not null);
        return own is null ? (Origin.File, Origin.Line) : (own.GetFileName()!, own.GetFileLineNumber());
    }
}
