using System.Reflection;
using System.Text;
using GraphCompiler.Tool.Cli;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GraphCompiler.Tool.Loading;

/// <summary>Compiles C# files that declare graphs, in memory. They see what a new project sees: the usual usings, and the compiler.</summary>
internal static class GraphFileCompiler
{
    private const int ShownErrors = 10;

    private const string Usings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    /// <summary>Compiles and loads.</summary>
    /// <exception cref="UserError">They do not compile: the first errors, with file and line.</exception>
    public static Assembly Load(IReadOnlyList<string> files, IReadOnlyList<string> references, CancellationToken cancellation)
    {
        var image = Compile(files, references, cancellation);
        string[] folders = [.. references.Select(static r => Path.GetDirectoryName(r)!).Distinct()];
        var assembly = new AssemblyLoader(null, folders).LoadFromStream(new MemoryStream(image));
        InMemoryImages.Add(assembly, image);
        return assembly;
    }

    private static byte[] Compile(IReadOnlyList<string> files, IReadOnlyList<string> references, CancellationToken cancellation)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None);
        var trees = files.Distinct().Select(file => CSharpSyntaxTree.ParseText(Read(file), parse, file, cancellation))
            .Append(CSharpSyntaxTree.ParseText(Usings, parse, "Usings.g.cs", Encoding.UTF8, cancellation));
        var compilation = CSharpCompilation.Create(
            $"{Path.GetFileNameWithoutExtension(files[0])}.graphs",
            trees,
            References(references),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image, options: new Microsoft.CodeAnalysis.Emit.EmitOptions(debugInformationFormat: Microsoft.CodeAnalysis.Emit.DebugInformationFormat.Embedded), cancellationToken: cancellation);
        return result.Success ? image.ToArray() : throw DoesNotCompile(files[0], result.Diagnostics);
    }

    private static SourceText Read(string file)
    {
        using var stream = File.OpenRead(file);
        try
        {
            return SourceText.From(stream, Encoding.UTF8, SourceHashAlgorithm.Sha256, throwIfBinaryDetected: true);
        }
        catch (InvalidDataException e)
        {
            throw new UserError($"{file} is no text", e);
        }
    }

    // The framework of this program, the compiler, the runtime, and what is named.
    private static IEnumerable<MetadataReference> References(IReadOnlyList<string> references)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => IsFramework(Path.GetFileNameWithoutExtension(path)));
        foreach (var path in platform.Concat(references).DistinctBy(Path.GetFileName))
        {
            yield return MetadataReference.CreateFromFile(path);
        }
    }

    private static bool IsFramework(string name) => name is "GraphCompiler" or "GraphCompiler.Runtime" or "mscorlib" or "netstandard" or "System"
        || (name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("System.CommandLine", StringComparison.Ordinal));

    private static UserError DoesNotCompile(string file, IEnumerable<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).ToList();
        var lines = errors.Take(ShownErrors).Select(static d => $"  {d}");
        var rest = errors.Count > ShownErrors ? $"\n  and {errors.Count - ShownErrors} more" : "";
        return new UserError($"{Path.GetFileName(file)} does not compile:\n{string.Join('\n', lines)}{rest}");
    }
}
