using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests.Builds;

/// <summary>The page about the build step, followed to the letter.</summary>
public sealed class WalkThroughTests
{
    private const string Program = """
        using Hello;

        using var net = new Xor { Batch = 4 };
        float[] x = [0, 0, 0, 1, 1, 0, 1, 1], y = [0, 1, 1, 0];
        x.CopyTo(net.X);
        y.CopyTo(net.Y);
        for (var i = 0; i <= 400; i++)
        {
            net.Train();
            if (i % 200 == 0)
            {
                Console.WriteLine($"step {i,3}  loss {net.Loss[0]:F4}  guess {string.Join(" ", net.Guess.ToArray().Select(g => $"{g:F2}"))}");
            }
        }

        """;

    [Test]
    public void Page_FromAnEmptyFolder_BuildsAndPrintsWhatItShows()
    {
        Feed.RequireAll();
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "build-step.md"));
        var project = new TestProject(Feed.NewFolder());
        project.Write("nuget.config", TestProject.NuGetConfig(alone: true));
        project.Write("Hello.csproj", Block(page, "```xml\n<Project"));
        project.Write("Graphs/Networks.cs", Block(page, "```csharp run\n"));
        project.Write("Program.cs", Program);
        project.Build().Succeeded();
        var printed = project.Run("bin/Debug/net10.0/Hello.dll").Succeeded().Output;
        Assert.That(printed, Does.StartWith("step   0"));
        Assert.That(page, Does.Contain(printed));
        Assert.That(page, Does.Contain(string.Join('\n', project.Read("obj/Debug/net10.0/Graphs/Xor.g.cs").Split('\n').Take(5))));

        project.Replace("Graphs/Networks.cs", "\"w2\", [8, 1]", "\"w2\", [9, 1]");
        var error = project.Build().Failed().Errors.Single();
        Assert.That(page, Does.Contain(error[error.IndexOf("error GRC", StringComparison.Ordinal)..error.LastIndexOf(" [", StringComparison.Ordinal)]));
    }

    // An example keeps its generated code in the source tree, made by hand: the build makes the same.
    [Test]
    public void Build_GraphsOfTheExample_GivesItsCommittedCode()
    {
        Feed.RequireAll();
        var example = Path.Combine(Root(), "examples", "NativeClassifier");
        var project = TestProject.New("<GraphOutputDir>Generated</GraphOutputDir>");
        File.Delete(project.PathOf("Graphs/Net.cs"));
        project.Write("Program.cs", "using NativeClassifier;\nusing var trainer = new DigitTrainer();\nConsole.WriteLine(trainer.Workers > 0);");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(example, "Graphs")))
        {
            project.Write($"Graphs/{Path.GetFileName(file)}", File.ReadAllText(file));
        }

        project.Build().Succeeded();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(example, "Generated"), "*.g.cs"))
        {
            Assert.That(
                project.Read($"Generated/{Path.GetFileName(file)}").Split('\n').Where(IsNoAdvice),
                Is.EqualTo(File.ReadAllText(file).Split('\n').Where(IsNoAdvice)));
        }

        Assert.That(project.Times("Generated"), Has.Count.EqualTo(2));
    }

    // One line of the header says how to generate the file again.
    private static bool IsNoAdvice(string line) => !line.StartsWith("// Not to be edited", StringComparison.Ordinal);

    // The first block that begins so.
    private static string Block(string page, string begin)
    {
        var start = page.IndexOf('\n', page.IndexOf(begin, StringComparison.Ordinal)) + 1;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GraphCompiler.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No GraphCompiler.sln above {AppContext.BaseDirectory}");
        }

        return folder.FullName;
    }
}
