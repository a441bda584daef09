using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using GraphCompiler.Compile;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Compile;

[NonParallelizable]
public sealed class RoslynCompilerTests
{
    private const string Source = "public static class C { public static int F(int x) => x + 1; }";

    [Test]
    public void Compile_SameSourceTwice_SameBytes()
    {
        var (one, two) = (Compile(Source), Compile(Source));
        Assert.That(two.Image, Is.EqualTo(one.Image));
        Assert.That(two.Symbols, Is.EqualTo(one.Symbols));
    }

    [Test]
    public void Compile_AnySource_EmbedsItInTheSymbols()
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Compile(Source).Symbols));
        var reader = provider.GetMetadataReader();
        var document = reader.Documents.Single();
        Assert.That(reader.GetString(reader.GetDocument(document).Name), Is.EqualTo("C.g.cs"));
        var embedded = new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
        var kinds = reader.GetCustomDebugInformation(document)
            .Select(each => reader.GetGuid(reader.GetCustomDebugInformation(each).Kind));
        Assert.That(kinds, Does.Contain(embedded));
    }

    [Test]
    public void Compile_UnsafeCode_IsRefused() => Assert.That(
        () => Compile("public static class C { public static unsafe void F(int* p) => *p = 1; }"),
        Throws.TypeOf<InternalCompilerException>().With.Message.Contains("CS0227"));

    [Test]
    public void Compile_SourceThatDoesNotCompile_LeavesItInAFile()
    {
        var directory = Directory.CreateTempSubdirectory("rejected-").FullName;
        try
        {
            var debug = new DebugOptions(dumpDirectory: directory);
            var error = Assert.Throws<InternalCompilerException>(
                () => RoslynCompiler.Compile("C", "class C { int }", false, debug, CancellationToken.None))!;
            Assert.That(error.Message, Does.Contain("CS1519").And.Contain(Path.Combine(directory, "C.g.cs")));
            Assert.That(error.Dump, Is.EqualTo("class C { int }"));
            Assert.That(File.ReadAllText(Path.Combine(directory, "C.g.cs")), Is.EqualTo("class C { int }"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Test]
    public void Compile_Cancelled_ThrowsAndKeepsNothing()
    {
        var directory = Directory.CreateTempSubdirectory("cancelled-").FullName;
        try
        {
            using var source = new CancellationTokenSource();
            var (graph, program) = HandWritten.Double(HandWritten.UniqueComment());
            var options = new CompileOptions { CacheDirectory = directory };
            Assert.That(
                () => GraphCompilation.Run(
                    graph,
                    options,
                    (_, _, _) =>
                    {
                        source.Cancel();
                        return program;
                    },
                    source.Token),
                Throws.InstanceOf<OperationCanceledException>());
            Assert.That(
                () => (graph, program).Compile(options, source.Token),
                Throws.InstanceOf<OperationCanceledException>());
            Assert.That(Directory.GetFiles(directory), Is.Empty);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Compile_Debuggable_DecidesAboutOptimisation(bool isDebuggable)
    {
        using var compiled = HandWritten.Double().Compile(HandWritten.NoCache with { Debuggable = isDebuggable });
        var attribute = compiled.Module!.LoadContext.Assemblies.Single()
            .GetCustomAttributes(typeof(DebuggableAttribute), false).Cast<DebuggableAttribute>().Single();
        Assert.That(attribute.IsJITOptimizerDisabled, Is.EqualTo(isDebuggable));
    }

    [Test]
    public void References_FromMemory_DoAsWellAsFiles()
    {
        var reference = MetadataReferences.Of(typeof(Worker).Assembly, fromMemory: true);
        var compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("C", references: [reference]);
        Assert.That(compilation.GetTypeByMetadataName(typeof(Worker).FullName!), Is.Not.Null);
    }

    [Test]
    public void Load_SourceWithoutEntry_SaysSo()
    {
        var assembly = Compile(Source);
        foreach (var name in new[] { "C", "D" })
        {
            Assert.That(
                () => KernelModule.Load("C", assembly, name),
                Throws.TypeOf<InternalCompilerException>().With.Message.Contains($"{name}.Run"));
        }
    }

    [Test]
    public void Image_OfAnySource_RefersToTheRuntimeAtMost()
    {
        using var image = new PEReader(new MemoryStream(Compile(HandWritten.Double().Program.Source).Image));
        var reader = image.GetMetadataReader();
        var names = reader.AssemblyReferences.Select(each => reader.GetString(reader.GetAssemblyReference(each).Name));
        Assert.That(names, Is.SubsetOf(new[] { "System.Private.CoreLib", "System.Runtime", "GraphCompiler.Runtime" }));
    }

    private static CompiledAssembly Compile(string source) =>
        RoslynCompiler.Compile("C", source, isDebuggable: false, new DebugOptions(), CancellationToken.None);
}
