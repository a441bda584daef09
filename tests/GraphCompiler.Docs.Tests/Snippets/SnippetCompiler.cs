using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

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

    /// <summary>Compiles a program; its errors and warnings, if any, are thrown with lines of the page.</summary>
    public static MethodInfo EntryPoint(string name, string source)
    {
        var tree = CSharpSyntaxTree.ParseText(
            SourceText.From(source, Encoding.UTF8), new CSharpParseOptions(LanguageVersion.Latest), path: name + ".cs");
        var compilation = CSharpCompilation.Create(
            name,
            [tree],
            References.Value,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        using var symbols = new MemoryStream(); // so that errors of the compiler name lines of the page
        var result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        var problems = result.Diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(Describe).ToArray();
        return problems.Length == 0
            ? Assembly.Load(image.ToArray(), symbols.ToArray()).EntryPoint!
            : throw new FormatException($"The snippets do not compile:\n{string.Join('\n', problems)}");
    }

    private static string Describe(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetMappedLineSpan();
        return $"{place.Path}:{place.StartLinePosition.Line + 1}: {diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
