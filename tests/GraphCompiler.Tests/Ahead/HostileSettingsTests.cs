using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using GraphCompiler.CodeGen;
using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;
using GraphCompiler.Tests.EndToEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GraphCompiler.Tests.Ahead;

/// <summary>Whatever a project's settings are, and whatever else is in it, generated code compiles to the same code.</summary>
public sealed class HostileSettingsTests
{
    /// <summary>Every simple name that generated code says, and the namespaces that it names in full.</summary>
    private static readonly string[] Shadows =
    [
        "System", "GraphCompiler", "Runtime", "Generated", "State", "Vectors", "Tiles", "Threading", "Span", "ReadOnlySpan", "IDisposable", "MethodImplAttribute",
        "CompiledProgram", "DType", "ProgramBuilder", "Init", "Execution", "Companion", "Input", "Output", "Variables", "TrainProgram", "RunProgram", "Avx2Train", "Tables",
        .. KnownTypes.All.Select(KnownTypes.SimpleName),
    ];

    private static readonly Lazy<string> Text = new(static () =>
        GraphSource.Emit(Model(), new EmitOptions { Namespace = "App.Graphs", ClassName = "Net" }).Text);

    [Test]
    public void Text_NoUnsafeOverflowChecksWarningsAsErrorsCSharp9_CompilesToTheSameInstructions()
    {
        var unforgiving = AheadCompilation.Of(LanguageVersion.CSharp9, Text.Value);
        var plain = unforgiving.WithOptions(unforgiving.Options.WithOverflowChecks(false));
        var (with, without) = (Code(AheadCompilation.Load(unforgiving)), Code(AheadCompilation.Load(plain)));
        Assert.That(with, Has.Count.GreaterThan(40));
        Assert.That(with.Where(method => !without[method.Key].SequenceEqual(method.Value)).Select(static method => method.Key), Is.Empty);
    }

    [Test]
    public void Text_UsersTypesInTheSameNamespaceAndAround_Compiles()
    {
        var types = string.Concat(Shadows.Select(static name => $"internal static class {name} {{ }}\n"));
        // In the global namespace, a type System or GraphCompiler would hide the namespace from everybody.
        var global = string.Concat(Shadows.Except(["System", "GraphCompiler"]).Select(static name => $"internal static class {name} {{ }}\n"));
        var users = $"{global}namespace App {{ {types} namespace Graphs {{ {types} }} }}";
        AheadCompilation.Load(AheadCompilation.Of(LanguageVersion.CSharp9, Text.Value, "#pragma warning disable\n" + users));
    }

    [Test]
    public void Text_GlobalUsingsThatMeanOtherThings_Compiles()
    {
        var aliases = Shadows.Except(["System", "GraphCompiler"]).Select(static name => $"global using {name} = global::System.Text.StringBuilder;\n");
        var users = $"#pragma warning disable\n{string.Concat(aliases)}global using System.Linq;\nglobal using static System.Math;\n";
        AheadCompilation.Load(AheadCompilation.Of(LanguageVersion.CSharp10, Text.Value, users));
    }

    [Test]
    public void Text_LatestLanguage_Compiles() => AheadCompilation.Load(AheadCompilation.Of(LanguageVersion.Preview, Text.Value));

    [Test]
    public void Text_NullableEnabledInternal_HasNoPublicType()
    {
        var source = GraphSource.Emit(new Graph("empty"), new EmitOptions { ClassName = "Net", Visibility = EmitVisibility.Internal });
        var compilation = AheadCompilation.Of(LanguageVersion.CSharp9, source.Text);
        var nullable = compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Enable));
        Assert.That(AheadCompilation.Load(nullable).GetExportedTypes(), Is.Empty);
    }

    // The comment that says "generated" is believed, or not: a setting says here that it is not to be.
    [Test]
    public async Task Text_EveryAnalyzerOfTheSdkAsAnError_ReportsNothing()
    {
        var analyzers = SdkAnalyzers();
        if (analyzers.IsEmpty)
        {
            Assert.Ignore("the SDK's analyzers are not beside this runtime");
        }

        var all = analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics).Select(static rule => rule.Id).Distinct()
            .ToImmutableDictionary(static id => id, static _ => ReportDiagnostic.Error);
        // A file of the user's that no analyzer likes shows that they are at work.
        var compilation = AheadCompilation.Of(LanguageVersion.Latest, Text.Value, "public class bad_name { public int Field; }");
        var strict = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(all));
        var settings = new AnalyzerOptions([], new Settings());
        var found = await strict.WithAnalyzers(analyzers, settings).GetAnalyzerDiagnosticsAsync();
        TestContext.Out.WriteLine($"{analyzers.Length} analyzers, {found.Length} reports: {string.Join(", ", found.Take(5))}");
        var inFiles = found.Where(static each => each.Location.IsInSource && !each.IsSuppressed).ToLookup(static each => each.Location.SourceTree!.FilePath);
        Assert.That(inFiles["1.g.cs"].Count(), Is.GreaterThan(2));
        Assert.That(inFiles["0.g.cs"].Take(5), Is.Empty);
    }

    [Test]
    public void Text_WrongNameOfAnInput_DoesNotCompile()
    {
        const string User = "class User { void M(App.Graphs.Net net) { net.X[0] = 1; net.Y[0] = 1; } }";
        var errors = AheadCompilation.Of(LanguageVersion.CSharp9, Text.Value, User).GetDiagnostics()
            .Where(static each => each.Severity == DiagnosticSeverity.Error).ToArray();
        Assert.That(errors.Select(static each => each.Id), Is.EqualTo(new[] { "CS1061" }));
        Assert.That(errors[0].GetMessage(), Does.Contain("'Y'"));
    }

    // Something of everything: tiles, packing, vector math, rows, lanes of integers that wrap, flat code, an update.
    private static Graph Model()
    {
        var graph = new Graph("model");
        var batch = Dim.Symbol("batch", 64);
        var (x, labels) = (graph.Input("x", [batch, 9]), graph.Input("labels", Runtime.DType.Int32, [batch]));
        var w = graph.Parameter("w", [9, 40], Init.Glorot(seed: 1));
        var logits = x.MatMul(w).Tanh();
        var loss = graph.Output("loss", logits.CrossEntropy(labels).Mean());
        graph.Update(w, w - (0.1 * graph.Gradients(loss, w)[0]));
        var (a, b) = (graph.Input("a", Runtime.DType.Int32, [37]), graph.Input("b", Runtime.DType.Int32, Shape.Scalar));
        graph.Output("sums", ((a * a) + b) - (a * 3));
        graph.Output("one", (b * b) + b);
        graph.Output("picked", graph.Parameter("table", [5, 4], Init.Values(Steps.Range(20))).Gather(a));
        graph.Output("mean", graph.Input("d", Runtime.DType.Float64, [37]).Exp().Mean());
        return graph;
    }

    private static Dictionary<string, byte[]> Code(Assembly assembly)
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return assembly.GetTypes().SelectMany(static type => type.GetMethods(All)).Where(static method => method.GetMethodBody() is not null)
            .ToDictionary(static method => $"{method.DeclaringType!.FullName}.{method.Name}", static method => method.GetMethodBody()!.GetILAsByteArray()!, StringComparer.Ordinal);
    }

    private static ImmutableArray<DiagnosticAnalyzer> SdkAnalyzers()
    {
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.0/ and …/dotnet/sdk/10.0.100/Sdks/…
        var root = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        string[] files = Directory.Exists(Path.Combine(root, "sdk"))
            ?
            [
                .. Directory.GetFiles(Path.Combine(root, "sdk"), "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll", SearchOption.AllDirectories),
                .. Directory.GetFiles(Path.Combine(root, "sdk"), "Microsoft.CodeAnalysis.CSharp.CodeStyle.dll", SearchOption.AllDirectories),
            ]
            : [];
        return
        [
            .. from file in files.GroupBy(Path.GetFileName).Select(static same => same.Order(StringComparer.Ordinal).Last())
               from sibling in new[] { file, file.Replace(".CSharp.", ".", StringComparison.Ordinal) }
               from type in TypesOf(Assembly.LoadFrom(sibling))
               where !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type)
                   && (type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) ?? false)
               select (DiagnosticAnalyzer)Activator.CreateInstance(type)!,
        ];
    }

    // Some are for editors, and need libraries of theirs.
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    /// <summary>No file is generated, whatever it says.</summary>
    private sealed class Settings : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new NotGenerated();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class NotGenerated : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == "generated_code" ? "false" : null;
            return value is not null;
        }
    }
}
