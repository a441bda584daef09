using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests.Builds;

/// <summary>The build step goes along with how a project is set up.</summary>
public sealed class LayoutTests
{
    private const string Doubled = "0 2 4 6 8 10 12 14\n";

    // Settings that generated code must not depend on. Analyzers see hand-written code too, hence another program.
    [Test]
    public void Build_StrictestSettingsAndOwnNames_Succeeds()
    {
        var project = TestProject.New("""
            <ImplicitUsings>disable</ImplicitUsings><Nullable>disable</Nullable><LangVersion>9</LangVersion>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors><AnalysisMode>All</AnalysisMode><EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow><AllowUnsafeBlocks>false</AllowUnsafeBlocks>
            """);
        project.Write("Graphs/Net.cs", """
            using GraphCompiler;
            using GraphCompiler.Operators;

            namespace App
            {
                internal static class Networks
                {
                    [GraphDefinition(Visibility = EmitVisibility.Internal)]
                    internal static void Doubler(Graph graph) => graph.Output("y", 2 * graph.Input("x", Shape.Create(new Dim[] { 8 })));
                }
            }
            """);
        project.Write("Program.cs", """
            using App;

            internal static class Program
            {
                private static int Main()
                {
                    using var doubler = new Doubler();
                    doubler.X[7] = 21;
                    doubler.Run();
                    return (int)doubler.Y[7];
                }
            }

            namespace App
            {
                internal static class Vector256 { }
                internal static class Math { }
                internal static class GraphCompiler { }
            }
            """);
        var build = project.Build().Succeeded();
        Assert.That(build.Warnings, Is.Empty);
        Assert.That(project.Run().Exit, Is.EqualTo(42));
    }

    [Test]
    public void Build_OtherConfigurationWithRuntimeIdentifier_HasItsOwnCode()
    {
        Feed.RequireAll();
        var project = TestProject.New("<SelfContained>false</SelfContained>");
        project.Build("-c", "Fancy", "-r", "linux-x64").Succeeded();
        Assert.That(project.Times("obj/Fancy/net10.0/linux-x64/Graphs", "*.g.cs"), Has.Count.EqualTo(2));
        Assert.That(project.Run("bin/Fancy/net10.0/linux-x64/App.dll").Output, Is.EqualTo(Doubled));
    }

    [Test]
    public void Build_ArtifactsLayout_KeepsCodeThere()
    {
        Feed.RequireAll();
        var project = TestProject.New();
        project.Write("Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>");
        project.Build().Succeeded();
        Assert.That(project.Times("artifacts/obj/App/debug/Graphs", "*.g.cs"), Has.Count.EqualTo(2));
        Assert.That(project.Run("artifacts/bin/App/debug/App.dll").Output, Is.EqualTo(Doubled));
        Assert.That(Directory.Exists(project.PathOf("obj")), Is.False);
    }

    [Test]
    public void Build_CentralPackageManagement_Succeeds()
    {
        Feed.RequireAll();
        var project = TestProject.New();
        project.Replace("App.csproj", " Version=\"0.1.0\"", "");
        project.Write("Directory.Packages.props", """
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup>
                <PackageVersion Include="GraphCompiler.Runtime" Version="0.1.0" />
                <PackageVersion Include="GraphCompiler.Build" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
        project.Build().Succeeded();
        Assert.That(project.Run().Output, Is.EqualTo(Doubled));
    }

    [Test]
    public void Build_TwoFrameworks_EachHasItsOwnCode()
    {
        Feed.RequireAll();
        var project = TestProject.New();
        project.Write("nuget.config", TestProject.NuGetConfig(alone: false));
        project.Replace("App.csproj", "<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net9.0;net10.0</TargetFrameworks>");

        // A library of each framework too, and settings that make an error of CS1701.
        project.Write("Directory.Build.props", "<Project><PropertyGroup><NoWarn>CS9999</NoWarn><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup></Project>");
        project.Write("Library/Library.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFrameworks>net9.0;net10.0</TargetFrameworks></PropertyGroup></Project>");
        project.Write("Library/Factors.cs", "public static class Factors { public static float One => 1; }");
        project.Replace("App.csproj", "</ItemGroup>", "<ProjectReference Include=\"Library/Library.csproj\" /><Compile Remove=\"Library/**\" /></ItemGroup>");
        project.Write("Graphs/Net.cs", """
            using GraphCompiler;
            using GraphCompiler.Operators;

            namespace App;

            static class Networks
            {
            #if NET10_0_OR_GREATER
                const float Factor = 2;
            #else
                const float Factor = 3;
            #endif
                [GraphDefinition]
                static void Doubler(Graph graph) => graph.Output("y", Factors.One * Factor * graph.Input("x", [8]));
            }
            """);
        var restore = project.DotNet("restore");
        if (restore.Exit != 0)
        {
            Assert.Ignore("the packages of .NET 9 are not to be had here: " + string.Join(" ", restore.Errors));
        }

        // Both at once, in one build.
        project.DotNet("build", "-nologo", "-m:2").Succeeded();
        Assert.That(project.Run().Output, Is.EqualTo(Doubled));
        Assert.That(project.DotNet("exec", "--roll-forward", "Major", "bin/Debug/net9.0/App.dll").Output, Does.StartWith("0 3 6"));
    }

    [Test]
    public void Build_SolutionOfThreeAtOnce_Succeeds()
    {
        Feed.RequireAll();
        var root = new TestProject(Feed.NewFolder());
        root.Write("nuget.config", TestProject.NuGetConfig(alone: true));
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            root.Write($"{name}/{name}.csproj", TestProject.ProjectText());
            root.Write($"{name}/Program.cs", TestProject.Program);
            root.Write($"{name}/Graphs/Net.cs", TestProject.Graphs);
        }

        root.DotNet("new", "sln", "-n", "All").Succeeded();
        root.DotNet("sln", "add", "One", "Two", "Three").Succeeded();
        root.DotNet("build", "-nologo", "-m:3").Succeeded();
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            Assert.That(root.Run($"{name}/bin/Debug/net10.0/{name}.dll").Output, Is.EqualTo(Doubled));
        }
    }

    // Debug and Release share the folder of committed code.
    [Test]
    public void Build_TwoProcessesThatWriteTheSameFiles_BothSucceed()
    {
        Feed.RequireAll();
        var project = TestProject.New("<GraphOutputDir>Generated</GraphOutputDir>");
        project.DotNet("restore").Succeeded();
        using var debug = project.Start("build", "-nologo", "--no-restore", "-c", "Debug");
        using var release = project.Start("build", "-nologo", "--no-restore", "-c", "Release");
        var (one, two) = (debug.StandardOutput.ReadToEndAsync(), release.StandardOutput.ReadToEndAsync());
        debug.WaitForExit();
        release.WaitForExit();
        Assert.That(debug.ExitCode, Is.Zero, one.Result);
        Assert.That(release.ExitCode, Is.Zero, two.Result);
        Assert.That(project.Times("Generated").Keys, Is.EquivalentTo(["Doubler.g.cs", "Halver.g.cs"]));
    }

    [Test]
    public void Publish_Application_HasTheRuntimeAndNoCompiler()
    {
        Feed.RequireAll();
        var project = TestProject.New();
        project.DotNet("publish").Succeeded();
        Assert.That(project.Times("bin/Release/net10.0/publish", "*.dll").Keys, Is.EquivalentTo(["App.dll", "GraphCompiler.Runtime.dll"]));
        Assert.That(project.Run("bin/Release/net10.0/publish/App.dll").Output, Is.EqualTo(Doubled));
    }

    // Hot reload would change methods of a running program; another graph is another program.
    [Test]
    public void Watch_GraphChanges_ProgramIsBuiltAgainAndRestarted()
    {
        Feed.RequireAll();
        var project = BuiltProject.Copy();
        project.Write("Program.cs", TestProject.Program + "Thread.Sleep(Timeout.Infinite);\n");
        using var watch = project.Start("watch", "--no-hot-reload", "--non-interactive", "run");
        var said = new List<string>();
        try
        {
            var lines = Task.Run(() =>
            {
                while (watch.StandardOutput.ReadLine() is { } line)
                {
                    lock (said)
                    {
                        said.Add(line);
                    }

                    if (line == "0 2 4 6 8 10 12 14")
                    {
                        project.Replace("Graphs/Net.cs", "2 *", "3 *");
                    }
                    else if (line == "0 3 6 9 12 15 18 21")
                    {
                        return true;
                    }
                }

                return false;
            });
            Assert.That(lines.Wait(TimeSpan.FromMinutes(3)) && lines.Result, Is.True, () => { lock (said) { return string.Join('\n', said); } });
        }
        finally
        {
            watch.Kill(entireProcessTree: true);
        }
    }
}
