using System.Diagnostics;
using System.Text;

namespace GraphCompiler.Build.Tests.Support;

/// <summary>A project of a user, in a folder of its own, with packages from the local feed alone.</summary>
internal sealed class TestProject(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public const string Program = """
        using App;
        using var doubler = new Doubler();
        for (var i = 0; i < 8; i++) doubler.X[i] = i;
        doubler.Run();
        Console.WriteLine(string.Join(' ', doubler.Y.ToArray()));

        """;

    public const string Graphs = """
        using GraphCompiler;
        using GraphCompiler.Operators;

        namespace App;

        static class Networks
        {
            [GraphDefinition]
            static void Doubler(Graph graph) => graph.Output("y", 2 * graph.Input("x", [8]));

            [GraphDefinition]
            static void Halver(Graph graph) => graph.Output("y", 0.5 * graph.Input("x", [8]));
        }

        """;

    public string Folder { get; } = folder;

    /// <summary>What commands find in their environment beside what these tests do.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>An application with two graphs, not built.</summary>
    /// <param name="properties">XML for the project.</param>
    /// <param name="items">XML for the project.</param>
    public static TestProject New(string properties = "", string items = "")
    {
        var project = new TestProject(Feed.NewFolder());
        project.Write("nuget.config", NuGetConfig(alone: true));
        project.Write("App.csproj", ProjectText(properties, items));
        project.Write("Program.cs", Program);
        project.Write("Graphs/Net.cs", Graphs);
        return project;
    }

    /// <summary>The same files with the same times, elsewhere.</summary>
    public TestProject Copy()
    {
        var copy = new TestProject(Feed.NewFolder());
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = copy.PathOf(Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public static string ProjectText(string properties = "", string items = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="GraphCompiler.Runtime" Version="0.1.0" />
            <PackageReference Include="GraphCompiler.Build" Version="0.1.0" PrivateAssets="all" />
            {items}
          </ItemGroup>
        </Project>

        """;

    /// <param name="alone">True: no other feed is asked.</param>
    public static string NuGetConfig(bool alone) => $"""
        <configuration>
          <packageSources>{(alone ? "<clear />" : "")}<add key="packed" value="{Feed.Packages}" /></packageSources>
        </configuration>

        """;

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public void Replace(string file, string old, string text)
    {
        Assert.That(Read(file), Does.Contain(old));
        Write(file, Read(file).Replace(old, text, StringComparison.Ordinal));
    }

    /// <summary>Files of a folder and when they were written, or no file.</summary>
    public IReadOnlyDictionary<string, DateTime> Times(string folder, string pattern = "*") => Directory.Exists(PathOf(folder))
        ? Directory.EnumerateFiles(PathOf(folder), pattern).ToDictionary(static path => Path.GetFileName(path), File.GetLastWriteTimeUtc)
        : new Dictionary<string, DateTime>();

    public Ran Build(params string[] arguments) => DotNet(["build", "-nologo", "-m:1", .. arguments]);

    public Ran Run(string assembly = "bin/Debug/net10.0/App.dll") => DotNet("exec", PathOf(assembly));

    public Ran DotNet(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dotnet {string.Join(' ', arguments)} took longer than {Patience}");
        }

        return new Ran(process.ExitCode, output.Result + error.Result);
    }

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // Tests are started by a build; what that tells its own children is not for these.
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["NUGET_PACKAGES"] = Feed.Unpacked;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
