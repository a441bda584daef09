using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests.Builds;

/// <summary>From an empty folder to a program that runs.</summary>
public sealed class FirstBuildTests
{
    [Test]
    public void Build_NewProject_SucceedsWithoutWarnings()
    {
        BuiltProject.FirstBuild.Succeeded();
        Assert.That(BuiltProject.FirstBuild.Warnings, Is.Empty);
    }

    [Test]
    public void Run_BuiltProject_ComputesWhatTheGraphSays() =>
        Assert.That(BuiltProject.Copy().Run().Succeeded().Output, Is.EqualTo("0 2 4 6 8 10 12 14\n"));

    [Test]
    public void Output_OfTheProject_HasTheRuntimeAndNoCompiler()
    {
        var project = BuiltProject.Copy();
        Assert.That(project.Times("bin/Debug/net10.0", "*.dll").Keys, Is.EquivalentTo(["App.dll", "GraphCompiler.Runtime.dll"]));
        Assert.That(project.Read("bin/Debug/net10.0/App.deps.json"), Does.Contain("GraphCompiler.Runtime/").And.Not.Contain("GraphCompiler.Build").And.Not.Contain("CodeAnalysis"));
    }

    [Test]
    public void Code_OfTheProject_IsWrittenWithItsMaps() => Assert.That(
        BuiltProject.Copy().Times(BuiltProject.Code).Keys,
        Is.EquivalentTo(["Doubler.g.cs", "Doubler.g.map.json", "Halver.g.cs", "Halver.g.map.json"]));

    // The maps name files as seen from the project, whatever folder that is in.
    [Test]
    public void Code_OfTheProject_NamesNoFolderOfThisMachine()
    {
        var project = BuiltProject.Copy();
        foreach (var file in project.Times(BuiltProject.Code).Keys)
        {
            Assert.That(project.Read($"{BuiltProject.Code}/{file}"), Does.Not.Contain("graphcompiler-build-"), file);
        }

        Assert.That(project.Read($"{BuiltProject.Code}/Doubler.g.map.json"), Does.Contain("Graphs/Net.cs"));
    }

    [Test]
    public void Code_OfAnotherFolderLanguageAndProcessor_IsTheSameBytes()
    {
        Feed.RequireAll();
        var (project, other) = (BuiltProject.Copy(), TestProject.New());
        other.Environment["LC_ALL"] = "tr_TR.UTF-8";
        other.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0";
        other.Environment["DOTNET_EnableAVX2"] = "0";
        other.Environment["TZ"] = "Asia/Kathmandu";
        other.Build().Succeeded();
        foreach (var file in project.Times(BuiltProject.Code).Keys)
        {
            Assert.That(
                File.ReadAllBytes(other.PathOf($"{BuiltProject.Code}/{file}")),
                Is.EqualTo(File.ReadAllBytes(project.PathOf($"{BuiltProject.Code}/{file}"))),
                file);
        }
    }
}
