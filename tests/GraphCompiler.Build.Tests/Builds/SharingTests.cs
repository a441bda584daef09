using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests.Builds;

/// <summary>What graph files see of a project, and what they do not.</summary>
public sealed class SharingTests
{
    [Test]
    public void Build_SharedFileConstantsUsingsAndEachOther_AreSeen()
    {
        Feed.RequireAll();
        var project = TestProject.New(
            "<DefineConstants>$(DefineConstants);WIDE</DefineConstants>",
            """
            <GraphShared Include="Sizes.cs" />
            <Using Include="GraphCompiler.Operators" /><Using Include="App.Own" /><Using Include="System.Math" Static="true" />
            """);
        project.Write("Sizes.cs", "namespace App; static class Sizes { public const int Width = 8; }");
        project.Write("Own.cs", "namespace App.Own; class Mine { }");
        project.Write("Graphs/Parts/Helper.cs", "namespace App; static class Helper { public static Tensor Twice(this Tensor x) => 2 * x.Relu(); }\n".Insert(0, "using GraphCompiler;\n"));
        project.Write("Graphs/Net.cs", """
            using GraphCompiler;
            namespace App;
            static class Networks
            {
            #if WIDE
                [GraphDefinition]
                static void Doubler(Graph graph) => graph.Output("y", graph.Input("x", [Max(Sizes.Width, 1)]).Twice());
            #endif
            }
            """);
        project.Write("Program.cs", TestProject.Program.Replace("< 8", "< Sizes.Width", StringComparison.Ordinal));
        // The application has no compiler to import operators of; graph files have.
        project.Replace("App.csproj", "<Using Include=\"GraphCompiler.Operators\" />", "");
        project.Replace("Graphs/Parts/Helper.cs", "using GraphCompiler;", "using GraphCompiler;\nusing GraphCompiler.Operators;");
        project.Build().Succeeded();
        Assert.That(project.Run().Output, Is.EqualTo("0 2 4 6 8 10 12 14\n"));
    }

    [Test]
    public void Build_ReferencedProjectChanges_GraphFollows()
    {
        Feed.RequireAll();
        var project = TestProject.New(items: "<ProjectReference Include=\"Library/Library.csproj\" /><Compile Remove=\"Library/**\" />");
        project.Write("Library/Library.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        project.Write("Library/Factors.cs", """
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("App")]
            internal static class Factors { public static float Factor() => 2; }
            """);
        project.Replace("Graphs/Net.cs", "2 *", "Factors.Factor() *");
        project.Build().Succeeded();
        Assert.That(project.Run().Output, Does.StartWith("0 2 4"));

        // Its reference assembly stays as it is: what runs has changed.
        project.Replace("Library/Factors.cs", "=> 2", "=> 5");
        project.Build().Succeeded();
        Assert.That(project.Run().Output, Does.StartWith("0 5 10"));
    }

    [Test]
    public void Build_InputOfAGraphChanges_GraphFollows()
    {
        Feed.RequireAll();
        var project = TestProject.New(items: "<GraphInput Include=\"factor.txt\" />");
        project.Write("factor.txt", "3");
        project.Replace("Graphs/Net.cs", "namespace App;", "using System.Runtime.CompilerServices;\nnamespace App;");
        project.Replace("Graphs/Net.cs", "2 * graph", "Factor() * graph");
        project.Replace("Graphs/Net.cs", "static class Networks\n{", """
            static class Networks
            {
                static float Factor([CallerFilePath] string file = "") => float.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "../factor.txt")));
            """);
        project.Build().Succeeded();
        Assert.That(project.Run().Output, Does.StartWith("0 3 6"));
        project.Write("factor.txt", "4");
        project.Build().Succeeded();
        Assert.That(project.Run().Output, Does.StartWith("0 4 8"));
    }

    [Test]
    public void Build_WithoutDefaultItems_TakesThoseNamed()
    {
        Feed.RequireAll();
        var project = TestProject.New("<EnableDefaultGraphItems>false</EnableDefaultGraphItems>", "<Graph Include=\"Other/*.cs\" />");
        project.Write("Other/Net.cs", project.Read("Graphs/Net.cs"));
        Directory.Delete(project.PathOf("Graphs"), recursive: true);
        project.Write("Graphs/Plain.cs", "namespace App; class Plain { }");
        project.Write("Program.cs", TestProject.Program + "Console.WriteLine(new Plain());\n");
        project.Build().Succeeded();
        Assert.That(project.Run().Output, Is.EqualTo("0 2 4 6 8 10 12 14\nApp.Plain\n"));
    }

    [Test]
    public void Build_DefaultItemsNamedOnceMore_Succeeds()
    {
        Feed.RequireAll();
        TestProject.New(items: "<Graph Include=\"Graphs/**/*.cs\" />").Build().Succeeded();
    }

    [Test]
    public void Build_SameClassInTwoNamespaces_TwoFiles()
    {
        Feed.RequireAll();
        var project = BuiltProject.Copy();
        project.Write("Graphs/Other.cs", TestProject.Graphs.Replace("namespace App;", "namespace App.Other;", StringComparison.Ordinal));
        project.Build().Succeeded();
        Assert.That(
            project.Times(BuiltProject.Code, "*.g.cs").Keys,
            Is.EquivalentTo(["App.Doubler.g.cs", "App.Halver.g.cs", "App.Other.Doubler.g.cs", "App.Other.Halver.g.cs"]));
    }

    [Test]
    public void Build_LastGraphFileRemoved_LeavesNothingBehind()
    {
        Feed.RequireAll();
        var project = BuiltProject.Copy();
        project.Build().Succeeded();
        Directory.Delete(project.PathOf("Graphs"), recursive: true);
        project.Write("Program.cs", "Console.WriteLine(1);");
        project.Build().Succeeded();
        Assert.That(project.Times(BuiltProject.Code), Is.Empty);
    }
}
