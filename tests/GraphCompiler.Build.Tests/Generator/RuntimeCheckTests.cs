using GraphCompiler.Runtime;

namespace GraphCompiler.Build.Tests.Generator;

public sealed class RuntimeCheckTests
{
    [Test]
    public void Require_OwnRuntime_IsContent() => RuntimeCheck.Require([typeof(Worker).Assembly.Location]);

    [Test]
    public void Require_None_GRC0511() => Assert.That(
        static () => RuntimeCheck.Require([]), Throws.TypeOf<GraphException>().With.Property("Id").EqualTo("GRC0511").And.Message.Contains("has none"));

    // An assembly of another version stands in for the runtime of one.
    [Test]
    public void Require_OtherVersion_GRC0511NamesBoth()
    {
        var other = typeof(TestAttribute).Assembly;
        Assert.That(
            () => RuntimeCheck.Require([other.Location]),
            Throws.TypeOf<GraphException>().With.Message.Contains(other.GetName().Version!.ToString(3)).And.Message.Contains("GraphCompiler.Runtime 0."));
    }
}
