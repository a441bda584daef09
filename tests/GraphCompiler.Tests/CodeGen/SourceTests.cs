using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;
using GraphCompiler.Tests.EndToEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GraphCompiler.Tests.CodeGen;

/// <summary>What stands in generated source: loops and arithmetic, calls into the runtime's arithmetic, nothing else.</summary>
public sealed class SourceTests
{
    /// <summary>Classes whose methods generated code calls.</summary>
    private static readonly HashSet<string> Callees =
    [
        "w", "Unsafe", "Math", "MathF", "Partition", "Scalar", "Vector512", "Vector256", "Vector128", "Vec512", "Vec256", "Vec128",
        "CallScalar", "Call512", "Call256", "Call128", "Tile512", "Tile256", "Tile128", "Tail",
    ];

    [TestCase(KernelTarget.Avx512)]
    [TestCase(KernelTarget.Avx2)]
    [TestCase(KernelTarget.Portable)]
    public void Source_OfSixGraphs_CallsArithmeticOnly(KernelTarget target)
    {
        foreach (var graph in NamedGraphs.All)
        {
            var source = Generate(graph, target);
            var root = CSharpSyntaxTree.ParseText(source).GetCompilationUnitRoot();
            var own = root.DescendantNodes().OfType<MethodDeclarationSyntax>().Select(static m => m.Identifier.Text).ToHashSet();
            foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                var isKnown = call.Expression switch
                {
                    IdentifierNameSyntax name => own.Contains(name.Identifier.Text),
                    MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } => Callees.Contains(name.Identifier.Text) || IsRegisterCast(call),
                    MemberAccessExpressionSyntax => IsRegisterCast(call),
                    _ => false,
                };
                Assert.That(isKnown, $"{graph.Name}: {call}");
            }

            Assert.That(root.DescendantNodes().OfType<ForStatementSyntax>().Any(), Is.EqualTo(graph.Name != "logistic"), graph.Name);
            Assert.That(root.DescendantTokens().Any(static t => t.IsKind(SyntaxKind.UnsafeKeyword)), Is.False);
            Assert.That(root.GetDiagnostics(), Is.Empty);
            Assert.That(source, Does.Not.Contain('\r'));
        }
    }

    [Test]
    public void Source_OfTheSameGraph_IsTheSameBytes()
    {
        foreach (var (first, second) in NamedGraphs.All.Zip(NamedGraphs.All))
        {
            Assert.That(Generate(first, KernelTarget.Avx2), Is.EqualTo(Generate(second, KernelTarget.Avx2)));
        }
    }

    [TestCase(5)]
    [TestCase(20)]
    [TestCase(80)]
    public void Source_OfAnUnrolledLoop_SharesMethods(int steps)
    {
        var graph = new Graph();
        var batch = Dim.Symbol("batch", 16);
        var w = graph.Parameter("w", [24, 24], Init.Glorot(seed: 1));
        var h = graph.Input("h", [batch, 24]);
        for (var i = 0; i < steps; i++)
        {
            h = (h.MatMul(w) + graph.Input($"x{i}", [batch, 24])).Tanh();
        }

        graph.Output("y", h);
        var program = Pipeline.Generate(graph, Steps.Options, default);
        Assert.That(program.KernelCount, Is.EqualTo(steps));
        Assert.That(program.KernelMethodCount, Is.EqualTo(1));
    }

    // x.AsInt32() and the like: a register under another type.
    private static bool IsRegisterCast(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax member
        && member.Name.Identifier.Text is "AsInt32" or "AsInt64" or "AsSingle" or "AsDouble" or "StoreUnsafe";

    private static string Generate(Graph graph, KernelTarget target) => Pipeline.Generate(graph, Steps.Options with { Target = target }, default).Source;
}
