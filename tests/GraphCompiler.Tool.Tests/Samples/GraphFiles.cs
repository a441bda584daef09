namespace GraphCompiler.Tool.Tests.Samples;

/// <summary>Graph files as users write them.</summary>
internal static class GraphFiles
{
    /// <summary>A linear model; its operators <c>+</c> and <c>*</c> have no caller info, and stand on lines 9 and 10.</summary>
    public const string Line = """
        using GraphCompiler;
        using GraphCompiler.Operators;

        internal static class Graphs
        {
            [GraphDefinition]
            private static void Line(Graph graph)
            {
                var product = graph.Input("x", [100]) * graph.Input("slope", Shape.Scalar);
                var y = product + graph.Input("offset", Shape.Scalar);
                graph.Output("y", y.Tanh());
            }
        }
        """;

    /// <summary>A shape error on line 8.</summary>
    public const string Mismatch = """
        using GraphCompiler;
        using GraphCompiler.Operators;

        static class Graphs
        {
            [GraphDefinition]
            static void Wrong(Graph graph) =>
                graph.Output("y", graph.Input("x", [2, 3]).MatMul(graph.Input("w", [4, 5])));
        }
        """;

    /// <summary>A definition that does not come back.</summary>
    public const string Endless = """
        using GraphCompiler;

        static class Graphs
        {
            [GraphDefinition]
            static void Endless(Graph graph) { System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite); }
        }
        """;
}
