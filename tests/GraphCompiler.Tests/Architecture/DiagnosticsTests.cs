using System.Text.RegularExpressions;

namespace GraphCompiler.Tests.Architecture;

/// <summary>Every error has a paragraph, and every mistake in declaring or differentiating a graph has a test.</summary>
public sealed partial class DiagnosticsTests
{
    private static readonly Lazy<SortedSet<string>> Thrown = new(static () =>
        new(new[] { "compiler", "runtime" }.SelectMany(SourceTree.CSharp)
            .SelectMany(static f => Quoted().Matches(SourceTree.Read(f)).Select(static m => m.Groups[1].Value)), StringComparer.Ordinal));

    private static readonly Lazy<string[]> Headings = new(static () =>
        [.. Heading().Matches(SourceTree.Read("docs/diagnostics.md")).Select(static m => m.Groups[1].Value)]);

    [Test]
    public void Ids_ThatAreThrown_HaveAParagraph() => Assert.That(Thrown.Value.Except(Headings.Value), Is.Empty);

    [Test]
    public void Paragraphs_OfIdsThatAreNotThrown_AreStruckOff() => Assert.That(Headings.Value.Except(Thrown.Value), Is.Empty);

    [Test]
    public void Paragraphs_StandInOrderAndInTheTable()
    {
        Assert.That(Headings.Value, Is.Ordered.And.Unique);
        var text = SourceTree.Read("docs/diagnostics.md");
        Assert.That(Headings.Value.Where(id => !text.Contains($"| [{id}](#{id.ToLowerInvariant()}) |", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Ids_OfDeclaringAndDifferentiating_HaveATest()
    {
        var tests = string.Concat(SourceTree.CSharp("tests/GraphCompiler.Tests").Select(SourceTree.Read));
        var own = Thrown.Value.Where(static id => id.StartsWith("GRC01", StringComparison.Ordinal) || id.StartsWith("GRC03", StringComparison.Ordinal));
        Assert.That(own.Where(id => !tests.Contains(id, StringComparison.Ordinal)), Is.Empty);
    }

    [GeneratedRegex("\"(GRC[0-9]{4})\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("^## (GRC[0-9]{4})$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
