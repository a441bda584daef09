using GraphCompiler.Runtime;

namespace GraphCompiler.Tests;

public sealed class DimTests
{
    private static readonly Dim N = Dim.Symbol("n", 8);
    private static readonly Dim M = Dim.Symbol("m", 5);

    [Test]
    public void Product_OfSymbols_DoesNotDependOnTheirOrder()
    {
        Assert.That(N * M * 2, Is.EqualTo(2 * M * N));
        Assert.That((N * M * 2).GetHashCode(), Is.EqualTo((2 * M * N).GetHashCode()));
        Assert.That((N * M * 2).ToString(), Is.EqualTo("2·m·n"));
        Assert.That((N * N).ToString(), Is.EqualTo("n·n"));
    }

    [Test]
    public void Product_WithZero_IsTheConstantZero()
    {
        Assert.That(N * 0, Is.EqualTo((Dim)0));
        Assert.That((N * 0).IsConstant);
    }

    [Test]
    public void Sum_OfLikeTerms_IsOneTerm()
    {
        Assert.That((2 * N) + (3 * N), Is.EqualTo(5 * N));
        Assert.That((N * M) + (M * N), Is.EqualTo(2 * N * M));
        Assert.That(N + 0, Is.EqualTo(N));
        Assert.That(0 + N, Is.EqualTo(N));
    }

    [Test]
    public void Sum_OfUnlikeTerms_Is0111()
    {
        Assert.That(Assert.Throws<GraphException>(() => (N + M).ToString())!.Id, Is.EqualTo("GRC0111"));
        Assert.That(Assert.Throws<GraphException>(() => (N + 1).ToString())!.Id, Is.EqualTo("GRC0111"));
    }

    [Test]
    public void TryDivide_OfAMultiple_GivesTheQuotient()
    {
        Assert.That((6 * N * M).TryDivide(2 * N, out var quotient));
        Assert.That(quotient, Is.EqualTo(3 * M));
        Assert.That((N * N).TryDivide(N, out quotient));
        Assert.That(quotient, Is.EqualTo(N));
        Assert.That(((Dim)0).TryDivide(N, out quotient));
        Assert.That(quotient, Is.EqualTo((Dim)0));
    }

    [Test]
    public void TryDivide_OfWhatIsNoMultiple_Fails()
    {
        Assert.That((5 * N).TryDivide(2, out _), Is.False);
        Assert.That(N.TryDivide(M, out _), Is.False);
        Assert.That(((Dim)4).TryDivide(N, out _), Is.False);
        Assert.That(N.TryDivide(0, out _), Is.False);
    }

    [Test]
    public void Max_OfAProduct_IsTheProductOfTheBounds()
    {
        Assert.That((3 * N * M).Max, Is.EqualTo(3 * 8 * 5));
        Assert.That((3 * N * N).Evaluate(static _ => 7), Is.EqualTo(3 * 49));
    }

    [Test]
    public void Max_BeyondLong_IsAnError()
    {
        var huge = Dim.Symbol("huge", long.MaxValue) * 2;
        Assert.That(() => huge.Max, Throws.TypeOf<GraphException>().With.Property("Id").EqualTo("GRC0126"));
        Assert.That(() => (Dim)long.MaxValue * 2, Throws.TypeOf<GraphException>().With.Message.EqualTo("GRC0126: An extent requires a value below 2⁶³, got 9223372036854775807 · 2"));
        Assert.That(() => (Dim)long.MinValue * -1, Throws.TypeOf<GraphException>());
        Assert.That(() => (Dim)long.MaxValue + 2, Throws.TypeOf<GraphException>().With.Message.Contains("9223372036854775807 + 2"));
    }

    [Test]
    public void Strides_OfASymbolicShape_AreRowMajor()
    {
        Shape shape = [N, 3, M, 2];
        Assert.That(shape.Strides(), Is.EqualTo(new[] { 6 * M, 2 * M, (Dim)2, 1 }));
        Assert.That(shape.ElementCount, Is.EqualTo(6 * N * M));
        Assert.That(shape.IsConstant, Is.False);
        Assert.That(shape.Evaluate(static s => s.Max), Is.EqualTo(new long[] { 8, 3, 5, 2 }));
    }
}
