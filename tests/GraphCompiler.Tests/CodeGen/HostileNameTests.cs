using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;
using GraphCompiler.Tests.EndToEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphCompiler.Tests.CodeGen;

/// <summary>Whatever a user calls things: the same program comes out, token for token but for the identifiers.</summary>
public sealed class HostileNameTests
{
    private static readonly string[] Hostile =
    [
        "\"", "'", "\n", "\r", "\r\n", "*/", "/*", "//", "///", "a\nSystem.Environment.Exit(1);//", "*/ } static int x = 1; /*", "\u2028", "\u2029", "\u0085", "\u000b", "\0", "\ud800",
        "\\u000aint x;", "@", "$\"{1}\"", "#error", "\n#if false\n", "x;y", "1x", "_", "__arglist", "π", "𝒙", "\u202e", "\ufeff", " ", "   ", "-", "/", "//a//",
        "w", "Worker", "System", "Vector256", "Vec256", "Tile256", "Tile512", "Unsafe", "Run", "Math", "Partition", "Scalar", "GraphCompiler", "v", "v2", "from", "to", "i", "j", "k", "c", "r",
        "tile", "left", "rows", "columns", "block", "isFirst", "begin", "end", "Main", "Generated", "ToString", "Equals", "GetType", "Finalize", "MethodImpl", "nint", "value", "global",
        new('x', 10_000), new('\n', 10_000),
    ];

    private static IEnumerable<string> Names => Hostile.Concat(Enum.GetValues<SyntaxKind>().Where(static k => SyntaxFacts.IsKeywordKind(k) || SyntaxFacts.IsContextualKeyword(k))
        .Select(SyntaxFacts.GetText).Where(static t => t.Length > 0).Distinct());

    [Test]
    public void Source_WithHostileNames_HasTheTokensOfPlainNames()
    {
        var expected = Tokens(Model(static n => $"name{n}"));
        foreach (var name in Names)
        {
            Assert.That(Tokens(Model(n => n == 0 ? name : $"{name}{n}")), Is.EqualTo(expected), DisplayOf(name));
            Assert.That(Tokens(Model(n => $"{new string('.', n)}{name}")), Is.EqualTo(expected), $"names that differ in what an identifier cannot have: {DisplayOf(name)}");
        }
    }

    [TestCase("*/ } static int x = 1; /*")]
    [TestCase("a\nSystem.Environment.Exit(1);//")]
    [TestCase("\u2028 return;")]
    [TestCase("System")]
    [TestCase("w")]
    [TestCase("Vector256")]
    [TestCase("class")]
    public void Run_WithHostileNames_GivesTheSameResult(string name)
    {
        Assert.That(Result(Model(n => $"{new string('.', n)}{name}"), name), Is.EqualTo(Result(Model(static n => $"{new string('.', n)}plain"), "plain")));
    }

    private static float[] Result(Graph graph, string name)
    {
        using var compiled = graph.Compile(Steps.Options);
        using var execution = compiled.CreateExecution();
        execution.Feed<float>($".{name}/..{name}", Steps.Range(3 * 7));
        execution.Feed<float>($".{name}/........{name}", Steps.Range(7));
        execution.Run();
        return execution.Read<float>($".{name}/......{name}");
    }

    // The name of a graph, a symbol, a scope, an input, a parameter, a value between, an output.
    private static Graph Model(Func<int, string> name)
    {
        var graph = new Graph(name(0));
        using var scope = graph.Scope(name(1));
        var x = graph.Input(name(2), [Dim.Symbol(name(3), 16), 7]);
        var w = graph.Parameter(name(4), [7, 9], Init.Constant(0.5));
        var h = x.MatMul(w).Tanh().Named(name(5));
        graph.Output(name(6), h.Softmax());
        graph.Update(w, w - (h.Sum([0]) * graph.State(name(7), Runtime.DType.Float32, [9], Init.Zeros)));
        graph.Output(name(9), graph.Input(name(8), [7]) * 2 + 1);
        return graph;
    }

    // Kinds of all tokens, identifiers as they come: a contextual keyword as a name would show as another kind.
    private static List<SyntaxKind> Tokens(Graph graph)
    {
        var root = CSharpSyntaxTree.ParseText(Pipeline.Generate(graph, Steps.Options, default).Source).GetRoot();
        Assert.That(root.GetDiagnostics(), Is.Empty);
        var unusual = root.DescendantTrivia().Where(static t => t.IsDirective || t.IsKind(SyntaxKind.DisabledTextTrivia) || t.IsKind(SyntaxKind.SkippedTokensTrivia));
        Assert.That(unusual.Select(static t => t.ToString().Trim()), Is.EqualTo(new[] { "#pragma warning disable" }), "the header's own directive alone");
        return [.. root.DescendantTokens().Select(static t => t.Kind())];
    }

    private static string DisplayOf(string name) => Diagnostics.DisplayName.Of(name);
}
