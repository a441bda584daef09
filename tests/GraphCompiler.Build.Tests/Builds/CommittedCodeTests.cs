using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests.Builds;

/// <summary>Generated code in the source tree: written, compared, and never both.</summary>
public sealed class CommittedCodeTests
{
    private const string Directory = "-p:GraphOutputDir=Generated";

    [Test]
    public void Verify_GraphChangedSince_FailsAndNamesFileAndCommand()
    {
        var project = BuiltProject.Copy();
        project.Build(Directory).Succeeded();
        Assert.That(project.Times("Generated").Keys, Is.EquivalentTo(["Doubler.g.cs", "Halver.g.cs"]), "maps are not for review");
        var committed = project.Read("Generated/Doubler.g.cs");

        project.Replace("Graphs/Net.cs", "2 *", "3 *");
        var build = project.Build(Directory, "-p:GraphVerify=true").Failed();
        Assert.That(build.Errors, Has.Count.EqualTo(1), build.Output);
        Assert.That(build.Errors[0], Does.StartWith(project.PathOf("Generated/Doubler.g.cs") + "(")
            .And.Contain("error GRC0510: ").And.Contain("App.Networks.Doubler").And.Contain("dotnet build \"App.csproj\" -p:GraphVerify=false"));
        Assert.That(project.Read("Generated/Doubler.g.cs"), Is.EqualTo(committed), "nothing is written");

        project.Build(Directory, "-p:GraphVerify=false").Succeeded();
        project.Build(Directory, "-p:GraphVerify=true").Succeeded();
        Assert.That(project.Run().Output, Does.StartWith("0 3 6"));
    }

    // What is there already is among the project's files, under a name that need not be this one.
    [TestCase("./Generated")]
    [TestCase("$(MSBuildProjectDirectory)/Generated/")]
    [TestCase("Graphs\\..\\Generated")]
    public void Build_FolderInOtherWords_CompilesItsCodeOnce(string folder)
    {
        Feed.RequireAll();
        var project = TestProject.New($"<TreatWarningsAsErrors>true</TreatWarningsAsErrors><GraphOutputDir>{folder}</GraphOutputDir>");
        project.Build().Succeeded();
        project.Replace("Graphs/Net.cs", "2 *", "3 *");
        project.Build().Succeeded();
        Assert.That(project.Times("Generated").Keys, Is.EquivalentTo(["Doubler.g.cs", "Halver.g.cs"]));
        Assert.That(project.Run().Output, Does.StartWith("0 3 6"));
    }

    // As after a checkout: nothing but what is committed, with other ends of lines.
    [Test]
    public void Verify_FreshCheckoutWithCrLf_Succeeds()
    {
        Feed.RequireAll();
        var project = TestProject.New("<GraphOutputDir>Generated/</GraphOutputDir>");
        project.Build().Succeeded();
        System.IO.Directory.Delete(project.PathOf("obj"), recursive: true);
        project.Write("Generated/Doubler.g.cs", project.Read("Generated/Doubler.g.cs").Replace("\n", "\r\n", StringComparison.Ordinal));
        var times = project.Times("Generated");
        project.Build("-p:GraphVerify=true").Succeeded();
        project.Build().Succeeded();
        Assert.That(project.Times("Generated"), Is.EqualTo(times), "ends of lines are no difference");
        Assert.That(project.Run().Output, Does.StartWith("0 2 4"));
    }

    [Test]
    public void Verify_FileMissingAndFileTooMany_NamesBoth()
    {
        Feed.RequireAll();
        var project = TestProject.New("<GraphOutputDir>Graphs/Generated</GraphOutputDir>");
        project.Build().Succeeded();
        System.IO.Directory.Delete(project.PathOf("obj"), recursive: true);
        File.Move(project.PathOf("Graphs/Generated/Halver.g.cs"), project.PathOf("Graphs/Generated/Old.g.cs"));
        project.Write("Graphs/Generated/Mine.g.cs", "// not ours\n");
        var errors = project.Build("-p:GraphVerify=true").Failed().Errors;
        Assert.That(errors, Has.Count.EqualTo(2));
        Assert.That(errors, Has.One.Contains("Halver.g.cs").And.One.Contains("Old.g.cs"));

        project.Build().Succeeded();
        Assert.That(project.Times("Graphs/Generated").Keys, Is.EquivalentTo(["Doubler.g.cs", "Halver.g.cs", "Mine.g.cs"]));
        project.DotNet("clean").Succeeded();
        Assert.That(project.Times("Graphs/Generated"), Has.Count.EqualTo(3), "what is committed is not for Clean to remove");
    }

    [Test]
    public void Verify_WithoutAFolder_IsAnError()
    {
        Feed.RequireAll();
        Assert.That(BuiltProject.Copy().Build("-p:GraphVerify=true").Failed().Errors.Single(), Does.Contain("error GRC0515: "));
    }
}
