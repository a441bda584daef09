using System.Globalization;
using System.Reflection;
using System.Text;
using GraphCompiler.Docs.Tests.Markdown;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using RoslynEmitOptions = Microsoft.CodeAnalysis.Emit.EmitOptions;

namespace GraphCompiler.Docs.Tests.Snippets;

/// <summary>Compiles programs of pages as a user's console project would: against the public interface alone.</summary>
internal static class SnippetCompiler
{
    private static readonly Lazy<MetadataReference[]> References = new(static () =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => File.Exists(path))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ]);

    private static readonly string FragmentUsings = string.Concat(
        ((string[])["", ".Diagnostics", ".Operators", ".Runtime", ".Runtime.State", ".Training"]).Select(static n => $"global using GraphCompiler{n};\n"));

    /// <summary>Compiles a program; its errors and warnings, if any, are thrown with lines of the page.</summary>
    public static MethodInfo EntryPoint(string name, string source)
    {
        var compilation = Compilation(name, source);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream(); // so that stack traces name lines of the page
        var result = compilation.Emit(image, symbols, options: new RoslynEmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        var problems = result.Diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(Describe).ToArray();
        return problems.Length == 0
            ? Assembly.Load(image.ToArray(), symbols.ToArray()).EntryPoint!
            : throw new FormatException($"The snippets do not compile:\n{string.Join('\n', problems)}");
    }

    /// <summary>Errors of a fragment, but for names that its context would declare.</summary>
    public static IEnumerable<string> ErrorsOfFragment(string path, Block block) =>
        Compilation("Fragment", FragmentUsings + PageProgram.Source(path, [block])).GetDiagnostics()
            .Where(static d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS0103")
            .Select(Describe);

    private static CSharpCompilation Compilation(string name, string source) => CSharpCompilation.Create(
        name,
        [CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), new CSharpParseOptions(LanguageVersion.Latest), path: name + ".cs")],
        References.Value,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    private static string Describe(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetMappedLineSpan();
        return $"{place.Path}:{place.StartLinePosition.Line + 1}: {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }
}
