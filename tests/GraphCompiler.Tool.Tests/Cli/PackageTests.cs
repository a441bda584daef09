using System.Diagnostics;
using GraphCompiler.Tool.Tests.Docs;

namespace GraphCompiler.Tool.Tests.Cli;

/// <summary>The tool as users get it: packed, installed from a folder, run in an empty one.</summary>
[NonParallelizable]
public sealed class PackageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Test]
    public async Task Package_Installed_LooksIntoAGraphFile()
    {
        if (Environment.GetEnvironmentVariable("GRAPHC_TEST_ALL") != "1")
        {
            Assert.Ignore("packs and installs the tool: runs with GRAPHC_TEST_ALL=1");
        }

        using var folder = new TemporaryFolder();
        await RunAsync(folder, "dotnet", "pack", Path.Combine(Repository.Root, "compiler", "GraphCompiler.Tool"), "-c", "Release", "-o", folder.File("feed"));
        folder.File("nuget.config", $"""<configuration><packageSources><clear/><add key="local" value="{folder.File("feed")}"/></packageSources></configuration>""");
        await RunAsync(folder, "dotnet", "tool", "install", "GraphCompiler.Tool", "--tool-path", folder.File("tools"), "--configfile", folder.File("nuget.config"));
        File.Copy(Repository.Sample, folder.File("Mlp.cs"));
        var output = await RunAsync(folder, folder.File(Path.Combine("tools", "graphc")), "inspect", "Mlp.cs", "--show", "kernels");
        Assert.That(output, Does.StartWith("mlp for ").And.Contain("a contraction begins a kernel"));
    }

    private static async Task<string> RunAsync(TemporaryFolder folder, string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        Assert.That(process.WaitForExit(Patience), Is.True, $"{program} {string.Join(' ', args)} does not end");
        Assert.That(process.ExitCode, Is.Zero, $"{await output}{await error}");
        return await output;
    }
}
