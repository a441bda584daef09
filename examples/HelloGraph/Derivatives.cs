using GraphCompiler;

namespace HelloGraph;

/// <summary>Asks for derivatives: the graph grows by its own backward pass.</summary>
internal static class Derivatives
{
    /// <summary>Makes ∂f/∂v an output called <c>df_dv</c> for each v.</summary>
    public static void AddTo(Graph graph, Tensor f, params ReadOnlySpan<Tensor> variables)
    {
        var gradients = graph.Gradients(f, variables);
        for (var i = 0; i < variables.Length; i++)
        {
            graph.Output($"df_d{variables[i].Name}", gradients[i]);
        }
    }
}
