using GraphCompiler.Ahead;
using GraphCompiler.Runtime;

namespace GraphCompiler;

/// <summary>Compiling a graph ahead of time: to C# that needs <c>GraphCompiler.Runtime</c> alone.</summary>
public static class GraphSource
{
    /// <summary>
    /// Writes a graph down as a class with a property for each input, output and symbol, and a method that runs it:
    /// <c>Run</c>, which computes the outputs, and <c>Train</c>, which also performs the updates, where there are some.
    /// </summary>
    /// <param name="graph">What to compile; nobody may add to it meanwhile.</param>
    /// <param name="options">Names and targets; null: the graph's own name, all targets.</param>
    /// <param name="cancellation">Ends the compilation.</param>
    /// <exception cref="GraphException">
    /// GRC0450: no namespace, class name or targets that generated code can have; and what the stages find wrong.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static EmittedSource Emit(
        Graph graph, EmitOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return SourceEmitter.Emit(graph, options ?? new EmitOptions(), cancellation);
    }
}
