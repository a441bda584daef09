using System.Text.Json;
using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests.Builds;

/// <summary>What an editor is told: graph files are code like any other, and nothing is run.</summary>
public sealed class DesignTimeTests
{
    [Test]
    public void Build_InAnEditor_CompilesGraphFilesAgainstTheCompilerAndReusesTheLastOutput()
    {
        var project = BuiltProject.Copy();
        project.Replace("Graphs/Net.cs", "2 *", "3 *");
        var (state, code) = (project.Times(BuiltProject.State), project.Times(BuiltProject.Code));
        var ran = project.DotNet(
            "msbuild", "-restore", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
            "-getItem:Compile", "-getItem:ReferencePath", "-getItem:ReferenceCopyLocalPaths").Succeeded();
        using var json = JsonDocument.Parse(ran.Output);
        Assert.That(Names(json, "Compile"), Does.Contain("Net.cs").And.Contain("Doubler.g.cs").And.Contain("Halver.g.cs").And.Contain("Program.cs").And.Unique);
        Assert.That(Names(json, "ReferencePath"), Does.Contain("GraphCompiler.dll").And.Contain("GraphCompiler.Runtime.dll"));
        Assert.That(Names(json, "ReferenceCopyLocalPaths"), Does.Not.Contain("GraphCompiler.dll"));
        Assert.That(project.Times(BuiltProject.State), Is.EqualTo(state));
        Assert.That(project.Times(BuiltProject.Code), Is.EqualTo(code));
    }

    // With the compiler: an editor shows what it says.
    [Test]
    public void Compile_InAnEditor_HasNoErrors()
    {
        Feed.RequireAll();
        var project = BuiltProject.Copy();
        project.DotNet("msbuild", "-restore", "-t:Compile", "-p:DesignTimeBuild=true").Succeeded();
        project.Replace("Graphs/Net.cs", "2 * graph", "2 * nothing");
        Assert.That(project.DotNet("msbuild", "-t:Compile", "-p:DesignTimeBuild=true").Failed().Errors, Has.One.Contains("error CS0103"));
    }

    [Test]
    public void Build_InAnEditorBeforeAnyOther_Succeeds()
    {
        Feed.RequireAll();
        var project = TestProject.New();
        project.DotNet("msbuild", "-restore", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true").Succeeded();
        Assert.That(project.Times(BuiltProject.Code), Is.Empty);
    }

    private static IEnumerable<string> Names(JsonDocument json, string item) =>
        json.RootElement.GetProperty("Items").GetProperty(item).EnumerateArray().Select(static each => Path.GetFileName(each.GetProperty("Identity").GetString()!));
}
