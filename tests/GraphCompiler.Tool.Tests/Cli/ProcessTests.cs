using System.Diagnostics;
using GraphCompiler.Tool.Tests.Samples;

namespace GraphCompiler.Tool.Tests.Cli;

/// <summary>The program itself, as a process.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string GraphC = Path.Combine(AppContext.BaseDirectory, "graphc.dll");

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
        using var process = StartInterruptible("inspect", folder.File("Endless.cs", GraphFiles.Endless.Replace("Thread.Sleep", $"Thread.Sleep(System.IO.File.Create(\"{folder.File("begun")}\").ReadByte() + 1); System.Threading.Thread.Sleep", StringComparison.Ordinal)));
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

    private static Process Start(params string[] args) => Start("dotnet", [GraphC, .. args]);

    // A process that was started in the background of a shell ignores the signal, and so do those that it starts: env undoes it.
    private static Process StartInterruptible(params string[] args) =>
        OperatingSystem.IsLinux() ? Start("env", ["--default-signal=INT", "dotnet", GraphC, .. args]) : Start(args);

    private static Process Start(string program, IEnumerable<string> args) =>
        Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
