using GraphCompiler.Compile;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.Host;

/// <summary>Runs pointwise and row kernels whose loops tests read in the JIT's listing: a kernel that is not run is not
/// compiled. Their class is called by target and name.</summary>
internal static class VectorLoops
{
    public static void Run()
    {
        foreach (var target in (KernelTarget[])[KernelTarget.Avx512, KernelTarget.Avx2])
        {
            Compiled(target, "Affine", static (_, x) => (x * 1.5f) + 0.5f);
            Compiled(target, "Gelu", static (_, x) => ((x * 1.5f) + 0.5f).Gelu());
            Compiled(target, "GeluBackward", static (graph, x) => graph.Gradients(((x * 1.5f) + 0.5f).Gelu().Sum(), x)[0]);
            Compiled(target, "Softmax", static (graph, _) => graph.Input("rows", [8, 1024]).Softmax());
            Compiled(target, "Adam", Adam);
            Compiled(target, "Lstm", Cell);
            Columns(target);
        }
    }

    private static Tensor Adam(Graph graph, Tensor g)
    {
        var (p, m, v) = (Like(g, "p"), Like(g, "m"), Like(g, "v"));
        var m2 = graph.Output("m2", (m * 0.9f) + (g * 0.1f));
        var v2 = graph.Output("v2", (v * 0.999f) + (g * g * 0.001f));
        return p - (0.001f * m2 / (v2.Sqrt() + 1e-8f));
    }

    // The new state of a cell and its output: five functions.
    private static Tensor Cell(Graph graph, Tensor x)
    {
        var state = (Like(x, "forget").Sigmoid() * Like(x, "state")) + (x.Sigmoid() * Like(x, "candidate").Tanh());
        return Like(x, "open").Sigmoid() * state.Tanh();
    }

    // What is left of a line takes several registers, each with a mask, around calls and in an inner loop.
    private static void Columns(KernelTarget target)
    {
        var graph = new Graph($"{target}Columns");
        var x = graph.Input("x", DType.Float64, [6, Dim.Symbol("n", 40)]);
        graph.Output("y", x.Sigmoid());
        graph.Output("s", x.Sum([0]));
        using var compiled = graph.Compile(new CompileOptions { Target = target, CacheDirectory = "", Workers = 1 });
        using var execution = compiled.CreateExecution();
        execution.Bind("n", 7);
        execution.Span(compiled.Input<double>("x")).Fill(1);
        execution.Run();
    }

    private static Tensor Like(Tensor x, string name) => x.Node.Graph.Input(name, x.Shape);

    private static void Compiled(KernelTarget target, string name, Func<Graph, Tensor, Tensor> result)
    {
        var graph = new Graph($"{target}{name}");
        graph.Output("result", result(graph, graph.Input("x", [Dim.Symbol("n", 4096)])));
        using var compiled = graph.Compile(new CompileOptions { Target = target, CacheDirectory = "", Workers = 1 });
        using var variables = new Variables();
        using var execution = compiled.CreateExecution(variables);
        if (compiled.Layout.Symbols.Any())
        {
            execution.Bind("n", 100);
        }

        foreach (var slot in compiled.Layout.Slots.Where(static s => s.Kind == SlotKind.Input))
        {
            execution.Span(compiled.Input<float>(slot.Name)).Fill(1);
        }

        execution.Run();
    }
}
