using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using RoslynEmitOptions = Microsoft.CodeAnalysis.Emit.EmitOptions;

namespace GraphCompiler.Tests.Definitions;

/// <summary>An assembly of one file, compiled and loaded as tools do with graph files.</summary>
internal sealed class GraphAssembly : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("graphcompiler-");
    private readonly AssemblyLoadContext _context = new("graphs", isCollectible: true);

    /// <param name="source">The file.</param>
    /// <param name="lost">Source of a library that is there when the file is compiled, and not when it is loaded.</param>
    public GraphAssembly(string source, string lost = "")
    {
        const string Usings = "using System; using GraphCompiler; using GraphCompiler.Operators; using GraphCompiler.Runtime;\n#line 1\n";
        var text = SourceText.From(Usings + source, Encoding.UTF8);
        var known = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path)).ToArray();
        var library = CSharpCompilation
            .Create("Lost", [CSharpSyntaxTree.ParseText(lost)], known, new(OutputKind.DynamicallyLinkedLibrary));
        var path = Path.Combine(_folder.FullName, "Graphs.dll");
        using var image = new MemoryStream();
        var result = CSharpCompilation
            .Create("Graphs", [CSharpSyntaxTree.ParseText(text, path: "/app/Net.cs")], [.. known, library.ToMetadataReference()], new(OutputKind.DynamicallyLinkedLibrary))
            .Emit(image, options: new RoslynEmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Assert.That(result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error), Is.Empty);
        File.WriteAllBytes(path, image.ToArray());
        Loaded = _context.LoadFromAssemblyPath(path);
    }

    public Assembly Loaded { get; }

    public void Dispose()
    {
        _context.Unload();
        _folder.Delete(recursive: true);
    }
}
