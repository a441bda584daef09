using System.Reflection;
using System.Xml.Linq;
using GraphCompiler.Operators;

namespace GraphCompiler.Tests.Architecture;

/// <summary>The documentation of a method that builds an operator says what, of what, into what, and its edges.</summary>
public sealed class OperatorDocumentationTests
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(static () =>
        XDocument.Load(Path.ChangeExtension(typeof(Op).Assembly.Location, ".xml"))
            .Descendants("member").ToDictionary(static m => (string)m.Attribute("name")!, StringComparer.Ordinal));

    private static IEnumerable<string> Methods => typeof(Op).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Select(static m => m.Name).Distinct().Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Methods))]
    public void Method_EveryOverload_HasSummaryParametersAndRemarks(string method)
    {
        var members = Members.Value.Where(m => m.Key.StartsWith($"M:{typeof(Op).FullName}.{method}(", StringComparison.Ordinal)).ToArray();
        var overloads = typeof(Op).GetMethods(BindingFlags.Public | BindingFlags.Static).Count(m => m.Name == method);
        Assert.That(members, Has.Length.EqualTo(overloads), "a member each");
        foreach (var (name, member) in members)
        {
            Assert.That(member.Element("summary")?.Value, Is.Not.Null.And.Not.Empty, name);
            var source = Inherited(member);
            Assert.That(source.Element("remarks")?.Value, Is.Not.Null.And.Not.Empty, $"{name}: remarks say edge values, gradient, error");
            Assert.That(source.Elements("param"), Is.Not.Empty, name);
        }
    }

    private static XElement Inherited(XElement member) =>
        (string?)member.Element("inheritdoc")?.Attribute("cref") is { } cref ? Members.Value[cref] : member;
}
