using GraphCompiler.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Shapes;

namespace GraphCompiler.Optimize;

/// <summary>Checks what every stage relies on in a graph. Runs between stages in tests and on request.</summary>
internal static class GraphVerifier
{
    /// <summary>
    /// Inputs precede their readers; types are those that the operators infer; equal nodes are one node; leaves, outputs,
    /// updates and names belong to the graph and agree with each other.
    /// </summary>
    /// <param name="graph">What is checked; nothing is added to it.</param>
    /// <param name="stage">The stage that made it, for the message.</param>
    /// <exception cref="InternalCompilerException">The first rule that does not hold.</exception>
    public static void Verify(Graph graph, string stage = "Graph")
    {
        ArgumentNullException.ThrowIfNull(graph);
        var problem = graph.Nodes.Select((node, id) => Problem(graph, node, id)).FirstOrDefault(static p => p is not null)
            ?? LeafProblem(graph) ?? OutputProblem(graph) ?? UpdateProblem(graph) ?? NameProblem(graph);
        if (problem is not null)
        {
            throw new InternalCompilerException(stage, problem, graph.ToString());
        }
    }

    private static string? Problem(Graph graph, Node node, int id)
    {
        if (node.Id != id || !ReferenceEquals(node.Graph, graph))
        {
            return $"{node} stands at {id} of \"{DisplayName.Of(graph.Name)}\", not at its own place";
        }

        foreach (var input in node.Inputs)
        {
            if (!Belongs(graph, input) || input.Node.Id >= id)
            {
                return $"{node} reads {input}, which is not declared before it";
            }
        }

        return TypeProblem(node)
            ?? (ReferenceEquals(graph.Find(node.Operator, node.Inputs), node) ? null : $"{node} is not the one node of its operator and inputs");
    }

    private static string? TypeProblem(Node node)
    {
        try
        {
            var types = node.Operator.Infer(new InferScope(node.Operator, node.Inputs, Origin.None));
            return types.SequenceEqual(node.Results.Select(static r => r.Type)) ? null
                : $"{node} has other types than its operator infers: {types}";
        }
        catch (GraphException exception)
        {
            return $"{node} has inputs that its operator refuses: {exception.Message}";
        }
    }

    private static string? LeafProblem(Graph graph)
    {
        foreach (var (name, tensor) in graph.Leaves)
        {
            if (!Belongs(graph, tensor) || LeafNames.Of(tensor.Node.Operator) != name)
            {
                return $"{tensor} is not the leaf \"{DisplayName.Of(name)}\"";
            }
        }

        var stray = graph.Nodes.FirstOrDefault(n => LeafNames.Of(n.Operator) is { } name && !graph.Leaves.ContainsKey(name));
        return stray is null ? null : $"{stray} is not among the leaves";
    }

    private static string? OutputProblem(Graph graph)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in graph.Outputs)
        {
            if (!Belongs(graph, tensor) || !names.Add(name))
            {
                return $"the output \"{DisplayName.Of(name)}\" is not of this graph, or one of two";
            }
        }

        return null;
    }

    private static string? UpdateProblem(Graph graph)
    {
        var updated = new HashSet<Tensor>();
        foreach (var (variable, value) in graph.Updates)
        {
            if (!Belongs(graph, variable) || !Belongs(graph, value) || variable.Node.Operator is not VariableOp
                || variable.Type != value.Type || !updated.Add(variable))
            {
                return $"the update {variable} <- {value} is not one of a variable of this graph by a value of its type";
            }
        }

        return null;
    }

    private static string? NameProblem(Graph graph)
    {
        var logged = new HashSet<(string, Tensor)>();
        foreach (var (name, tensor) in graph.NameLog)
        {
            if (!Belongs(graph, tensor) || !tensor.Names.Contains(name) || !logged.Add((name, tensor)))
            {
                return $"the log of names has \"{DisplayName.Of(name)}\" for {tensor}, which does not bear it, or twice";
            }
        }

        var unlogged = graph.Nodes.SelectMany(static n => n.Results).FirstOrDefault(t => t.Names.Any(name => !logged.Contains((name, t))));
        return unlogged is null ? null : $"{unlogged} has a name that the log of names does not have";
    }

    private static bool Belongs(Graph graph, Tensor tensor) =>
        ReferenceEquals(tensor.Graph, graph) && tensor.Node.Id < graph.Nodes.Count && ReferenceEquals(graph.Nodes[tensor.Node.Id], tensor.Node)
        && ReferenceEquals(tensor.Node.Results[tensor.Index], tensor);
}
