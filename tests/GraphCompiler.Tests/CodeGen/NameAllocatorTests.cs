using GraphCompiler.CodeGen;

namespace GraphCompiler.Tests.CodeGen;

public sealed class NameAllocatorTests
{
    [Test]
    public void New_SameHint_CountsWithinABlockAndStartsAnewInTheNext()
    {
        var names = new NameAllocator();
        Assert.That(New(names, "x", 3), Is.EqualTo(new[] { "x", "x2", "x3" }));
        names.Push();
        Assert.That(New(names, "x", 2), Is.EqualTo(new[] { "x4", "x5" }));
        names.Pop();
        names.Push();
        Assert.That(New(names, "x", 2), Is.EqualTo(new[] { "x4", "x5" }));
        Assert.That(names.NewAt(0, "x"), Is.EqualTo("x6"), "not what a block within declares");
        names.Pop();
        Assert.That(New(names, "x", 1), Is.EqualTo(new[] { "x7" }));
    }

    [Test]
    public void New_HintLikeANumberedName_IsNeverGivenTwice()
    {
        var names = new NameAllocator();
        Assert.That(New(names, "x", 1).Concat(New(names, "x2", 2)).Concat(New(names, "x", 2)), Is.EqualTo(new[] { "x", "x2", "x2_2", "x3", "x4" }));
    }

    private static string[] New(NameAllocator names, string hint, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => names.New(hint))];
}
