using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.InteropServices;
using GraphCompiler.Compile;
using GraphCompiler.Diagnostics;

namespace GraphCompiler.Tests.Compile;

/// <summary>A debugger stops at a line of a generated backward kernel in another process, and steps to the next lines.</summary>
[NonParallelizable]
public sealed class DebuggerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public async Task Breakpoint_AtALineOfABackwardKernel_StopsThereAndSteps()
    {
        if (!HasEngine)
        {
            Assert.Ignore("the runtime has no debugging engine here (libmscordbi.so, Linux, x64)");
        }

        var (lines, stops) = Lines();
        var (token, offset, line) = stops.First(s => lines[s.Line - 1].Contains(" d_z = ", StringComparison.Ordinal));
        using var stepped = Start("debug");
        try
        {
            Assert.That(await stepped.StandardOutput.ReadLineAsync().WaitAsync(Patience), Is.EqualTo(SteppedKernel.Ready));
            using var debugger = Start("attach", $"{stepped.Id}", $"{token}", $"{offset}", "60");
            Assert.That(await debugger.StandardOutput.ReadLineAsync().WaitAsync(Patience), Is.EqualTo("set"));
            await stepped.StandardInput.WriteLineAsync();
            await stepped.StandardInput.FlushAsync();
            var text = await debugger.StandardOutput.ReadToEndAsync().WaitAsync(Patience);

            var met = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => Array.ConvertAll(l.Split(' '), int.Parse))
                .Where(s => s[0] == token).Select(s => stops.Last(p => p.Token == token && p.Offset <= s[1]).Line).Distinct().ToArray();
            TestContext.Out.WriteLine(string.Join("\n", met.Select(l => $"{l}: {lines[l - 1].Trim()}")));
            Assert.That(met[0], Is.EqualTo(line));
            Assert.That(met, Is.Ordered.And.Length.GreaterThan(2));
            Assert.That(met.Select(l => lines[l - 1]), Has.Some.Contains("d_w1"));
            Assert.That(await stepped.StandardOutput.ReadToEndAsync().WaitAsync(Patience), Does.Contain("loss="), "and the step goes on");
        }
        finally
        {
            stepped.Kill();
        }
    }

    private static bool HasEngine =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64
        && File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libmscordbi.so"));

    // The compiler is deterministic: the same graph is the same methods at the same places.
    private static (string[] Lines, (int Token, int Offset, int Line)[] Stops) Lines()
    {
        var source = Pipeline.Generate(SteppedKernel.Graph(), SteppedKernel.Options, default).Source;
        var assembly = RoslynCompiler.Compile("C", source, isDebuggable: true, new DebugOptions(), CancellationToken.None);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(assembly.Symbols));
        var reader = provider.GetMetadataReader();
        return (source.Split('\n'),
        [
            .. from handle in reader.MethodDebugInformation
               from point in reader.GetMethodDebugInformation(handle).GetSequencePoints()
               where !point.IsHidden
               select (MetadataTokens.GetToken(handle.ToDefinitionHandle()), point.Offset, point.StartLine),
        ]);
    }

    private static Process Start(params string[] arguments)
    {
        const string Name = "GraphCompiler.Tests.Host";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var host = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", Name, configuration, $"{Name}.dll"));
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["exec", host, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }
}
