using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests.Builds;

/// <summary>What is not concerned by a change is not done again.</summary>
public sealed class IncrementalTests
{
    [Test]
    public void Build_NothingChanged_RunsNothing()
    {
        var project = BuiltProject.Copy();
        var (state, code) = (project.Times(BuiltProject.State), project.Times(BuiltProject.Code));
        project.Build().Succeeded();
        Assert.That(project.Times(BuiltProject.State), Is.EqualTo(state));
        Assert.That(project.Times(BuiltProject.Code), Is.EqualTo(code));
    }

    [Test]
    public void Build_OneGraphChanged_GeneratesThatOne()
    {
        var project = BuiltProject.Copy();
        project.Replace("Graphs/Net.cs", "2 *", "4 *");
        project.Build().Succeeded();
        var code = project.Times(BuiltProject.Code);
        project.Replace("Graphs/Net.cs", "4 *", "3 *");
        project.Build().Succeeded();
        Assert.That(project.Read($"{BuiltProject.State}/report.txt"), Does.Contain("App.Doubler: generated").And.Contain("App.Halver: as it was"));
        var now = project.Times(BuiltProject.Code);
        Assert.That(code.Keys.Where(name => now[name] != code[name]), Is.SubsetOf(["Doubler.g.cs", "Doubler.g.map.json"]).And.Contain("Doubler.g.cs"));
        Assert.That(project.Run().Output, Is.EqualTo("0 3 6 9 12 15 18 21\n"));
    }

    [Test]
    public void Build_BlankLineInAGraphFile_ChangesMapsAlone()
    {
        var project = BuiltProject.Copy();
        var code = project.Times(BuiltProject.Code);
        project.Write("Graphs/Net.cs", "\n" + project.Read("Graphs/Net.cs"));
        project.Build().Succeeded();
        var now = project.Times(BuiltProject.Code);
        Assert.That(now.Keys.Where(name => now[name] != code[name]), Is.EquivalentTo(["Doubler.g.map.json", "Halver.g.map.json"]));
    }

    [Test]
    public void Build_GraphAddedAndGraphRemoved_FilesFollow()
    {
        var project = BuiltProject.Copy();
        project.Replace("Graphs/Net.cs", "Halver", "Quarterer");
        project.Build().Succeeded();
        Assert.That(
            project.Times(BuiltProject.Code).Keys,
            Is.EquivalentTo(["Doubler.g.cs", "Doubler.g.map.json", "Quarterer.g.cs", "Quarterer.g.map.json"]));
    }

    [Test]
    public void Build_GeneratedFileEditedOrRemoved_IsMended()
    {
        var project = BuiltProject.Copy();
        var before = project.Read($"{BuiltProject.Code}/Doubler.g.cs");
        project.Write($"{BuiltProject.Code}/Doubler.g.cs", before + "// by hand\n");
        File.Delete(project.PathOf($"{BuiltProject.Code}/Halver.g.cs"));
        project.Build().Succeeded();
        Assert.That(project.Read($"{BuiltProject.Code}/Doubler.g.cs"), Is.EqualTo(before));
        Assert.That(File.Exists(project.PathOf($"{BuiltProject.Code}/Halver.g.cs")), Is.True);
    }

    [Test]
    public void Clean_AfterABuild_LeavesNothingGenerated()
    {
        var project = BuiltProject.Copy();
        project.Build().Succeeded();
        project.DotNet("clean").Succeeded();
        Assert.That(project.Times(BuiltProject.Code), Is.Empty);
        Assert.That(project.Times(BuiltProject.State), Is.Empty);
    }

    // As a process leaves things that was killed between two files: one is half written under another name, one is missing.
    [Test]
    public void Build_AfterOneThatWasKilled_Completes()
    {
        Feed.RequireAll();
        var project = BuiltProject.Copy();
        File.Delete(project.PathOf($"{BuiltProject.State}/done.txt"));
        File.Delete(project.PathOf($"{BuiltProject.Code}/Halver.g.cs"));
        project.Write($"{BuiltProject.Code}/1.graphcompiler.tmp", "public class Half");
        project.Build().Succeeded();
        Assert.That(project.Times(BuiltProject.Code).Keys, Does.Contain("Halver.g.cs"));
        Assert.That(project.Times(BuiltProject.State).Keys, Does.Contain("done.txt"));
    }
}
