using System.Diagnostics;
using GraphCompiler.Compile;

namespace GraphCompiler.Tests.Compile;

[NonParallelizable]
public sealed class KernelCacheTests
{
    private string _directory = "";

    private string[] Files => Directory.GetFiles(_directory);

    private CompileOptions Options => new() { CacheDirectory = _directory };

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("kernel-cache-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Compile_SecondTime_NeedsNoCompilation()
    {
        var program = HandWritten.Double(HandWritten.UniqueComment());
        Assert.That(Compile(program), Is.EqualTo((false, 1)));
        Assert.That(Compile(program), Is.EqualTo((true, 0)));
        Assert.That(Files, Has.Length.EqualTo(1));
    }

    [Test]
    public void Compile_SameGraphDeclaredTwice_IsOneEntry()
    {
        foreach (var isCached in new[] { false, true })
        {
            var graph = new Graph("twice");
            var x = graph.Input("x", [Dim.Symbol("n", 100)]);
            graph.Output("y", x * x + 1f);
            using var compiled = graph.Compile(Options);
            using var execution = compiled.CreateExecution();
            float[] values = [1, 2, 3];
            execution.Feed("x", values);
            execution.Poison();
            execution.Run();
            Assert.That(execution.Read<float>("y"), Is.EqualTo(new float[] { 2, 5, 10 }));
            Assert.That(compiled.WasCached, Is.EqualTo(isCached));
        }
    }

    [Test]
    public void Compile_AnythingElse_IsAnotherEntry()
    {
        var comment = HandWritten.UniqueComment();
        Assert.That(Compile(HandWritten.Double(comment)), Is.EqualTo((false, 1)));
        Assert.That(Compile(HandWritten.Double(comment + "!")), Is.EqualTo((false, 1)));
        Assert.That(Compile(HandWritten.Double(comment), Options with { Debuggable = true }), Is.EqualTo((false, 1)));
        Assert.That(
            Compile(HandWritten.Double(comment), Options with { Target = KernelTarget.Portable }),
            Is.EqualTo((false, 1)));
        Assert.That(Files, Has.Length.EqualTo(4));
    }

    [Test]
    public void Compile_WithoutDirectory_KeepsNothing()
    {
        var program = HandWritten.Double(HandWritten.UniqueComment());
        Assert.That(Compile(program, HandWritten.NoCache), Is.EqualTo((false, 1)));
        Assert.That(Compile(program, HandWritten.NoCache), Is.EqualTo((false, 1)));
    }

    [Test]
    public void Read_DamagedAnywhere_RemovesTheFileAndCompilesAgain()
    {
        var program = HandWritten.Double(HandWritten.UniqueComment());
        Compile(program);
        var path = Files.Single();
        var good = File.ReadAllBytes(path);
        int[] places = [0, 31, 32, 63, 64, 67, 68, good.Length / 2, good.Length - 1];
        foreach (var place in places)
        {
            byte[] bad = [.. good];
            bad[place] ^= 1;
            File.WriteAllBytes(path, bad);
            Assert.That(Compile(program), Is.EqualTo((false, 1)), $"byte {place}");
            Assert.That(File.ReadAllBytes(path), Is.EqualTo(good), $"byte {place}");
        }

        foreach (var length in new[] { 0, 1, 67, 68, good.Length - 1 })
        {
            File.WriteAllBytes(path, good[..length]);
            Assert.That(Compile(program), Is.EqualTo((false, 1)), $"length {length}");
        }

        File.WriteAllBytes(path, [.. good, 0]);
        Assert.That(Compile(program), Is.EqualTo((false, 1)), "longer");
        Assert.That(Compile(program), Is.EqualTo((true, 0)));
    }

    // Neither waits for a writer that never comes, nor reads what no cache can have written.
    [Test]
    [CancelAfter(60_000)]
    public void Read_PipeOrFileOfAnySize_IsNoEntry()
    {
        IgnoreOnWindows();
        var cache = KernelCache.Open(_directory)!;
        var key = CacheKey.Of("one", KernelTarget.Avx2, false);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [cache.PathOf(key)]))
        {
            made.WaitForExit();
        }

        Assert.That(Task.Run(() => cache.Read(key)).Wait(TimeSpan.FromSeconds(30)), Is.True, "it does not wait");
        File.Delete(cache.PathOf(key));
        using (var file = File.Create(cache.PathOf(key)))
        {
            file.SetLength(KernelCache.MaxBytes + 1);
        }

        var before = GC.GetTotalAllocatedBytes();
        Assert.That(cache.Read(key), Is.Null);
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(KernelCache.MaxBytes / 2));
        Assert.That(cache.PathOf(key), Does.Not.Exist);
    }

    [Test]
    public void Read_EntryOfAnotherKey_IsNotBelieved()
    {
        var cache = KernelCache.Open(_directory)!;
        var one = CacheKey.Of("one", KernelTarget.Avx2, false);
        var other = CacheKey.Of("other", KernelTarget.Avx2, false);
        cache.Write(one, new CompiledAssembly([1, 2, 3], [4, 5]));
        File.Copy(cache.PathOf(one), cache.PathOf(other));
        Assert.That(cache.Read(other), Is.Null);
        Assert.That(cache.PathOf(other), Does.Not.Exist);
        Assert.That(cache.Read(one)!.Image, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(cache.Read(one)!.Symbols, Is.EqualTo(new byte[] { 4, 5 }));
    }

    [Test]
    public void Open_NewDirectory_IsForTheUserAlone()
    {
        IgnoreOnWindows();
        var path = Path.Combine(_directory, "a", "b");
        Compile(HandWritten.Double(HandWritten.UniqueComment()), Options with { CacheDirectory = path });
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.That(GetMode(path), Is.EqualTo(Owner));
        Assert.That(GetMode(Directory.GetFiles(path).Single()), Is.EqualTo(Owner & ~UnixFileMode.UserExecute));
    }

    [TestCase(UnixFileMode.GroupWrite)]
    [TestCase(UnixFileMode.OtherWrite)]
    public void Open_WritableForOthers_IsNotUsed(UnixFileMode extra)
    {
        IgnoreOnWindows();
        SetMode(_directory, GetMode(_directory) | extra);
        var program = HandWritten.Double(HandWritten.UniqueComment());
        Assert.That(Compile(program), Is.EqualTo((false, 1)));
        Assert.That(Compile(program), Is.EqualTo((false, 1)));
        Assert.That(Files, Is.Empty);
    }

    [Test]
    public void Open_DirectoryThatCannotBe_IsIgnored()
    {
        var file = Path.Combine(_directory, "file");
        File.WriteAllText(file, "");
        foreach (var path in new[] { file, Path.Combine(file, "below"), "/proc/no/such", "nul\0character" })
        {
            var options = Options with { CacheDirectory = path };
            Assert.That(Compile(HandWritten.Double(), options), Is.EqualTo((false, 1)), path);
        }
    }

    [Test]
    public void Owner_OfDirectories_IsTold()
    {
        IgnoreOnWindows();
        Assert.That(PosixOwner.IsCurrentUser(_directory), Is.True);
        Assert.That(PosixOwner.IsCurrentUser(Path.Combine(_directory, "missing")), Is.False);
        Assert.That(PosixOwner.IsCurrentUser("/"), Is.EqualTo(Environment.IsPrivilegedProcess));
    }

    [Test]
    public void Write_ManyAtOnce_LeavesOneWholeEntryForEachKey()
    {
        string[] keys = [.. Enumerable.Range(0, 4).Select(i => CacheKey.Of($"source {i}", KernelTarget.Avx2, false))];
        var assembly = new CompiledAssembly(new byte[10_000], new byte[5_000]);
        Parallel.For(0, 200, i =>
        {
            var cache = KernelCache.Open(_directory)!;
            cache.Write(keys[i % 4], assembly);
            Assert.That(cache.Read(keys[i % 4])!.Image, Has.Length.EqualTo(10_000));
        });
        Assert.That(Files, Has.Length.EqualTo(4));
    }

    [Test]
    public void Write_BeyondTheLimit_RemovesTheOldest()
    {
        var cache = KernelCache.Open(_directory)!;
        for (var i = 0; i < KernelCache.MaxEntries; i++)
        {
            var path = cache.PathOf($"old{i}");
            File.WriteAllText(path, "");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-1 - i));
        }

        var abandoned = Path.Combine(_directory, "killed.tmp");
        File.WriteAllText(abandoned, "");
        File.SetLastWriteTimeUtc(abandoned, DateTime.UtcNow.AddDays(-1));
        var key = CacheKey.Of("new", KernelTarget.Avx2, false);
        cache.Write(key, new CompiledAssembly([1], []));
        Assert.That(Files, Has.Length.EqualTo(KernelCache.MaxEntries * 3 / 4));
        Assert.That(
            Files,
            Does.Contain(cache.PathOf(key)).And.Contain(cache.PathOf("old0")).And.Not.Contain(abandoned));
    }

    [Test]
    public void Write_BeyondTheBytes_RemovesTheOldest()
    {
        var cache = KernelCache.Open(_directory, maxBytes: 100_000)!;
        string[] keys = [.. Enumerable.Range(0, 12).Select(static i => CacheKey.Of($"source {i}", KernelTarget.Avx2, false))];
        for (var i = 0; i < keys.Length; i++)
        {
            cache.Write(keys[i], new CompiledAssembly(new byte[9_000], []));
            File.SetLastWriteTimeUtc(cache.PathOf(keys[i]), DateTime.UtcNow.AddDays(i - 20));
        }

        var newest = CacheKey.Of("new", KernelTarget.Avx2, false);
        cache.Write(newest, new CompiledAssembly(new byte[9_000], []));

        Assert.That(Files.Sum(static file => new FileInfo(file).Length), Is.LessThanOrEqualTo(100_000));
        Assert.That(Files, Does.Contain(cache.PathOf(newest)).And.Contain(cache.PathOf(keys[11])).And.Not.Contain(cache.PathOf(keys[0])));
    }

    [Test]
    public void Write_EntryBeyondTheBytes_IsKeptAlone()
    {
        var cache = KernelCache.Open(_directory, maxBytes: 1000)!;
        var key = CacheKey.Of("large", KernelTarget.Avx2, false);
        cache.Write(CacheKey.Of("small", KernelTarget.Avx2, false), new CompiledAssembly([1], []));
        File.SetLastWriteTimeUtc(Files.Single(), DateTime.UtcNow.AddDays(-1));
        cache.Write(key, new CompiledAssembly(new byte[5000], []));

        Assert.That(Files, Is.EqualTo(new[] { cache.PathOf(key) }));
    }

    [Test]
    public void Open_DirectoryOfSomebodyElse_IsNotUsed()
    {
        IgnoreOnWindows();
        var path = "/";
        if (Environment.IsPrivilegedProcess)
        {
            path = Directory.CreateDirectory(Path.Combine(_directory, "other")).FullName;
            SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var chown = Process.Start("chown", ["65534", path]);
            chown.WaitForExit();
            if (chown.ExitCode != 0)
            {
                Assert.Ignore("this process may not give a directory away");
            }
        }

        Assert.That(KernelCache.Open(path), Is.Null);
        var program = HandWritten.Double(HandWritten.UniqueComment());
        Assert.That(Compile(program, Options with { CacheDirectory = path }), Is.EqualTo((false, 1)));
        Assert.That(Compile(program, Options with { CacheDirectory = path }), Is.EqualTo((false, 1)));
    }

    [TestCase("/cache", "/data", ExpectedResult = "/cache/graphcompiler")]
    [TestCase(null, "/data", ExpectedResult = "/data/graphcompiler")]
    [TestCase("relative", "/data", ExpectedResult = "/data/graphcompiler")]
    [TestCase(null, "", ExpectedResult = null)]
    [Platform(Exclude = "Win")]
    public string? Default_OfEnvironment_IsTheUsersDirectory(string? cacheHome, string localData) =>
        CacheDirectory.Default(cacheHome, localData);

    [Test]
    public void Compile_InASecondProcess_LoadsNoRoslyn()
    {
        var first = Host();
        Assert.That(first, Does.Contain("cached=False").And.Contain("compilations=1").And.Contain("y=2 4 6 8"));
        Assert.That(first, Has.Some.StartsWith("assembly=Microsoft.CodeAnalysis"));
        var second = Host();
        Assert.That(second, Does.Contain("cached=True").And.Contain("compilations=0").And.Contain("y=2 4 6 8"));
        Assert.That(second, Has.None.StartsWith("assembly=Microsoft.CodeAnalysis"));
    }

    [Test]
    public void Compile_InSeveralProcessesAtOnce_AllRun()
    {
        string[][] outputs = new string[3][];
        Parallel.For(0, outputs.Length, i => outputs[i] = Host());
        Assert.That(outputs, Has.All.Contains("y=2 4 6 8"));
        Assert.That(Files, Has.Length.EqualTo(1));
        Assert.That(Host(), Does.Contain("cached=True"));
    }

    private static (bool WasCached, int Compilations) Compile(
        (Graph Graph, GraphCompiler.CodeGen.GeneratedProgram Program) program, CompileOptions options)
    {
        var before = RoslynCompiler.CompilationCount;
        using var compiled = program.Compile(options);
        using var execution = compiled.CreateExecution();
        execution.Feed<float>("x", [1, 2, 3, 4]);
        execution.Run();
        Assert.That(execution.Read<float>("y"), Is.EqualTo(new float[] { 2, 4, 6, 8 }));
        return (compiled.WasCached, RoslynCompiler.CompilationCount - before);
    }

    private (bool WasCached, int Compilations) Compile((Graph Graph, GraphCompiler.CodeGen.GeneratedProgram Program) program) =>
        Compile(program, Options);

    private string[] Host()
    {
        const string Name = "GraphCompiler.Tests.Host";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var host = Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory, "..", "..", Name, configuration, $"{Name}.dll"));
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", host, _directory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static void IgnoreOnWindows()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows keeps such directories to their user by itself");
        }
    }

    private static UnixFileMode GetMode(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
