using System.Diagnostics;
using GraphCompiler.Tool.Tests.Samples;

namespace GraphCompiler.Tool.Tests.Cli;

/// <summary>The program itself, as a process.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Process_Inspect_PrintsAndEndsWithZero()
    {
        using var process = Start("inspect", Tool.Assembly, "-g", "neuron", "--show", "source");
        var output = await process.StandardOutput.ReadToEndAsync();
        Assert.That(process.WaitForExit(Patience), Is.True);
        Assert.That(process.ExitCode, Is.Zero, await process.StandardError.ReadToEndAsync());
        Assert.That(output, Does.Contain("Scalar.Tanh"));
    }

    [Test]
    public async Task Process_TwoAtOnce_WriteOneWholeFile()
    {
        using var folder = new TemporaryFolder();
        using var first = Start("emit", Tool.Assembly, "-g", "mlp", "-o", folder.Path);
        using var second = Start("emit", Tool.Assembly, "-g", "mlp", "-o", folder.Path);
        foreach (var process in new[] { first, second })
        {
            Assert.That(process.WaitForExit(Patience), Is.True);
            Assert.That(process.ExitCode, Is.Zero, await process.StandardError.ReadToEndAsync());
        }

        Assert.That(Directory.GetFiles(folder.Path).Select(Path.GetFileName), Is.EquivalentTo(new[] { "Mlp.g.cs", "Mlp.g.map.json" }));
        Assert.That((await Tool.RunAsync("emit", Tool.Assembly, "-g", "mlp", "-o", folder.Path, "--check")).Code, Is.Zero);
    }

    [Test]
    public async Task Process_Interrupted_EndsWith130()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("needs signals");
        }

        using var folder = new TemporaryFolder();
        using var process = Start("inspect", folder.File("Endless.cs", GraphFiles.Endless.Replace("Thread.Sleep", $"Thread.Sleep(System.IO.File.Create(\"{folder.File("begun")}\").ReadByte() + 1); System.Threading.Thread.Sleep", StringComparison.Ordinal)));
        while (!File.Exists(folder.File("begun")))
        {
            Assert.That(process.HasExited, Is.False, "it ended before the graph's own code began");
            await Task.Delay(20);
        }

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        Assert.That(process.WaitForExit(Patience), Is.True);
        Assert.That(process.ExitCode, Is.EqualTo(130), await process.StandardError.ReadToEndAsync());
    }

    private static Process Start(params string[] args)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "graphc.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [tool, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
