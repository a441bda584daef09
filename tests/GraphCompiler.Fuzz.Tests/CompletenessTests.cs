using System.Reflection;
using GraphCompiler.Fuzz.Drawing;
using GraphCompiler.Operators;

namespace GraphCompiler.Fuzz.Tests;

/// <summary>No operator escapes the fuzzer.</summary>
public sealed class CompletenessTests
{
    private const int Graphs = 600;

    /// <summary>Operators that no graph of a user holds, each with the reason.</summary>
    private static readonly Dictionary<Type, string> NotDrawn = new()
    {
        [typeof(CopyOp)] = "the scheduler puts it in",
        [typeof(UpstreamOp)] = "stands for a vector while a product is differentiated; no result depends on it",
    };

    [Test]
    public void Draws_Every_MethodOfOp()
    {
        var methods = typeof(Op).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(static m => m.Name);
        Assert.That(methods.Distinct().Except(Draws.All.Select(static d => d.Method)), Is.Empty, "a line in Draws.cs each");
    }

    [Test]
    public void Draw_OfManySeeds_HasEveryOperatorAndSize()
    {
        var drawn = new HashSet<Type>();
        var sizes = new List<int>();
        for (var seed = 1; seed <= Graphs; seed++)
        {
            var steps = GraphGenerator.Draw(seed).Steps.Steps;
            drawn.UnionWith(steps.Select(static s => s.Operator.GetType()));
            sizes.Add(steps.Length);
        }

        TestContext.Out.WriteLine($"{sizes.Min()} to {sizes.Max()} nodes, {sizes.Average():F0} on average");
        var operators = typeof(Operator).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(Operator)) && !t.IsAbstract);
        Assert.That(operators.Except(NotDrawn.Keys).Except(drawn).Select(static t => t.Name), Is.Empty, $"in no graph of {Graphs}");
        Assert.That(sizes.Min(), Is.LessThan(10));
        Assert.That(sizes.Max(), Is.GreaterThan(80));
    }

    [Test]
    public void Draw_OfOneSeed_IsTheSameCase()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (one, other) = (GraphGenerator.Draw(seed), GraphGenerator.Draw(seed));
            Assert.That(Reports.CSharpPrinter.Print(one), Is.EqualTo(Reports.CSharpPrinter.Print(other)));
        }
    }
}
