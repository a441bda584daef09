using GraphCompiler.Tool.Cli;
using GraphCompiler.Tool.Tests.Samples;

namespace GraphCompiler.Tool.Tests.Cli;

/// <summary>What is wrong is said in a line or two, and in the exit code.</summary>
public sealed class ErrorTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [TestCase(new[] { "inspect" }, "Required argument")]
    [TestCase(new[] { "inspect", "a.dll", "--show", "nonsense" }, "nonsense")]
    [TestCase(new[] { "inspect", "a.dll", "--target", "sse9" }, "sse9")]
    [TestCase(new[] { "profile", "a.dll", "--seconds", "0,5" }, "such as 0.5, got \"0,5\"")]
    [TestCase(new[] { "frobnicate" }, "frobnicate")]
    [TestCase(new[] { "emit", "a.dll" }, "--output")]
    public async Task CommandLine_ThatIsWrong_IsUsageError(string[] args, string expected)
    {
        var result = await Tool.RunAsync(args);
        Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
        Assert.That(result.Error, Does.Contain(expected).And.Contain("--help"));
    }

    [Test]
    public async Task Source_ThatIsNotThere_IsSaid() => await FailsAsync("is not there", "inspect", _folder.File("nothing.dll"));

    [Test]
    public async Task Source_ThatIsAFolder_IsSaid() => await FailsAsync("is a folder", "inspect", _folder.Path);

    [Test]
    public async Task Source_OfAnotherKind_IsSaid() => await FailsAsync("is none of what graphc reads", "inspect", _folder.File("notes.txt", "hello"));

    [Test]
    public async Task Source_ThatIsNoAssembly_IsSaid() => await FailsAsync("is no .NET assembly", "inspect", _folder.File("text.dll", "MZ hello"));

    [Test]
    public async Task Source_WithoutGraphs_SaysHowToDeclareOne() => await FailsAsync("[GraphDefinition]", "inspect", typeof(Graph).Assembly.Location);

    [Test]
    public async Task Source_OfSeveralGraphs_NamesThem() => await FailsAsync("--graph: \"mlp\", \"neuron\"", "inspect", Tool.Assembly);

    [Test]
    public async Task Graph_OfAnotherName_NamesThoseThere() => await FailsAsync("it has \"mlp\", \"neuron\"", "inspect", Tool.Assembly, "-g", "mpl");

    [Test]
    public async Task File_ThatDoesNotCompile_ShowsItsErrors() =>
        await FailsAsync("CS1002", "inspect", _folder.File("Broken.cs", "class C { void M() { int x = 1 } }"));

    [Test]
    public async Task File_ThatIsBinary_IsSaid()
    {
        var path = _folder.File("Binary.cs");
        File.WriteAllBytes(path, [0, 1, 2, 0, 0, 0, 0, 3]);
        await FailsAsync("Binary.cs", "inspect", path);
    }

    [Test]
    public async Task Graph_WithAMistake_NamesLineAndBothShapes() =>
        await FailsAsync("Wrong.cs:8", "inspect", _folder.File("Wrong.cs", GraphFiles.Mismatch));

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{\"format\":\"something else\"}")]
    public async Task SavedGraph_ThatIsDamaged_IsSaid(string text) => await FailsAsync("GRC0460", "inspect", _folder.File("damaged.json", text));

    [Test]
    public async Task Explain_InAGraphWithoutNodes_IsSaid() => await FailsAsync(
        "has no nodes", "explain", _folder.File("Nothing.cs", "using GraphCompiler; static class G { [GraphDefinition] static void Nothing(Graph g) => g.Input(\"x\", [1]); }"), "x");

    [Test]
    public async Task Html_IntoAFolder_IsSaid() => await FailsAsync("is a folder", "inspect", Tool.Assembly, "-g", "neuron", "--html", _folder.Path);

    [Test]
    public async Task Html_WhereNothingCanBeWritten_IsSaid() =>
        await FailsAsync("cannot be written", "inspect", Tool.Assembly, "-g", "neuron", "--html", Path.Combine(_folder.File("notes.txt", "a file"), "page.html"));

    [Test]
    public async Task Graph_WhoseCodeThrows_IsSaidInHarmlessText()
    {
        const string Source = "using GraphCompiler; static class G { [GraphDefinition] static void T(Graph g) => throw new System.Exception(\"boom\\u001B[2J\"); }";
        var path = _folder.File("Throws.cs", Source);
        await FailsAsync("boom?[2J (Throws.cs:1)", "inspect", path);
    }

    [Test]
    public async Task Reference_ForAnAssembly_IsRefused() => await FailsAsync("are for a C# file", "inspect", Tool.Assembly, "-r", Tool.Assembly);

    [Test]
    public async Task Cancelled_WhileTheGraphsOwnCodeRuns_Ends()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var result = await Tool.RunAsync(cancellation.Token, "inspect", _folder.File("Endless.cs", GraphFiles.Endless));
        Assert.That((result.Code, result.Error), Is.EqualTo((ExitCode.Cancelled, "cancelled\n")));
    }

    private static async Task FailsAsync(string expected, params string[] args)
    {
        var result = await Tool.RunAsync(args);
        Assert.That(result.Code, Is.EqualTo(ExitCode.Error));
        Assert.That(result.Error, Does.StartWith("error: ").And.Contain(expected));
        Assert.That(result.Output, Is.Empty);
    }
}
