using GraphCompiler.Compile;
using GraphCompiler.Runtime;

namespace GraphCompiler;

/// <summary>Compiling a graph at run time.</summary>
public static class CompileExtensions
{
    /// <summary>Compiles a graph to machine code.</summary>
    /// <param name="graph">What to compile; nobody may add to it meanwhile.</param>
    /// <param name="options">What of it, and how; null: all of it, for this machine.</param>
    /// <param name="cancellation">Ends the compilation; nothing is left behind.</param>
    /// <exception cref="GraphException">
    /// GRC0440: the plan needs more than <see cref="CompileOptions.MaxBytes"/>; and what the stages find wrong.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CompiledGraph Compile(
        this Graph graph, CompileOptions? options = null, CancellationToken cancellation = default) =>
        GraphCompilation.Run(graph, options ?? new CompileOptions(), ProgramCache.Generate, cancellation);

    /// <summary>Gives a symbol its value for the runs to come, until it is bound or fed again.</summary>
    /// <param name="execution">Of a graph that uses the symbol.</param>
    /// <param name="symbol">What <see cref="Dim.Symbol"/> returned: a single symbol.</param>
    /// <param name="value">From 0 to its bound.</param>
    /// <exception cref="GraphException">
    /// GRC0404: not a single symbol, or none of the program. GRC0407: out of range. GRC0409: in use by another thread.
    /// </exception>
    public static void Bind(this Execution execution, Dim symbol, long value)
    {
        ArgumentNullException.ThrowIfNull(execution);
        execution.Bind(
            symbol is { Factor: 1, Symbols: [var single] }
                ? single.Name
                : throw new GraphException("GRC0404", $"Bind requires a single symbol: got {symbol}"),
            value);
    }
}
