using GraphCompiler;

namespace HelloGraph;

/// <summary>Runs a compiled graph of scalars once.</summary>
internal static class Evaluation
{
    /// <summary>The value of every output at a point.</summary>
    public static (string Output, float Value)[] Run(
        CompiledGraph compiled, Graph graph, (string Input, float Value)[] point)
    {
        using var execution = compiled.CreateExecution();
        foreach (var (input, value) in point)
        {
            execution.Feed(input, value);
        }

        execution.Run();
        return [.. graph.Outputs.Select(o => (o.Name, execution.Scalar<float>(o.Name)))];
    }
}
