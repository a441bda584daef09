using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime.Tests.State;

public sealed class NearestNamesTests
{
    private static readonly string[] Names = ["encoder/w1", "encoder/w2", "decoder/w1", "bias", "scale"];

    [TestCase("encoder/w3", "encoder/w1,encoder/w2,decoder/w1")]
    [TestCase("BIAS", "bias")]
    [TestCase("bais", "bias")]
    [TestCase("w2", "encoder/w2")]
    [TestCase("model/scale", "scale")]
    [TestCase("zzzzzzzz", "")]
    [TestCase("", "")]
    public void To_Name_AreTheNearestFirst(string wanted, string nearest) =>
        Assert.That(string.Join(',', NearestNames.To(wanted, Names)), Is.EqualTo(nearest));

    [Test]
    public void To_VeryLongName_GivesUp() =>
        Assert.That(NearestNames.To(new string('x', 100_000), [new string('x', 99_999)]), Is.Empty);
}
