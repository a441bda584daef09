using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphCompiler.Tests.Ahead;

/// <summary>Whatever things are called, each has a member of its own, and text stays text.</summary>
public sealed class MemberNameTests
{
    private static readonly string[] Hostile =
    [
        "Run", "Train", "Dispose", "ToString", "Equals", "GetHashCode", "GetType", "Finalize", "MemberwiseClone", "ReferenceEquals", "Variables", "Save", "Load",
        "Instructions", "Workers", "_execution", "_companion", "_input0", "_output0", "Net", "Create", "Declare", "Instance", "MaxBatch", "Batch", "batch", "Tables",
        "PortableRun", "RunProgram", "x", "X", "class", "record", "value", "global::System", "π", "größe", "日本", "𝒙", "\ud800", "*/ static int a; /*", "/// <x>", "</summary>",
        "a & b < c", "]]>", "\"; throw null; //", "a\nb", "\r\n#error\r\n", "\u2028#error", "\\u000a", "{0}", "$\"{x}\"", "layer1/w", "1", "", " ", new('x', 5000),
    ];

    [Test]
    public void Emit_HostileNames_GivesEachAMember()
    {
        var graph = new Graph("*/ </c> \n#error \"");
        var batch = Dim.Symbol("batch\n</summary>", 4);
        var names = Hostile.Where(static name => name.Length > 0).ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            graph.Output(names[i], graph.Input(names[i], [batch, 2]) + i);
        }

        graph.Output("sum", graph.Parameter("*/ </c>", [2], Init.Constant(1)) + graph.Parameter("struct", [2], Init.Constant(2)));
        var source = GraphSource.Emit(graph, new EmitOptions { ClassName = "Net", Targets = [KernelTarget.Portable] });
        var type = AheadCompilation.Load(source).GetType("Net")!;
        var properties = type.GetProperties().ToLookup(static property => property.PropertyType);
        Assert.That(properties[typeof(Span<float>)].Count(), Is.EqualTo(names.Length));
        Assert.That(properties[typeof(ReadOnlySpan<float>)].Count(), Is.EqualTo(names.Length + 1));
        Assert.That(properties[typeof(long)].Count(), Is.EqualTo(1));
        using var net = new AheadObject(type.Assembly, "Net");
        net.Set(properties[typeof(long)].Single().Name, 3);
        foreach (var property in properties[typeof(Span<float>)])
        {
            net.Input<float>(property.Name).Fill(7);
        }

        net.Call("Run");
        var values = properties[typeof(ReadOnlySpan<float>)].Select(property => net.Output<float>(property.Name)[0]);
        Assert.That(values, Is.EquivalentTo(Enumerable.Range(0, names.Length).Select(static i => 7f + i).Append(3)));
        Assert.That(net.Variables.Select(static variable => variable.Name), Is.EquivalentTo(new[] { "*/ </c>", "struct" }));
    }

    [TestCase("images", "Images", "ReadOnlySpan`1")]
    [TestCase("layer1/output", "Layer1Output", "ReadOnlySpan`1")]
    [TestCase("target", "Target", "ReadOnlySpan`1")]
    [TestCase("scalar", "Scalar", "ReadOnlySpan`1")]
    [TestCase("system", "System", "ReadOnlySpan`1")]
    [TestCase("in", "InOutput", "ReadOnlySpan`1")]
    [TestCase("2nd", "_2nd", "ReadOnlySpan`1")]
    public void Emit_OrdinaryNames_GivesTheMembersThatOneExpects(string name, string property, string type)
    {
        var graph = new Graph("net");
        graph.Output(name, graph.Input("in", [2]) + 1);
        var text = GraphSource.Emit(graph, new EmitOptions { Targets = [KernelTarget.Portable] }).Text;
        var declared = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.PropertyDeclarationSyntax>();
        Assert.That(declared.Single(each => each.Identifier.Text == property).Type.ToString(), Does.Contain(type.Split('`')[0]));
    }

    [TestCase("my-app", "Net")]
    [TestCase("A..B", "Net")]
    [TestCase(".A", "Net")]
    [TestCase("A.class", "Net")]
    [TestCase("A", "class")]
    [TestCase("A", "record")]
    [TestCase("A", "1st")]
    [TestCase("A", "")]
    [TestCase("A", "Net;")]
    [TestCase("A { } class B {", "Net")]
    public void Emit_NamesThatNoClassCanHave_AreRefused(string space, string name)
    {
        var error = Assert.Throws<GraphException>(() => GraphSource.Emit(new Graph("g"), new EmitOptions { Namespace = space, ClassName = name }))!;
        Assert.That(error.Id, Is.EqualTo("GRC0450"));
    }

    [Test]
    public void Emit_TargetsThatAreNone_AreRefused()
    {
        Assert.That(Refused([]), Is.EqualTo("GRC0450"));
        Assert.That(Refused([KernelTarget.Auto]), Is.EqualTo("GRC0450"));
        Assert.That(Refused(default), Is.EqualTo("GRC0450"));

        static string Refused(System.Collections.Immutable.ImmutableArray<KernelTarget> targets) =>
            Assert.Throws<GraphException>(() => GraphSource.Emit(new Graph("g"), new EmitOptions { Targets = targets }))!.Id;
    }
}
