using System.Globalization;
using System.Text;
using GraphCompiler.Diagnostics;

namespace GraphCompiler;

public sealed partial class Graph
{
    /// <summary>Prints the graph, one node a line, whatever the names: names, type, operator with attributes, inputs; then outputs and updates.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"graph {DisplayName.Of(Name)} ({_nodes.Count} nodes)\n");
        foreach (var node in _nodes)
        {
            var results = string.Join(", ", node.Results.Select(static r => $"{Label(r)}: {r.Type}"));
            var inputs = string.Join(", ", node.Inputs.Select(static i => i.Display));
            text.Append(CultureInfo.InvariantCulture, $"  {results} = {node.Operator}({inputs})\n");
        }

        foreach (var (name, tensor) in _outputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  output {DisplayName.Of(name)} = {tensor.Display}\n");
        }

        foreach (var (variable, value) in _updates)
        {
            text.Append(CultureInfo.InvariantCulture, $"  update {variable.Display} <- {value.Display}\n");
        }

        return text.ToString();
    }

    // The first name identifies; further ones (outputs, gradients) follow in brackets.
    private static string Label(Tensor tensor) =>
        tensor.Names.Count <= 1 ? tensor.Display : $"{tensor.Display} ({string.Join(", ", tensor.Names.Skip(1).Select(DisplayName.Of))})";
}
