using GraphCompiler.Docs.Tests.Markdown;
using GraphCompiler.Docs.Tests.Snippets;

namespace GraphCompiler.Docs.Tests;

/// <summary>
/// What pages show is true: every C# block is compiled and run, or is found in a source. <c>GRAPHC_BLESS=1</c> writes
/// what was printed into the pages instead of comparing.
/// </summary>
public sealed class PageTests
{
    private static IReadOnlyList<string> Pages => Repository.Pages;

    private static bool Blesses => Environment.GetEnvironmentVariable("GRAPHC_BLESS") == "1";

    [TestCaseSource(nameof(Pages))]
    public void Page_EveryCSharpBlock_SaysWhatItPromises(string path)
    {
        var page = Open(path);
        Assert.That(
            page.Blocks.Where(static b => b.Kind == BlockKind.Unmarked).Select(b => $"{path}:{b.FirstLine}"),
            Is.Empty,
            "mark blocks as csharp run, csharp run new, csharp output, csharp excerpt or csharp fragment");
        Assert.That(
            page.Blocks.Where(static b => b.Kind == BlockKind.Output)
                .Except(page.Blocks.Where(static b => b.IsRun).Select(page.OutputOf))
                .Select(b => $"{path}:{b!.FirstLine}"),
            Is.Empty,
            "an output follows the block that prints it");
    }

    [TestCaseSource(nameof(Pages))]
    public void Page_EveryRunBlock_PrintsWhatItsOutputShows(string path)
    {
        var page = Open(path);
        var outputs = SnippetRunner.Run(page)
            .Select(pair => (Block: page.OutputOf(pair.Key), Text: pair.Value))
            .Where(static pair => pair.Block is not null)
            .ToDictionary(static pair => pair.Block!, static pair => pair.Text);
        if (Blesses)
        {
            File.WriteAllText(Path.Combine(Repository.Root, path), page.With(outputs));
            return;
        }

        using (Assert.EnterMultipleScope())
        {
            foreach (var (block, text) in outputs)
            {
                Assert.That(block.Text, Is.EqualTo(text), $"{path}:{block.FirstLine}");
            }
        }
    }

    [TestCaseSource(nameof(Pages))]
    public void Page_EveryExcerpt_OccursInASource(string path)
    {
        var page = Open(path);
        var excerpts = page.Blocks.Where(static b => b.Kind == BlockKind.Excerpt).ToList();
        if (excerpts.Count == 0)
        {
            return;
        }

        var sources = Repository.CSharpSources().Concat(SnippetRunner.Run(page).Values).Select(Words).ToList();
        Assert.That(
            excerpts.Where(excerpt => !sources.Exists(source => source.Contains(Words(excerpt.Text), StringComparison.Ordinal)))
                .Select(excerpt => $"{path}:{excerpt.FirstLine}"),
            Is.Empty,
            "an excerpt stands literally in a source file or in what the page prints");
    }

    [TestCaseSource(nameof(Pages))]
    public void Page_EveryFragment_LacksNothingButDeclarations(string path) =>
        Assert.That(
            Open(path).Blocks.Where(static b => b.Kind == BlockKind.Fragment).SelectMany(block => SnippetCompiler.ErrorsOfFragment(path, block)),
            Is.Empty);

    [TestCaseSource(nameof(Pages))]
    public void Page_EveryRelativeLink_LeadsToAFile(string path)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, path))!;
        Assert.That(
            Links.Of(Repository.Read(path)).Where(link => !Path.Exists(Path.Combine(folder, link))),
            Is.Empty);
    }

    private static Page Open(string path) => Page.Parse(path, Repository.Read(path));

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
