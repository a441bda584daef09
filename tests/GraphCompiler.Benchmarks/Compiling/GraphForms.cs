using System.Globalization;
using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;
using GraphCompiler.Training;

namespace GraphCompiler.Benchmarks.Compiling;

/// <summary>Graphs of extreme forms, each with a number that says how large it is: whatever it is, compiling takes time in proportion to the nodes.</summary>
internal static class GraphForms
{
    private const int Width = 64;

    /// <summary>Form by name: declares a graph of so many steps, branches, outputs, …</summary>
    public static IReadOnlyDictionary<string, Func<int, Graph>> All { get; } = new Dictionary<string, Func<int, Graph>>
    {
        ["readers"] = static n => Readers(n, gradient: false),
        ["readers-gradient"] = static n => Readers(n, gradient: true),
        ["outputs"] = static n => Outputs(n, static (x, i) => x * Factor(i)),
        ["outputs-tanh"] = static n => Outputs(n, static (x, i) => (x * Factor(i)).Tanh()),
        ["constants"] = static n => Chain(n, static (h, _, i) => h * Factor(i) + (i % 7 - 3.25f)),
        ["constants-tanh"] = static n => Chain(n, static (h, _, i) => (h * Factor(i)).Tanh()),
        ["constants-gradient"] = static n => Differentiated(n, static (h, i) => (h * Factor(i)).Sigmoid()),
        ["skips"] = static n => Chain(n, static (h, x, i) => i % 3 == 0 ? h.Tanh() + x : h + x),
        ["tree"] = Tree,
        ["parameters-adam"] = Adam,
        ["inputs"] = Inputs,
        ["reductions"] = Reductions,
        ["rows"] = Rows,
        ["normalizations"] = Normalizations,
        ["concatenation"] = Concatenation,
        ["shapes"] = Shapes,
        ["slices"] = Slices,
        ["products"] = Products,
        ["gradients-of-all"] = GradientsOfAll,
    };

    private static float Factor(int i) => 0.5f + i / 65536f;

    private static Tensor Input(Graph graph, string name = "x") => graph.Input(name, [Width]);

    private static string Name(string stem, int i) => string.Create(CultureInfo.InvariantCulture, $"{stem}{i}");

    private static Graph Readers(int n, bool gradient)
    {
        var graph = new Graph("readers");
        var x = Input(graph);
        var sum = x;
        for (var i = 0; i < n; i++)
        {
            sum += x * Factor(i);
        }

        var y = graph.Output("y", sum.Sum());
        if (gradient)
        {
            graph.Output("dx", graph.Gradients(y, x)[0]);
        }

        return graph;
    }

    private static Graph Outputs(int n, Func<Tensor, int, Tensor> make)
    {
        var graph = new Graph("outputs");
        var x = Input(graph);
        for (var i = 0; i < n; i++)
        {
            graph.Output(Name("y", i), make(x, i));
        }

        return graph;
    }

    private static Graph Chain(int n, Func<Tensor, Tensor, int, Tensor> step)
    {
        var graph = new Graph("chain");
        var x = Input(graph);
        var h = x;
        for (var i = 0; i < n; i++)
        {
            h = step(h, x, i);
        }

        graph.Output("y", h.Sum());
        return graph;
    }

    private static Graph Differentiated(int n, Func<Tensor, int, Tensor> step)
    {
        var graph = new Graph("chain");
        var x = Input(graph);
        var h = x;
        for (var i = 0; i < n; i++)
        {
            h = step(h, i);
        }

        graph.Output("dx", graph.Gradients(graph.Output("y", h.Sum()), x)[0]);
        return graph;
    }

    private static Graph Tree(int n)
    {
        var graph = new Graph("tree");
        var x = Input(graph);
        var level = Enumerable.Range(0, n).Select(i => (x + Factor(i)).Tanh()).ToList();
        while (level.Count > 1)
        {
            level = [.. level.Chunk(2).Select(static pair => pair.Length == 2 ? pair[0] * pair[1] : pair[0])];
        }

        graph.Output("y", level[0]);
        return graph;
    }

    private static Graph Adam(int n)
    {
        var graph = new Graph("parameters");
        var x = Input(graph);
        var h = x;
        var weights = new Tensor[n];
        for (var i = 0; i < n; i++)
        {
            weights[i] = graph.Parameter(Name("w", i), [Width], Init.Zeros);
            h = (h * weights[i]).Tanh();
        }

        graph.Adam(graph.Output("loss", h.Sum()), weights);
        return graph;
    }

    private static Graph Inputs(int n)
    {
        var graph = new Graph("inputs");
        var sum = Input(graph);
        for (var i = 0; i < n; i++)
        {
            sum = (sum + Input(graph, Name("x", i))).Relu();
        }

        graph.Output("y", sum);
        return graph;
    }

    private static Graph Reductions(int n)
    {
        var graph = new Graph("reductions");
        var x = Input(graph);
        var sum = x.Sum();
        for (var i = 0; i < n; i++)
        {
            sum += (x * Factor(i)).Exp().Sum();
        }

        graph.Output("y", sum);
        return graph;
    }

    private static Graph Rows(int n)
    {
        var graph = new Graph("rows");
        var h = graph.Input("x", [8, Width]);
        for (var i = 0; i < n; i++)
        {
            h = (h * Factor(i)).Softmax();
        }

        graph.Output("y", h);
        return graph;
    }

    private static Graph Normalizations(int n)
    {
        var graph = new Graph("normalizations");
        var h = graph.Input("x", [32, Width]);
        var weights = new List<Tensor>();
        for (var i = 0; i < n; i++)
        {
            weights.Add(graph.Parameter(Name("scale", i), [Width], Init.Zeros));
            weights.Add(graph.Parameter(Name("shift", i), [Width], Init.Zeros));
            h += h.LayerNorm(weights[^2], weights[^1]);
        }

        graph.Sgd(graph.Output("loss", h.Sum()), weights);
        return graph;
    }

    private static Graph Concatenation(int n)
    {
        var graph = new Graph("parts");
        var x = graph.Input("x", [1, Width]);
        graph.Output("y", Op.Concatenate([.. Enumerable.Range(0, n).Select(i => x * Factor(i))], 0));
        return graph;
    }

    private static Graph Shapes(int n)
    {
        var graph = new Graph("shapes");
        var x = graph.Input("x", [n + 1]);
        var sum = graph.Input("s", []);
        for (var i = 1; i <= n; i++)
        {
            sum += x.Slice(0, 0, i).Tanh().Sum();
        }

        graph.Output("y", sum);
        return graph;
    }

    private static Graph Slices(int n)
    {
        var graph = new Graph("slices");
        var x = graph.Parameter("x", [n, 8], Init.Zeros);
        var sum = graph.Input("s", [8]);
        for (var i = 0; i < n; i++)
        {
            sum = (sum + x.Slice(0, i, 1).Reshape([8])).Tanh();
        }

        var y = graph.Output("y", sum.Sum());
        graph.Output("dx", graph.Gradients(y, x)[0]);
        return graph;
    }

    private static Graph Products(int n)
    {
        var graph = new Graph("products");
        var h = graph.Input("x", [4, 8]);
        var weights = new Tensor[n];
        for (var i = 0; i < n; i++)
        {
            weights[i] = graph.Parameter(Name("w", i), [8, 8], Init.Zeros);
            h = (h.MatMul(weights[i]) * Factor(i)).Tanh();
        }

        graph.Sgd(graph.Output("loss", h.Sum()), weights);
        return graph;
    }

    private static Graph GradientsOfAll(int n)
    {
        var graph = new Graph("all");
        var h = Input(graph);
        var all = new List<Tensor>();
        for (var i = 0; i < n; i++)
        {
            all.Add(h = (h * Factor(i)).Tanh());
        }

        var gradients = graph.Gradients(graph.Output("y", h.Sum()), [.. all]);
        for (var i = 0; i < n; i++)
        {
            graph.Output(Name("g", i), gradients[i]);
        }

        return graph;
    }
}
