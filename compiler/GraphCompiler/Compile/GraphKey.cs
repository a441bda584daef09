using System.Security.Cryptography;
using GraphCompiler.Operators;

namespace GraphCompiler.Compile;

/// <summary>
/// The content hash of a graph and of the options that generated code depends on: what the disk cache is asked with
/// before anything is optimised, scheduled or written down.
/// </summary>
/// <remarks>
/// The whole graph counts, in the order of declaration, with all names: order decides what is computed where, names are
/// in the source. Dead nodes count too; that costs a compilation where they change, never a wrong program. Where nodes
/// were declared (file, line) and what variables start with are in no program.
/// </remarks>
internal static class GraphKey
{
    /// <summary>64 hexadecimal digits.</summary>
    public static string Of(Graph graph, CompileOptions options)
    {
        using var content = new MemoryStream();
        using var output = new BinaryWriter(content);
        foreach (var part in CacheKey.Environment(options.Target.Resolve()))
        {
            output.Write(part);
        }

        Write(options, graph, output);
        Write(graph, output);
        output.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }

    private static void Write(CompileOptions options, Graph graph, BinaryWriter output)
    {
        output.Write(options.Updates);
        output.Write(options.Optimize);
        output.Write(options.CheckNumerics);
        output.Write(options.Namespace);
        new AttributeWriter(output).Write(options.Split);
        output.Write(options.DisabledRules.Count);
        foreach (var rule in options.DisabledRules.Order(StringComparer.Ordinal))
        {
            output.Write(rule);
        }

        var some = options.Outputs?.ToHashSet();
        output.Write(graph.Outputs.Count);
        foreach (var (name, tensor) in graph.Outputs)
        {
            output.Write(name);
            Write(tensor, output);
            output.Write(some?.Contains(tensor) ?? true);
        }
    }

    private static void Write(Graph graph, BinaryWriter output)
    {
        output.Write(graph.Name);
        output.Write(graph.Nodes.Count);
        var attributes = new AttributeWriter(output);
        var operators = new Dictionary<Operator, int>();
        foreach (var node in graph.Nodes)
        {
            // Equal operators are written once; a number that is new says that the operator follows.
            var isNew = operators.TryAdd(node.Operator, operators.Count);
            output.Write(operators[node.Operator]);
            if (isNew)
            {
                attributes.Write(node.Operator);
            }

            output.Write(node.Inputs.Length);
            foreach (var input in node.Inputs)
            {
                Write(input, output);
            }
        }

        output.Write(graph.Updates.Count);
        foreach (var (variable, value) in graph.Updates)
        {
            Write(variable, output);
            Write(value, output);
        }

        output.Write(graph.NameLog.Count);
        foreach (var (name, tensor) in graph.NameLog)
        {
            output.Write(name);
            Write(tensor, output);
        }
    }

    private static void Write(Tensor tensor, BinaryWriter output)
    {
        output.Write(tensor.Node.Id);
        output.Write(tensor.Index);
    }
}
