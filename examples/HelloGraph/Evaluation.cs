using GraphCompiler;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace HelloGraph;

/// <summary>Runs a compiled graph of scalars once.</summary>
internal static class Evaluation
{
    /// <summary>The value of every output at a point.</summary>
    public static (string Output, float Value)[] Run(
        CompiledGraph compiled, Graph graph, (string Input, float Value)[] point)
    {
        using var variables = new Variables(); // there are none
        using var execution = compiled.CreateExecution(variables);
        foreach (var (input, value) in point)
        {
            execution.Span(compiled.Input<float>(input))[0] = value;
        }

        execution.Run();
        return [.. graph.Outputs.Select(o => (o.Name, execution.Span(compiled.Output<float>(o.Name))[0]))];
    }
}
