using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.Optimize;

public sealed class DisplayNameTests
{
    [TestCase("layer1/w", "layer1/w")]
    [TestCase("größe·β₁ 数", "größe·β₁ 数")]
    [TestCase("😀", "😀")]
    [TestCase("", "")]
    [TestCase("a\"b", "a\\\"b")]
    [TestCase("a\\b", "a\\\\b")]
    [TestCase("a\r\n\tb", "a\\r\\n\\tb")]
    [TestCase("a\0b\u2028c\u202Ed", "a\\u0000b\\u2028c\\u202ed")]
    [TestCase("a*/b", "a*\\/b")]
    public void Of_Name_IsOneHarmlessLine(string name, string shown) =>
        Assert.That(DisplayName.Of(name), Is.EqualTo(shown));

    [Test]
    public void Of_UnpairedSurrogate_IsEscaped() =>
        Assert.That(DisplayName.Of("a\uD800b"), Is.EqualTo("a\\ud800b"));

    [Test]
    public void Of_LongNames_AreCutAndStayDifferent()
    {
        var (a, b) = (new string('x', 10_000), new string('x', 9_999) + "y");

        Assert.That(DisplayName.Of(a), Has.Length.EqualTo(DisplayName.MaxLength).And.StartsWith("xxxx").And.Match("…#[0-9a-f]{8}$"));
        Assert.That(DisplayName.Of(a), Is.Not.EqualTo(DisplayName.Of(b)));
        Assert.That(DisplayName.Of(new string('x', 80)), Is.EqualTo(new string('x', 80)));
        Assert.That(DisplayName.Of(new string('\n', 41)), Has.Length.LessThanOrEqualTo(80).And.Match(@"^(\\n)+…#[0-9a-f]{8}$"));
    }

    [Test]
    public void Of_PairsAtTheCut_StayWhole()
    {
        var name = "a" + string.Concat(Enumerable.Repeat("😀", 60));

        Assert.That(DisplayName.Of(name).EnumerateRunes().Any(r => r.Value == 0xFFFD), Is.False);
    }

    [TestCase("a\nb")]
    [TestCase("\" */ \r\n output y = x")]
    [TestCase("w\u2028\u0085\v\f")]
    public void Print_HostileNames_KeepOneLinePerNode(string name)
    {
        var graph = new Graph(name);
        var longName = string.Concat(Enumerable.Repeat(name, 5_000));
        var x = graph.Input(name, [Dim.Symbol(name, 4), 3]);
        var w = graph.Parameter(longName, [3], Init.Zeros);
        graph.Output(name + "out", (x * w).Named(longName + "product"));
        graph.Update(w, w.Named(name + "again"));

        var lines = graph.ToString().Split('\n');

        Assert.That(lines, Has.Length.EqualTo(1 + 3 + 1 + 1 + 1));
        Assert.That(graph.ToString().Where(c => char.IsControl(c) && c != '\n'), Is.Empty);
        Assert.That(lines, Has.All.Length.LessThan(800));
        Assert.That(graph.ToString(), Does.Not.Contain("*/").And.Not.Contain("\u2028"));
    }

    [Test]
    public void Describe_HostileName_StaysInsideItsQuotes()
    {
        var x = new Graph().Input("a\" is fine\n", [3]);

        Assert.That(x.Describe(), Is.EqualTo("\"a\\\" is fine\\n\""));
        Assert.That(x.ToString(), Is.EqualTo("a\\\" is fine\\n: float32[3]"));
    }
}
