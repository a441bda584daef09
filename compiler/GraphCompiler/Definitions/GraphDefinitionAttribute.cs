// The types that users meet in this folder are in the root namespace, so that one using directive brings them all.
namespace GraphCompiler;

/// <summary>
/// Marks a method that declares a graph, for tools that generate code from it: <c>static void Name(Graph graph)</c>, of any
/// accessibility. It is given an empty graph and adds inputs, outputs, gradients, updates.
/// </summary>
/// <remarks>
/// The method is run whenever code is generated. It should depend on nothing but the source: not on the time, the
/// machine, the environment.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class GraphDefinitionAttribute : Attribute
{
    /// <summary>The graph's name, any text; null: the method's name.</summary>
    public string? Name { get; set; }

    /// <summary>The generated class, a C# identifier; null: the graph's name, with what an identifier may not have left out.</summary>
    public string? ClassName { get; set; }

    /// <summary>The namespace of the generated class, empty for none; null: that of the class that the method is in.</summary>
    public string? Namespace { get; set; }

    /// <summary>Who sees the generated class.</summary>
    public EmitVisibility Visibility { get; set; }

    /// <summary>The instruction sets that kernels are generated for; null: all.</summary>
    public KernelTarget[]? Targets { get; set; }
}
