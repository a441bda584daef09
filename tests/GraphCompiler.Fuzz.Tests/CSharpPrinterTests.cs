using System.Reflection;
using GraphCompiler.Fuzz.Drawing;
using GraphCompiler.Fuzz.Reports;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphCompiler.Fuzz.Tests;

/// <summary>What is printed of a failing graph is C# that rebuilds it.</summary>
public sealed class CSharpPrinterTests
{
    private const int Graphs = 16;

    [Test]
    public void Print_OfRandomGraphs_RebuildsThem()
    {
        var cases = Enumerable.Range(1, Graphs).Select(GraphGenerator.Draw).ToArray();
        var methods = cases.Select((c, i) => $"public static Graph G{i}()\n{{\n{CSharpPrinter.Print(c)}return graph;\n}}\n");
        var built = Compile($"{CSharpPrinter.Usings}public static class Printed\n{{\n{string.Concat(methods)}}}\n");
        for (var i = 0; i < Graphs; i++)
        {
            var expected = cases[i].Steps.Build(cases[i].Configuration.ReturnsEveryNode).Graph;
            var actual = (Graph)built.GetMethod($"G{i}")!.Invoke(null, null)!;
            Assert.That(actual.ToString(), Is.EqualTo(expected.ToString()));
            Assert.That(actual.Nodes.Select(static n => n.Operator), Is.EqualTo(expected.Nodes.Select(static n => n.Operator)));
        }
    }

    // In an assembly that the compiler lets see its internals, as a test would be.
    private static Type Compile(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "GraphCompiler.Tests", [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.That(result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error), Is.Empty);
        return Assembly.Load(image.ToArray()).GetType("Printed")!;
    }
}
