using GraphCompiler.Operators;

namespace GraphCompiler.Tests.Laws;

/// <summary>No operator escapes the laws.</summary>
public sealed class CompletenessTests
{
    private static IEnumerable<Type> Operators => typeof(Operator).Assembly.GetTypes()
        .Where(static t => t.IsSubclassOf(typeof(Operator)) && !t.IsAbstract).OrderBy(static t => t.Name, StringComparer.Ordinal);

    [Test]
    public void Operators_Every_HasSamples()
    {
        var sampled = OperatorSamples.All.Select(static s => s.Operator).ToHashSet();
        Assert.That(Operators.Where(t => !sampled.Contains(t)).Select(static t => t.Name), Is.Empty);
    }

    [Test]
    public void Operators_Every_IsSealed() =>
        Assert.That(Operators.Where(static t => !t.IsSealed).Select(static t => t.Name), Is.Empty);

    [Test]
    public void Samples_Every_LiesInAFileOfItsName()
    {
        var files = Directory.EnumerateFiles(SourceTree.Tests, "*Samples.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        Assert.That(OperatorSamples.All.Select(static s => s.GetType().Name).Where(n => !files.Contains(n)), Is.Empty);
    }
}
