using System.Runtime.CompilerServices;
using System.Text;
using GraphCompiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using RoslynEmitOptions = Microsoft.CodeAnalysis.Emit.EmitOptions;

namespace GraphCompiler.Compile;

/// <summary>
/// Turns generated C# into an assembly. The only class that knows Roslyn, which is loaded when this is first called.
/// </summary>
internal static class RoslynCompiler
{
    // A call of each kind that generated code has, so that the compiler's own code for it is ready.
    private const string WarmUpSource = """
        using System;
        using System.Runtime.CompilerServices;
        using System.Runtime.Intrinsics;
        using GraphCompiler.Runtime;
        namespace GraphCompiler.Generated;
        public static class WarmUp
        {
            public static void Run(in Worker w)
            {
                Kernel(w, a: 0, b: 1);
            }
            private static void Kernel(in Worker w, int a, int b)
            {
                ref float x = ref w.Float32(a);
                ref float y = ref w.Float32(b);
                for (nint i = 0; i + 8 <= 64; i += 8)
                {
                    var sum = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, i)) * Vector256.Create(2f);
                    sum.StoreUnsafe(ref Unsafe.Add(ref y, i));
                }
            }
        }
        """;

    private static int _compilationCount;
    private static int _isWarm;

    /// <summary>Compilations of this process so far.</summary>
    public static int CompilationCount => Volatile.Read(ref _compilationCount);

    /// <summary>Compiles one file.</summary>
    /// <inheritdoc cref="Compile(string, IReadOnlyList{string}, bool, DebugOptions, CancellationToken)"/>
    public static CompiledAssembly Compile(
        string name, string source, bool isDebuggable, DebugOptions debug, CancellationToken cancellation) =>
        Compile(name, [source], isDebuggable, debug, cancellation);

    /// <summary>Compiles files into one assembly.</summary>
    /// <param name="name">
    /// Of the assembly; <c>.g.cs</c> is appended for a file's name in stack traces and debuggers, after a number where
    /// there are several.
    /// </param>
    /// <param name="sources">The files.</param>
    /// <param name="isDebuggable">Whether to leave the code unoptimised.</param>
    /// <param name="debug">Where to leave source that does not compile.</param>
    /// <param name="cancellation">Ends the compilation.</param>
    /// <exception cref="InternalCompilerException">The source does not compile.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CompiledAssembly Compile(
        string name,
        IReadOnlyList<string> sources,
        bool isDebuggable,
        DebugOptions debug,
        CancellationToken cancellation)
    {
        Interlocked.Increment(ref _compilationCount);
        _isWarm = 1;
        return Emit(name, sources, isDebuggable, debug, cancellation);
    }

    /// <summary>
    /// Begins, once for a process and on another thread, what the first compilation would otherwise do first: loading
    /// the compiler and the metadata of what is referred to, and making machine code of it.
    /// </summary>
    public static void WarmUp()
    {
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref _isWarm, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static _ => EmitTrial(), null);
        }
    }

    private static void EmitTrial()
    {
        try
        {
            Emit("WarmUp", [WarmUpSource], isDebuggable: false, new DebugOptions(), CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it is, the compilation that matters meets it too, and says so where somebody listens.
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CompiledAssembly Emit(
        string name,
        IReadOnlyList<string> sources,
        bool isDebuggable,
        DebugOptions debug,
        CancellationToken cancellation)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None);
        var files = sources.Select((source, i) => (
            Path: sources.Count == 1 ? $"{name}.g.cs" : $"{name}.{i}.g.cs",
            Text: SourceText.From(source, new UTF8Encoding(false), SourceHashAlgorithm.Sha256))).ToArray();
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, parse, file.Path, cancellation));
        var compilation = CSharpCompilation.Create(name, trees, References.Value, Options(isDebuggable));
        var format = new RoslynEmitOptions(
            debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: name + ".pdb");
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(
            image,
            symbols,
            options: format,
            embeddedTexts: files.Select(static file => EmbeddedText.FromSource(file.Path, file.Text)),
            cancellationToken: cancellation);
        return result.Success
            ? new CompiledAssembly(image.ToArray(), symbols.ToArray())
            : throw DoesNotCompile(files, result.Diagnostics, debug);
    }

    private static CSharpCompilationOptions Options(bool isDebuggable) => new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: isDebuggable ? OptimizationLevel.Debug : OptimizationLevel.Release,
        checkOverflow: false,
        allowUnsafe: false,
        deterministic: true,
        nullableContextOptions: NullableContextOptions.Disable);

    // Of the first file that has errors.
    private static InternalCompilerException DoesNotCompile(
        (string Path, SourceText Text)[] files, IEnumerable<Diagnostic> diagnostics, DebugOptions debug)
    {
        const int Shown = 5;
        var wrong = diagnostics.Where(static each => each.Severity == DiagnosticSeverity.Error)
            .ToLookup(static each => each.Location.SourceTree?.FilePath);
        var file = files.FirstOrDefault(file => wrong.Contains(file.Path), files[0]);
        var (path, source) = (file.Path, file.Text.ToString());
        var errors = wrong[wrong.Contains(path) ? path : null]
            .OrderBy(static each => each.Location.SourceSpan.Start)
            .Take(Shown)
            .Select(static each => each.ToString());
        return new InternalCompilerException(
            "Compile",
            $"the generated source does not compile: {string.Join("; ", errors)}. " +
            $"It is in {RejectedSource.Save(path, source, debug)}",
            source);
    }

    /// <summary>Read once for a process, when the first compilation needs them.</summary>
    private static class References
    {
        public static readonly MetadataReference[] Value = MetadataReferences.OfRuntime();

        // Compilations share what they read of the metadata as long as somebody holds it. Without this, most would begin
        // anew, which takes as long as all the rest of a small one.
        public static readonly IAssemblySymbol Kept = CSharpCompilation.Create("References", references: Value).Assembly;
    }
}
