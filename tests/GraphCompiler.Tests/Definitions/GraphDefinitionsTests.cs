using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Definitions;

public sealed class GraphDefinitionsTests
{
    [Test]
    public void In_MethodsOfAnyAccessibility_OrderedByClass()
    {
        using var graphs = new GraphAssembly("""
            namespace My.Nets
            {
                static class Later
                {
                    [GraphDefinition] private static void Zeta(Graph graph) { }
                    public static class Inner { [GraphDefinition] public static void Alpha(Graph graph) { } }
                    static void NotMarked(Graph graph) { }
                }
            }
            static class Outside { [GraphDefinition] internal static void Beta(Graph graph) { } }
            """);
        Assert.That(
            GraphDefinitions.In(graphs.Loaded).Select(static d => (d.Name, d.ClassName, d.Namespace, d.FullName)),
            Is.EqualTo(new[]
            {
                ("Beta", "Beta", "", "Beta"), ("Alpha", "Alpha", "My.Nets", "My.Nets.Alpha"), ("Zeta", "Zeta", "My.Nets", "My.Nets.Zeta"),
            }));
    }

    [TestCase("Name = \"two-layer net\"", "two-layer net", "TwoLayerNet", "N")]
    [TestCase("Name = \"3 layers\"", "3 layers", "_3Layers", "N")]
    [TestCase("Name = \"*/ \\n\"", "*/ \n", "Graph", "N")]
    [TestCase("ClassName = \"Net\"", "Declare", "Net", "N")]
    [TestCase("Namespace = \"A.B\"", "Declare", "Declare", "A.B")]
    [TestCase("Namespace = \"\"", "Declare", "Declare", "")]
    public void In_AttributeWithNames_Prefers(string properties, string name, string className, string @namespace)
    {
        using var graphs = new GraphAssembly($"namespace N; class C {{ [GraphDefinition({properties})] static void Declare(Graph g) {{ }} }}");
        var definition = GraphDefinitions.In(graphs.Loaded).Single();
        Assert.That((definition.Name, definition.ClassName, definition.Namespace), Is.EqualTo((name, className, @namespace)));
        Assert.That(definition.Declare().Name, Is.EqualTo(name));
    }

    [Test]
    public void In_AttributeWithoutOptions_HasThoseOfEmit()
    {
        using var graphs = new GraphAssembly("class C { [GraphDefinition] static void M(Graph g) { } }");
        var options = GraphDefinitions.In(graphs.Loaded).Single().Options;
        Assert.That(options.Visibility, Is.EqualTo(EmitVisibility.Public));
        Assert.That(options.Targets, Is.EqualTo(new EmitOptions().Targets));
    }

    [Test]
    public void In_AttributeWithOptions_HandsThemOn()
    {
        using var graphs = new GraphAssembly(
            "class C { [GraphDefinition(Visibility = EmitVisibility.Internal, Targets = new[] { KernelTarget.Portable })] static void M(Graph g) { } }");
        var options = GraphDefinitions.In(graphs.Loaded).Single().Options;
        Assert.That(options.Visibility, Is.EqualTo(EmitVisibility.Internal));
        Assert.That(options.Targets, Is.EqualTo(new[] { KernelTarget.Portable }));
    }

    [TestCase("class C { [GraphDefinition] void M(Graph g) { } }", "is not static")]
    [TestCase("class C { [GraphDefinition] static void M<T>(Graph g) { } }", "is generic")]
    [TestCase("class C<T> { [GraphDefinition] static void M(Graph g) { } }", "is generic")]
    [TestCase("class C { [GraphDefinition] static Graph M(Graph g) => g; }", "returns Graph")]
    [TestCase("class C { [GraphDefinition] static void M() { } }", "has 0 parameters")]
    [TestCase("class C { [GraphDefinition] static void M(Graph g, int n) { } }", "has 2 parameters")]
    [TestCase("class C { [GraphDefinition] static void M(object g) { } }", "takes Object")]
    [TestCase("class C { [GraphDefinition] static void M(in Graph g) { } }", "takes Graph&")]
    [TestCase("class C { static void M() { [GraphDefinition] static void L(Graph g) { } L(null!); } }", "is a local function")]
    public void In_MethodOfAnotherForm_GRC0501(string source, string fact) => Refuses(source, "GRC0501", fact, line: 1);

    // Its lines are in a class that the C# compiler made of it, so none is named.
    [Test]
    public void In_AsyncMethod_GRC0501()
    {
        using var graphs = new GraphAssembly("class C { [GraphDefinition] static async void M(Graph g) => await System.Threading.Tasks.Task.Yield(); }");
        Assert.That(
            () => GraphDefinitions.In(graphs.Loaded),
            Throws.TypeOf<GraphException>().With.Message.EqualTo("GRC0501: A graph definition requires the form static void Name(Graph graph): C.M is async"));
    }

    [Test]
    public void In_TwoOfOneClass_GRC0502NamesBoth() => Refuses(
        "class A { [GraphDefinition] static void Net(Graph g) { } }\nclass B { [GraphDefinition(ClassName = \"NET\")] static void M(Graph g) { } }",
        "GRC0502",
        "B.M and A.Net are both Net",
        line: 1);

    [TestCase("ClassName = \"a b\"")]
    [TestCase("ClassName = \"\"")]
    [TestCase("ClassName = \"class\"")]
    [TestCase("ClassName = \"X{} class Y\"")]
    [TestCase("Namespace = \"A..B\"")]
    [TestCase("Namespace = \"A.int\"")]
    [TestCase("Name = \" \"")]
    public void In_NamesThatAreNone_GRC0504(string properties) =>
        Refuses($"class C {{\n[GraphDefinition({properties})]\nstatic void M(Graph g)\n{{ }} }}", "GRC0504", "", line: 4);

    [Test]
    public void In_TypeWhoseBaseIsMissing_GRC0505()
    {
        using var graphs = new GraphAssembly("class C : Lost { [GraphDefinition] static void M(Graph g) { } }", lost: "public class Lost { }");
        Assert.That(
            () => GraphDefinitions.In(graphs.Loaded),
            Throws.TypeOf<GraphException>().With.Property("Id").EqualTo("GRC0505").And.Message.Contains("Lost, Version"));
    }

    [Test]
    public void Declare_TwoTimes_TwoGraphs()
    {
        using var graphs = new GraphAssembly("class C { [GraphDefinition] static void M(Graph g) => g.Output(\"y\", g.Input(\"x\", [2]).Relu()); }");
        var definition = GraphDefinitions.In(graphs.Loaded).Single();
        var (one, two) = (definition.Declare(), definition.Declare());
        Assert.That(two, Is.Not.SameAs(one));
        Assert.That(two.ToString(), Is.EqualTo(one.ToString()).And.Contains("y: float32[2] = relu(x)"));
    }

    [Test]
    public void Declare_MistakeInTheGraph_KeepsIdFileAndLine()
    {
        var thrown = WhatDeclaringThrows("class C {\n[GraphDefinition] static void M(Graph g)\n{\n    g.Input(\"x\", [2]).MatMul(g.Input(\"w\", [3, 4]));\n} }");
        Assert.That((thrown.Id, thrown.File, thrown.Line), Is.EqualTo(("GRC0121", "/app/Net.cs", 4)));
        Assert.That(thrown.Text, Does.Contain("\"w\" is [3, 4]").And.Not.Contain("GRC0121"));
    }

    [Test]
    public void Declare_MistakeThatKnowsNoLine_IsGivenThatOfTheDefinition()
    {
        var thrown = WhatDeclaringThrows("class C {\n[GraphDefinition] static void M(Graph g)\n{\n    var a = 1;\n    Dim.Symbol(\"batch\", -a);\n} }");
        Assert.That((thrown.Id, thrown.File, thrown.Line), Is.EqualTo(("GRC0110", "/app/Net.cs", 5)));
        Assert.That(thrown.Message, Does.StartWith("GRC0110: ").And.Not.Contain("GRC0110: GRC0110"));
    }

    [Test]
    public void Declare_MistakeInAField_IsNotHiddenByTheInitialiser()
    {
        var thrown = WhatDeclaringThrows("class C {\nstatic readonly Dim B = Dim.Symbol(\"b\", 0);\n[GraphDefinition] static void M(Graph g)\n{\n    g.Input(\"x\", [B]);\n} }");
        Assert.That((thrown.Id, thrown.File), Is.EqualTo(("GRC0110", "/app/Net.cs")));
    }

    [Test]
    public void Declare_AnyOtherException_GRC0503WithItsLine()
    {
        var thrown = WhatDeclaringThrows("class C {\n[GraphDefinition] static void M(Graph g)\n{\n    var a = new int[1];\n    a[g.Nodes.Count + 1] = 1;\n} }");
        Assert.That((thrown.Id, thrown.File, thrown.Line), Is.EqualTo(("GRC0503", "/app/Net.cs", 5)));
        Assert.That(thrown.Text, Does.Contain("C.M threw IndexOutOfRangeException"));
        Assert.That(thrown.InnerException, Is.TypeOf<IndexOutOfRangeException>());
    }

    private static GraphException WhatDeclaringThrows(string source)
    {
        using var graphs = new GraphAssembly(source);
        var definition = GraphDefinitions.In(graphs.Loaded).Single();
        return Assert.Throws<GraphException>(() => definition.Declare());
    }

    private static void Refuses(string source, string id, string fact, int line)
    {
        using var graphs = new GraphAssembly(source);
        var thrown = Assert.Throws<GraphException>(() => GraphDefinitions.In(graphs.Loaded));
        Assert.That((thrown.Id, thrown.File, thrown.Line), Is.EqualTo((id, "/app/Net.cs", line)));
        Assert.That(thrown.Text, Does.Contain(fact));
    }
}
