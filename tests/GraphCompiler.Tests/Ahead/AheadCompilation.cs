using System.Reflection;
using System.Runtime.Loader;
using GraphCompiler.Compile;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphCompiler.Tests.Ahead;

/// <summary>Compiles generated text as a project of somebody else's would, with settings that forgive nothing.</summary>
internal static class AheadCompilation
{
    private static readonly Lazy<MetadataReference[]> References = new(static () =>
    [
        .. MetadataReferences.OfRuntime(),
        MetadataReference.CreateFromFile(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(Assembly.Load("System.Runtime").Location),
        MetadataReference.CreateFromFile(Assembly.Load("netstandard").Location),
    ]);

    /// <summary>No unsafe code, overflow checks, every warning of every level an error, documentation read, C# 9.</summary>
    public static CSharpCompilation Of(LanguageVersion language, params IEnumerable<string> sources)
    {
        var parse = new CSharpParseOptions(language, DocumentationMode.Diagnose);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            checkOverflow: true,
            allowUnsafe: false,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            deterministic: true,
            nullableContextOptions: NullableContextOptions.Disable);
        var trees = sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, parse, $"{i}.g.cs"));
        return CSharpCompilation.Create($"Ahead{Guid.NewGuid():N}", trees, References.Value, options);
    }

    /// <summary>The assembly, loaded; fails where anything at all is reported.</summary>
    public static Assembly Load(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.That(result.Diagnostics.Where(static each => each.Severity >= DiagnosticSeverity.Warning).Take(10), Is.Empty);
        image.Position = 0;
        return new Context().LoadFromStream(image);
    }

    /// <summary>The assembly of generated sources alone.</summary>
    public static Assembly Load(params IEnumerable<EmittedSource> sources) =>
        Load(Of(LanguageVersion.CSharp9, sources.Select(static source => source.Text)));

    private sealed class Context() : AssemblyLoadContext("ahead", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var runtime = typeof(Runtime.Worker).Assembly;
            return assemblyName.Name == runtime.GetName().Name ? runtime : null;
        }
    }
}
