using System.Text;
using System.Text.Json.Nodes;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.Saving;

/// <summary>Whatever a file holds, loading it gives a graph that could be declared, or an error that says where.</summary>
public sealed class DamagedFileTests
{
    /// <summary>What to change in the text of <see cref="Text"/>, the id of the error, and what its message must say.</summary>
    private static readonly (string From, string To, string Id, string Says)[] Changes =
    [
        ("{\n\"format\"", "[\n\"format\"", "GRC0460", "stream"),
        ("graphcompiler.graph", "other", "GRC0460", "$.format"),
        ("\"version\": 1", "\"version\": 2", "GRC0461", "$.version is 2"),
        ("\"version\": 1", "\"version\": 1.5", "GRC0460", "$.version"),
        ("\"version\": 1", "\"version\": 1, \"later\": 0", "GRC0461", "later"),
        ("\"version\": 1", "\"version\": 1, \"version\": 1", "GRC0460", "twice"),
        ("\"version\": 1,\n", "", "GRC0460", "\"version\""),
        ("\"op\":\"add\"", "\"op\":\"System.IO.File\"", "GRC0461", "$.nodes[4].op"),
        ("\"op\":\"add\"", "\"op\":\"sqrt\"", "GRC0462", "$.nodes[4]: sqrt does not take 2 inputs"),
        ("\"op\":\"add\"", "\"op\":\"select\"", "GRC0462", "$.nodes[4]"),
        ("\"op\":\"add\"", "\"op\":3", "GRC0460", "$.nodes[4].op requires a text, got 3"),
        ("\"op\":\"add\"", "\"op\":\"add\",\"op\":\"add\"", "GRC0460", "twice"),
        ("\"op\":\"add\"", "\"op\":\"add\",\"attributes\":{}", "GRC0461", "attributes"),
        ("\"op\":\"add\"", "\"op\":\"add\",\"\\ud800\":0", "GRC0460", "well-formed"),
        ("\"inputs\":[2,3]", "\"inputs\":[2,4]", "GRC0460", "$.nodes[4].inputs[1]"),
        ("\"inputs\":[2,3]", "\"inputs\":[2,9]", "GRC0460", "comes before"),
        ("\"inputs\":[2,3]", "\"inputs\":[2,-1]", "GRC0460", "$.nodes[4].inputs[1]"),
        ("\"inputs\":[2,3]", "\"inputs\":[2,1e99]", "GRC0460", "$.nodes[4].inputs[1]"),
        ("\"inputs\":[2,3]", "\"inputs\":[2,[3,1]]", "GRC0460", "$.nodes[4].inputs[1][1]"),
        ("\"inputs\":[2,3]", "\"inputs\":2", "GRC0460", "$.nodes[4].inputs requires an array"),
        ("\"inputs\":[[5,0]]", "\"inputs\":[5]", "GRC0460", "2 results"),
        ("\"inputs\":[[5,0]]", "\"inputs\":[[5,2]]", "GRC0460", "$.nodes[6].inputs[0][1]"),
        ("\"axes\":[0]", "\"axes\":[7]", "GRC0462", "GRC0104"),
        ("\"axes\":[0]", "\"axes\":[0,0]", "GRC0462", "GRC0104"),
        ("\"axes\":[0]", "\"axes\":[4294967296]", "GRC0460", "axes[0]"),
        ("\"axes\":[0]", "\"axes\":[0],\"other\":1", "GRC0461", "$.nodes[6].attributes has \"other\""),
        ("{\"axes\":[0]}", "{}", "GRC0460", "axes"),
        ("{\"axes\":[0]}", "[0]", "GRC0460", "$.nodes[6].attributes requires an object"),
        ("\"values\":[0.1]", "\"values\":[\"0x12345678901234567\"]", "GRC0460", "values[0]"),
        ("\"values\":[0.1]", "\"values\":[1e999]", "GRC0460", "values[0]"),
        ("\"bits\":[2]", "\"bits\":[0.1]", "GRC0462", "GRC0125"),
        ("\"bits\":[2]", "\"bits\":[2,2]", "GRC0462", "GRC0115"),
        ("\"bits\":[2]", "\"bits\":[]", "GRC0462", "GRC0115"),
        ("\"isState\":false", "\"isState\":0", "GRC0460", "isState"),
        ("\"kind\":\"values\"", "\"kind\":\"magic\"", "GRC0461", "magic"),
        ("{\"kind\":\"values\",\"values\":[0.1]}", "{\"kind\":\"uniform\",\"low\":1,\"high\":0,\"seed\":0}", "GRC0462", "GRC0425"),
        ("\"leafName\":\"w\"", "\"leafName\":\"x\"", "GRC0462", "GRC0112"),
        ("\"leafName\":\"w\"", "\"leafName\":\"\"", "GRC0462", "$.nodes[1]"),
        ("\"leafName\":\"w\"", "\"leafName\":null", "GRC0460", "leafName"),
        ("\"dtype\":\"int32\"", "\"dtype\":\"complex\"", "GRC0461", "complex"),
        ("\"max\":8", "\"max\":0", "GRC0462", "GRC0110"),
        ("\"max\":8", "\"max\":8,\"name\":\"\"", "GRC0462", "GRC0110"),
        ("{\"id\":\"n\",\"max\":8}", "{\"id\":\"n\",\"max\":8},{\"id\":\"n\",\"max\":9}", "GRC0460", "$.symbols[1].id"),
        ("\"shape\":[\"n\",4]", "\"shape\":[\"m\",4]", "GRC0460", "$.nodes[0].attributes.type.shape[0]"),
        ("\"shape\":[\"n\",4]", "\"shape\":[[\"n\"],4]", "GRC0460", "shape[0]"),
        ("\"shape\":[\"n\",4]", "\"shape\":[[0,\"n\"],4]", "GRC0460", "shape[0][0]"),
        ("\"shape\":[\"n\",4]", "\"shape\":[-1,4]", "GRC0460", "shape[0]"),
        ("\"gradientOf\":", "\"gradientOf\":1000,\"origin\":", "GRC0460", "gradientOf"),
        ("\"variable\":1", "\"variable\":0", "GRC0462", "$.updates[0]"),
        ("\"name\":\"y\",\"tensor\"", "\"name\":\"\",\"tensor\"", "GRC0460", "$.names"),
    ];

    private static IEnumerable<TestCaseData> Cases => Changes.Select(static (c, i) => new TestCaseData(i).SetArgDisplayNames($"{i}: {c.To}"));

    [Test]
    public void Load_FileAsSaved_Loads() => Assert.That(() => Load(Text()), Throws.Nothing);

    [TestCaseSource(nameof(Cases))]
    public void Load_ChangedFile_SaysWhatAndWhere(int index)
    {
        var (from, to, id, says) = Changes[index];
        var text = Text();
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThanOrEqualTo(0), $"the file has no {from}");

        var error = Assert.Throws<GraphException>(() => Load(text[..at] + to + text[(at + from.Length)..]))!;

        Assert.That(error.Id, Is.EqualTo(id), error.Message);
        Assert.That(error.Message, Does.Contain(says));
    }

    [Test]
    public void Load_NodeTwice_Throws()
    {
        var root = JsonNode.Parse(Text())!;
        var nodes = root["nodes"]!.AsArray();
        nodes.Add(nodes[4]!.DeepClone());

        Assert.That(Assert.Throws<GraphException>(() => Load(root.ToJsonString()))!.Message, Does.Contain("it is node 4 again"));
    }

    [Test]
    public void Load_OutputOrUpdateOrNameTwice_Throws([Values("outputs", "updates", "names")] string list)
    {
        var root = JsonNode.Parse(Text())!;
        var items = root[list]!.AsArray();
        items.Add(items[0]!.DeepClone());

        var error = Assert.Throws<GraphException>(() => Load(root.ToJsonString()))!;
        Assert.That(error.Message, Does.Contain($"$.{list}[{items.Count - 1}]"));
    }

    [Test]
    public void Load_TypeThatIsNotInferred_Throws()
    {
        var root = JsonNode.Parse(Text())!;
        root["nodes"]![4]!["types"]![0]!["shape"]![1] = 5;

        var error = Assert.Throws<GraphException>(() => Load(root.ToJsonString()))!;
        Assert.That(error.Id, Is.EqualTo("GRC0462"));
        Assert.That(error.Message, Does.Contain("$.nodes[4].types[0]").And.Contain("float32[n, 4]").And.Contain("float32[n, 5]"));
    }

    // Attributes that methods never give, and that kernels would trust.
    [TestCase("pad", "{\"to\":[2],\"axis\":0,\"start\":0,\"step\":1}", "GRC0109")]
    [TestCase("pad", "{\"to\":[9],\"axis\":0,\"start\":-1,\"step\":1}", "GRC0109")]
    [TestCase("pad", "{\"to\":[9],\"axis\":0,\"start\":0,\"step\":9223372036854775807}", "GRC0109")]
    [TestCase("pad", "{\"to\":[9,9],\"axis\":0,\"start\":0,\"step\":1}", "GRC0109")]
    [TestCase("pad", "{\"to\":[9],\"axis\":1,\"start\":0,\"step\":1}", "GRC0104")]
    [TestCase("slice", "{\"axis\":1,\"start\":0,\"length\":1,\"step\":1}", "GRC0104")]
    [TestCase("slice", "{\"axis\":0,\"start\":3,\"length\":2,\"step\":1}", "GRC0109")]
    [TestCase("concatenate", "{\"axis\":-1}", "GRC0104")]
    [TestCase("max_reduce", "{\"axes\":[-1]}", "GRC0104")]
    [TestCase("transpose", "{\"permutation\":[1]}", "GRC0108")]
    [TestCase("broadcast", "{\"to\":[3],\"axes\":[0]}", "GRC0101")]
    [TestCase("reshape", "{\"to\":[5]}", "GRC0107")]
    [TestCase("top_k", "{\"k\":0}", "GRC0119")]
    public void Load_AttributesThatDoNotFit_AreRefused(string op, string attributes, string rule)
    {
        var graph = new Graph();
        graph.Input("x", [4]);
        var root = JsonNode.Parse(RoundTripTests.Bytes(graph))!;
        root["nodes"]!.AsArray().Add(JsonNode.Parse(
            $$"""{"op":"{{op}}","attributes":{{attributes}},"inputs":[0],"types":[{"dtype":"float32","shape":[4]}]}"""));

        var error = Assert.Throws<GraphException>(() => Load(root.ToJsonString()))!;
        Assert.That(error.Message, Does.Contain(rule).And.Contain("$.nodes[1]"));
    }

    [TestCase("{\"to\":[9,3],\"axis\":0}")]
    [TestCase("{\"to\":[9,2],\"axis\":1}")]
    [TestCase("{\"to\":[9,2],\"axis\":-1}")]
    public void Load_ScatterThatDoesNotFit_IsRefused(string attributes)
    {
        var graph = new Graph();
        graph.Input("x", [4, 2]);
        graph.Input("i", DType.Int32, [4]);
        var root = JsonNode.Parse(RoundTripTests.Bytes(graph))!;
        root["nodes"]!.AsArray().Add(JsonNode.Parse(
            $$"""{"op":"scatter_add","attributes":{{attributes}},"inputs":[0,1],"types":[{"dtype":"float32","shape":[4]}]}"""));

        Assert.That(Assert.Throws<GraphException>(() => Load(root.ToJsonString()))!.Message, Does.Contain("GRC0106"));
    }

    [Test]
    public void Load_SymbolicConstantOrVariable_IsRefused([Values("constant", "variable")] string op)
    {
        var graph = new Graph();
        graph.Input("x", [Dim.Symbol("n", 4)]);
        var root = JsonNode.Parse(RoundTripTests.Bytes(graph))!;
        const string Type = """{"dtype":"float32","shape":["n"]}""";
        var attributes = op == "constant" ? $$"""{"type":{{Type}},"bits":[1,2]}"""
            : $$"""{"leafName":"v","type":{{Type}},"init":{"kind":"constant","value":0},"isState":true}""";
        root["nodes"]!.AsArray().Add(JsonNode.Parse($$"""{"op":"{{op}}","attributes":{{attributes}},"types":[{{Type}}]}"""));

        Assert.That(Assert.Throws<GraphException>(() => Load(root.ToJsonString()))!.Message, Does.Contain("GRC0114"));
    }

    [Test]
    public void Load_PrefixOfAFile_IsAnErrorAndNothingElse()
    {
        var bytes = Encoding.UTF8.GetBytes(Text());
        for (var length = 0; length < bytes.Length - 2; length += 7)
        {
            Assert.That(
                () => Graph.Load(new MemoryStream(bytes, 0, length)),
                Throws.TypeOf<GraphException>().With.Property(nameof(GraphException.Id)).EqualTo("GRC0460"));
        }
    }

    [Test]
    public void Load_FileWithOneByteChanged_IsAGraphOrAnErrorOfTheFile()
    {
        var bytes = Encoding.UTF8.GetBytes(Text());
        var random = new Random(20);
        for (var round = 0; round < 3000; round++)
        {
            var changed = (byte[])bytes.Clone();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                Graph.Load(new MemoryStream(changed));
            }
            catch (GraphException e)
            {
                Assert.That(e.Id, Is.AnyOf("GRC0460", "GRC0461", "GRC0462"), $"round {round} of seed 20: {e.Message}");
            }
        }
    }

    [Test]
    public void Load_DeepNesting_IsAnError()
    {
        var text = new string('[', 1_000_000);
        Assert.That(() => Load(text), Throws.TypeOf<GraphException>().With.Property(nameof(GraphException.Id)).EqualTo("GRC0460"));
    }

    // None of it takes time or memory beyond that of reading the file.
    [TestCase("\"nodes\": [", "0")]
    [TestCase("\"names\": [", "[]")]
    [TestCase("\"shape\":[", "1")]
    [TestCase("\"axes\":[", "0")]
    [TestCase("\"inputs\":[", "0")]
    public void Load_MillionsOfElements_IsAnError(string list, string element)
    {
        var text = Text();
        var at = text.IndexOf(list, StringComparison.Ordinal) + list.Length;
        var error = Assert.Throws<GraphException>(() => Load(text[..at] + string.Concat(Enumerable.Repeat(element + ",", 2_000_000)) + text[at..]))!;
        Assert.That(error.Id, Is.AnyOf("GRC0460", "GRC0462"));
        Assert.That(error.Message, Has.Length.LessThan(1000));
    }

    // The parser repeats all that follows a word that it does not know: a file of megabytes, in one message.
    [Test]
    public void Load_WordThatIsNone_SaysItsPlaceInAShortLine()
    {
        var error = Assert.Throws<GraphException>(() => Load(Text().Replace("\"isState\":false", "\"isState\":fals", StringComparison.Ordinal)))!;
        Assert.That(error.Id, Is.EqualTo("GRC0460"));
        Assert.That(error.Message, Does.Contain("stream: line 11, byte ").And.Contain("'fals"));
        Assert.That(error.ToString(), Has.Length.LessThan(5000));
        Assert.That(error.Message, Has.Length.LessThan(300).And.Not.Contain("\n"));
    }

    [Test]
    public void Load_FileWithByteOrderMark_Loads() => Assert.That(() => Load("\ufeff" + Text()), Throws.Nothing);

    [Test]
    public void Load_PathWithoutFile_Throws() => Assert.That(
        () => Graph.Load(Path.Combine(TestContext.CurrentContext.WorkDirectory, "missing.json")),
        Throws.TypeOf<GraphException>().With.Property(nameof(GraphException.Id)).EqualTo("GRC0432"));

    [Test]
    public void Save_Path_ReplacesTheFileAndLeavesNothingElse()
    {
        var directory = Directory.CreateTempSubdirectory("saved-").FullName;
        var path = Path.Combine(directory, "graph.json");
        File.WriteAllText(path, "old");
        var graph = Declared();

        graph.Save(path);

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(RoundTripTests.Bytes(graph)));
        Assert.That(Directory.GetFiles(directory), Has.Length.EqualTo(1));
        Assert.That(RoundTripTests.Bytes(Graph.Load(path)), Is.EqualTo(File.ReadAllBytes(path)));
        Directory.Delete(directory, recursive: true);
    }

    [Test]
    public void Save_DirectoryThatDoesNotExist_Throws() => Assert.That(
        () => Declared().Save(Path.Combine(TestContext.CurrentContext.WorkDirectory, "missing", "graph.json")),
        Throws.TypeOf<GraphException>().With.Property(nameof(GraphException.Id)).EqualTo("GRC0433"));

    private static Graph Declared()
    {
        var graph = new Graph("small");
        var x = graph.Input("x", [Dim.Symbol("n", 8), 4]);
        var w = graph.Parameter("w", [1], Init.Values(0.1));
        var product = x * w;
        var shifted = product + graph.Constant([2, 2, 2, 2], [4]);
        var (values, _) = shifted.TopK(2);
        var loss = graph.Output("y", values.Sum([0]).Sum());
        graph.Update(w, w - graph.Gradients(loss, w)[0]);
        return graph;
    }

    private static string Text() => Encoding.UTF8.GetString(RoundTripTests.Bytes(Declared()));

    private static Graph Load(string text) => Graph.Load(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
