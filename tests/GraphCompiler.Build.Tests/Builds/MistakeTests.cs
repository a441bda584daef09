using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests.Builds;

/// <summary>A mistake is an error of the build, at the line of the graph file.</summary>
public sealed class MistakeTests
{
    [Test]
    public void Build_TwoGraphsWithMistakes_TwoErrorsWithFileLineAndShapes()
    {
        var project = BuiltProject.Copy();
        var code = project.Times(BuiltProject.Code);
        project.Replace("Graphs/Net.cs", "2 * graph.Input(\"x\", [8])", "graph.Input(\"x\", [8]).MatMul(graph.Input(\"w\", [3, 4]))");
        project.Replace("Graphs/Net.cs", "0.5 * graph.Input(\"x\", [8])", "graph.Input(\"x\", [8]) + graph.Input(\"x\", [8])");
        var build = project.Build().Failed();
        var file = project.PathOf("Graphs/Net.cs");
        Assert.That(build.Errors, Has.Count.EqualTo(2), build.Output);
        Assert.That(build.Errors[0], Does.StartWith($"{file}(9): error GRC0121: ").And.Contain("\"x\" is [8], \"w\" is [3, 4]"));
        Assert.That(build.Errors[1], Does.StartWith($"{file}(12): error GRC0112: "));
        Assert.That(project.Times(BuiltProject.Code), Is.EqualTo(code), "what was generated before stays");

        project.Write("Graphs/Net.cs", TestProject.Graphs);
        project.Build().Succeeded();
    }

    [Test]
    public void Build_ErrorInTheCSharpOfAGraphFile_IsTheCompilersOwn()
    {
        var project = BuiltProject.Copy();
        project.Replace("Graphs/Net.cs", "2 * graph", "2 * nothing");
        var build = project.Build().Failed();
        Assert.That(build.Errors, Has.One.StartsWith($"{project.PathOf("Graphs/Net.cs")}(9,").And.One.Contains("error CS0103"));
        Assert.That(build.Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public void Build_WrongNameOfAnInput_DoesNotCompile()
    {
        var project = BuiltProject.Copy();
        project.Replace("Program.cs", "doubler.X[i]", "doubler.Z[i]");
        Assert.That(project.Build().Failed().Errors, Has.One.Contains("error CS1061").And.One.Contains("'Z'"));
    }

    [TestCase("System.Environment.Exit(0);", "it ended with 0")]
    [TestCase("static void Deep(int n) => Deep(n + 1); Deep(0);", "it ended with ")]
    [TestCase("System.Console.Error.WriteLine(\"last words, error X1\"); System.Environment.FailFast(null);", "its output begins with \"last words, error X1\"")]
    public void Build_GraphThatEndsTheProcess_IsAnError(string statement, string said)
    {
        Feed.RequireAll();
        var project = BuiltProject.Copy();
        project.Replace("Graphs/Net.cs", "Doubler(Graph graph) => ", $"Doubler(Graph graph) {{ {statement} }}\n    static void No(Graph graph) => ");
        var build = project.Build().Failed();
        Assert.That(build.Errors, Has.Count.EqualTo(1), build.Output);
        Assert.That(build.Errors[0], Does.Contain("error GRC0513: ").And.Contain(said));
    }

    [Test]
    public void Build_GraphThatPrintsErrors_Succeeds()
    {
        Feed.RequireAll();
        var project = BuiltProject.Copy();
        project.Replace("Graphs/Net.cs", "Doubler(Graph graph) => ", "Doubler(Graph graph) { System.Console.WriteLine(\"a.cs(1): error X1: no\"); No(graph); }\n    static void No(Graph graph) => ");
        var build = project.Build("-v:d").Succeeded();
        Assert.That(build.Output.Split('\n').Select(static line => line.Trim()), Does.Contain("a.cs(1): error X1: no"), "it is shown");
    }

    [Test]
    public void Build_ProjectWithoutTheRuntime_IsToldWhatToAdd()
    {
        Feed.RequireAll();
        var project = TestProject.New();
        project.Replace("App.csproj", "<PackageReference Include=\"GraphCompiler.Runtime\" Version=\"0.1.0\" />", "");
        Assert.That(project.Build().Failed().Errors.Single(), Does.Contain("error GRC0511: ").And.Contain("GraphCompiler.Runtime 0.1.0").And.Contain("has none"));
    }

    [Test]
    public void Build_FolderThatCannotBeWritten_IsAnErrorOfTheProject()
    {
        Feed.RequireAll();
        var project = BuiltProject.Copy();
        project.Write("taken", "a file");
        Assert.That(project.Build("-p:GraphOutputDir=taken").Failed().Errors.Single(), Does.StartWith(project.PathOf("App.csproj")).And.Contain("error GRC0512: "));
    }

    [Test]
    public void Build_GraphFilesWithoutADefinition_Warns()
    {
        Feed.RequireAll();
        var project = BuiltProject.Copy();
        project.Write("Graphs/Net.cs", "class Nothing { }");
        project.Write("Program.cs", "Console.WriteLine(1);");
        var build = project.Build().Succeeded();
        Assert.That(build.Warnings.Single(), Does.Contain("warning GRC0514: "));
        Assert.That(project.Times(BuiltProject.Code), Is.Empty);
    }

    [Test]
    public void Build_WarningInAGraphFileWithWarningsAsErrors_Fails()
    {
        Feed.RequireAll();
        var project = TestProject.New("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");
        project.Replace("Graphs/Net.cs", "Doubler(Graph graph) => ", "Doubler(Graph graph) { int unused = 1; }\n    static void No(Graph graph) => ");
        Assert.That(project.Build().Failed().Errors, Has.One.Contains("error CS0219"));
    }
}
