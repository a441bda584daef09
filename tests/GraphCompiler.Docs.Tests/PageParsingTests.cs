using GraphCompiler.Docs.Tests.Markdown;
using GraphCompiler.Docs.Tests.Snippets;

namespace GraphCompiler.Docs.Tests;

/// <summary>The tests of pages find what they should: a check that cannot fail proves nothing.</summary>
public sealed class PageParsingTests
{
    [Test]
    public void Parse_Fences_GiveKindsAndLines()
    {
        var page = Page.Parse("p.md", "# T\n```csharp run\na\n```\n```text output\nb\n```\n```csharp\nc\n```\n```bash\nd\n```\n");
        Assert.That(
            page.Blocks,
            Is.EqualTo(new Block[]
            {
                new(BlockKind.Run, 3, "a\n"), new(BlockKind.Output, 6, "b\n"), new(BlockKind.Unmarked, 9, "c\n"), new(BlockKind.Plain, 12, "d\n"),
            }));
    }

    [Test]
    public void Parse_FenceWithoutEnd_IsRefused() =>
        Assert.That(static () => Page.Parse("p.md", "```csharp run\na\n"), Throws.TypeOf<FormatException>());

    [Test]
    public void Run_BlocksOfOneProgram_SeeEarlierOnesAndPrintApart()
    {
        var page = Page.Parse("p.md", "```csharp run\nvar x = new C(2);\nConsole.WriteLine(x.V);\nrecord C(int V);\n```\n"
            + "```csharp run\nConsole.WriteLine(x.V + 1);\n```\n```csharp run new\nvar x = 5;\nConsole.WriteLine(x);\n```\n");
        Assert.That(SnippetRunner.Run(page).Values, Is.EqualTo(["2\n", "3\n", "5\n"]));
    }

    [Test]
    public void Run_BlockWithAnError_NamesItsLine()
    {
        var page = Page.Parse("p.md", "text\n\n```csharp run\n// a comment\nvar x = 1;\nint y = \"no\" + x;\n```\n");
        Assert.That(() => SnippetRunner.Run(page), Throws.TypeOf<FormatException>().With.Message.Contains("p.md:6: CS0029"));
    }

    [Test]
    public void Fragment_LackingNames_IsAcceptedAndLackingMore_IsNot()
    {
        var page = Page.Parse("p.md", "```csharp fragment\nvar y = x + b; // why\nw = Init.Zeros;\n```\n```csharp fragment\nvar z = Init.Nothing;\n```\n");
        Assert.That(SnippetCompiler.ErrorsOfFragment("p.md", page.Blocks[0]), Is.Empty);
        Assert.That(SnippetCompiler.ErrorsOfFragment("p.md", page.Blocks[1]), Has.One.StartsWith("p.md:6: CS0117"));
    }

    [Test]
    public void With_OtherTexts_ReplacesBlocksAndNothingElse()
    {
        const string Before = "a\n```text output\n1\n2\n```\nb\n```text output\n3\n```\n";
        var page = Page.Parse("p.md", Before);
        var after = page.With(new Dictionary<Block, string> { [page.Blocks[0]] = "x\n", [page.Blocks[1]] = "y\nz\n" });
        Assert.That(after, Is.EqualTo("a\n```text output\nx\n```\nb\n```text output\ny\nz\n```\n"));
    }

    [Test]
    public void Links_OfAPage_AreRelativeOnesOutsideOfCode() =>
        Assert.That(
            Links.Of("[a](x.md#y) [b](https://e.org/z) [c](#d)\n```text\n[e](no.md)\n```\n[f](q/)").ToArray(),
            Is.EqualTo(["x.md", "q/"]));
}
