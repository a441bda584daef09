using System.Buffers.Binary;
using System.Text;
using GraphCompiler.Runtime.State;
using NUnit.Framework.Constraints;

namespace GraphCompiler.Runtime.Tests.State;

[NonParallelizable]
public sealed class VariableFileTests
{
    private const string A = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""";

    private string _folder = "";

    private string File => Path.Combine(_folder, "model.safetensors");

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("variables").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void SaveAndLoad_EveryType_RestoresEveryBit()
    {
        using var saved = Model(seed: 1);
        saved.Save(File);
        using var loaded = Model(seed: 2);
        loaded.Load(File);
        AssertSame(loaded, saved);
    }

    [Test]
    public void Open_SavedFile_CreatesTheSameVariablesInOrder()
    {
        using var saved = Model(seed: 1);
        saved.Save(File);
        using var opened = Variables.Open(File);
        AssertSame(opened, saved);
        Assert.That(opened.Select(each => each.Name), Is.EqualTo(saved.Select(each => each.Name)));
        Assert.That(opened.Select(each => each.Info.IsState), Is.EqualTo(saved.Select(each => each.Info.IsState)));
    }

    [Test]
    public void Save_NothingAtAll_IsAFile()
    {
        using var none = new Variables();
        none.Save(File);
        none.Load(File);
        using var opened = Variables.Open(File);
        Assert.That(opened, Is.Empty);
    }

    [Test]
    public void Save_OverAnOldFile_ReplacesItAndLeavesNothingBeside()
    {
        using var variables = Model(seed: 1);
        System.IO.File.WriteAllText(File, "old");
        variables.Save(File);
        variables.Save(File);
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { File }));
        variables.Load(File);
    }

    [Test]
    public void Save_FolderThatDoesNotExist_SaysSo()
    {
        using var variables = Model(seed: 1);
        Assert.That(() => variables.Save(Path.Combine(_folder, "none", "x")), Error("GRC0433"));
        Assert.That(() => variables.Save(_folder), Error("GRC0433"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void Save_HeaderAndData_AreWhatTheFormatAsks()
    {
        using var variables = Model(seed: 1);
        variables.Save(File);
        var bytes = System.IO.File.ReadAllBytes(File);
        var header = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.That((header + 8) % 64, Is.Zero);
        Assert.That(bytes[8], Is.EqualTo((byte)'{'));
        using var json = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(8, (int)header));
        var tensor = json.RootElement.GetProperty("layer1/w");
        Assert.That(tensor.GetProperty("dtype").GetString(), Is.EqualTo("F32"));
        Assert.That(tensor.GetProperty("shape").GetRawText(), Is.EqualTo("[2,3]"));
        foreach (var entry in json.RootElement.EnumerateObject().Where(each => each.Name != "__metadata__"))
        {
            var size = entry.Value.GetProperty("dtype").GetString() switch { "F64" => 8, "BOOL" => 1, _ => 4 };
            Assert.That(entry.Value.GetProperty("data_offsets")[0].GetInt64() % size, Is.Zero, entry.Name);
        }
    }

    [Test]
    public void Load_FileOfAnotherProgram_IsRead()
    {
        // Any order, white space, escapes, metadata and types that are not ours, if not asked for.
        Write(
            """{"b":{"shape":[2],"data_offsets":[4,12],"dtype":"F32"} , "__metadata__":{"x":"y"},""" +
            "\n" + """ "h\u0061lf":{"dtype":"F16","shape":[2,1],"data_offsets":[0,4]}}   """,
            [1, 2, 3, 4, .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)]);
        using var variables = new Variables();
        var b = variables.GetOrAdd(new VariableInfo("b", DType.Float32, [2], Init.Zeros));
        Assert.That(() => variables.Load(File), Error("GRC0431").And.Message.Contains("\"half\" F16 [2, 1]"));
        variables.Load(File, strict: false);
        Assert.That(b.Read<float>(), Is.EqualTo(new[] { 1.5f, -2f }));
        Assert.That(() => Variables.Open(File), Error("GRC0434").And.Message.Contains("half"));
    }

    [Test]
    public void Load_OtherVariables_ListsAllDifferencesAndChangesNothing()
    {
        using var saved = Model(seed: 1);
        saved.Save(File);
        using var other = new Variables();
        other.GetOrAdd(new VariableInfo("layer1/w", DType.Float32, [3, 2], Init.Constant(7)));
        other.GetOrAdd(new VariableInfo("scale", DType.Float32, [], Init.Constant(7)));
        other.GetOrAdd(new VariableInfo("new", DType.Int32, [4], Init.Constant(7)));
        var error = Assert.Throws<GraphException>(() => other.Load(File));
        Assert.That(error.Id, Is.EqualTo("GRC0431"));
        Assert.That(error.Message, Does.Contain("\"layer1/w\" float32 [3, 2], in the file float32 [2, 3]"));
        Assert.That(error.Message, Does.Contain("\"scale\" float32 [], in the file float64 []"));
        Assert.That(error.Message, Does.Contain("missing in the file: \"new\" int32 [4]"));
        Assert.That(error.Message, Does.Contain("only in the file: \"flags\" bool [5]"));
        Assert.That(() => other.Load(File, strict: false), Error("GRC0431").And.Message.Not.Contains("\"new\""));
        Assert.That(other["layer1/w"].Read<float>(), Is.All.EqualTo(7f));
    }

    [Test]
    public void Load_NoSuchFile_SaysSo()
    {
        using var variables = Model(seed: 1);
        Assert.That(() => variables.Load(File), Error("GRC0432").And.Message.Contains(File));
        Assert.That(() => variables.Load(_folder), Error("GRC0432"));
        Assert.That(() => Variables.Open(File), Error("GRC0432"));
        variables.AcquireExclusive();
        variables.ReleaseExclusive();
    }

    [Test]
    public void Load_TruncatedAtEveryByte_SaysSoAndChangesNothing()
    {
        using var saved = Model(seed: 1);
        saved.Save(File);
        var bytes = System.IO.File.ReadAllBytes(File);
        using var variables = Model(seed: 2);
        using var expected = Model(seed: 2);
        for (var length = 0; length < bytes.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            Assert.That(() => variables.Load(File), Error("GRC0430"), $"{length} bytes");
            Assert.That(() => Variables.Open(File), Error("GRC0430"), $"{length} bytes");
        }

        System.IO.File.WriteAllBytes(File, [.. bytes, 0]);
        Assert.That(() => variables.Load(File), Error("GRC0430"));
        AssertSame(variables, expected);
    }

    [Test]
    public void Load_RandomDamage_IsAGraphExceptionOrALoad([Values(1, 2, 3)] int seed)
    {
        using var saved = Model(seed: 1);
        saved.Save(File);
        var intact = System.IO.File.ReadAllBytes(File);
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(intact) + 8;
        using var variables = Model(seed: 2);
        var random = new System.Random(seed);
        for (var i = 0; i < 400; i++)
        {
            var bytes = (byte[])intact.Clone();
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                var value = random.Next(3) == 0 ? (byte)random.Next(256) : intact[random.Next(8, header)];
                bytes[random.Next(header)] = value;
            }

            System.IO.File.WriteAllBytes(File, bytes);
            try
            {
                variables.Load(File, strict: i % 2 == 0);
                Variables.Open(File).Dispose();
            }
            catch (GraphException)
            {
                // What is expected of most of them.
            }
        }
    }

    [TestCase("""[]""")]
    [TestCase(""" {}""")]
    [TestCase("""{"a":1}""")]
    [TestCase("""{"a":{}}""")]
    [TestCase("""{"a":[]}""")]
    [TestCase("""{} {}""")]
    [TestCase("""{}x""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""")]
    [TestCase("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,0]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775807]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [TestCase(A + ""","b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [TestCase(A + ""","a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""")]
    [TestCase("""{"":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [TestCase("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [TestCase(A + ""","__metadata__":{"k":1}}""")]
    [TestCase(A + ""","__metadata__":{"k":"1","k":"1"}}""")]
    [TestCase(A + ""","__metadata__":[]}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],}}""")]
    [TestCase("""{"a":{"dtype":"F32",/**/"shape":[2],"data_offsets":[0,8]}}""")]
    public void Load_HostileHeader_SaysSo(string header)
    {
        Write(header, [1, 2, 3, 4, 5, 6, 7, 8]);
        AssertDamaged();
    }

    [Test]
    public void Load_HostileBytes_SaysSo()
    {
        byte[][] files =
        [
            [0, 0, 0, 0, 0, 0, 0, 0x10, .. "{}"u8],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. "{}"u8],
            [0, 0, 0, 0, 0, 0, 0, 0x80, .. "{}"u8],
            [3, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8],
            [0, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8],
            [4, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 0xC3, 0x28, (byte)'}'],
            [8, 0, 0, 0, 0, 0, 0, 0, .. "{\""u8, 0xFF, 0xFE, .. "\":1}"u8],
            [3, 0, 0, 0, 0, 0, 0, 0, .. "{}\0"u8],
        ];
        foreach (var file in files)
        {
            System.IO.File.WriteAllBytes(File, file);
            AssertDamaged();
        }
    }

    [Test]
    public void Load_TruthValueOtherThanZeroAndOne_SaysSoAndChangesNothing()
    {
        Write(
            """{"x":{"dtype":"I32","shape":[1],"data_offsets":[0,4]},""" +
            """ "y":{"dtype":"BOOL","shape":[2],"data_offsets":[4,6]}}""",
            [1, 0, 0, 0, 1, 2]);
        using var variables = new Variables();
        var x = variables.GetOrAdd(new VariableInfo("x", DType.Int32, [1], Init.Constant(7)));
        variables.GetOrAdd(new VariableInfo("y", DType.Bool, [2], Init.Zeros));
        Assert.That(() => variables.Load(File), Error("GRC0430").And.Message.Contains("\"y\""));
        Assert.That(() => Variables.Open(File), Error("GRC0430"));
        Assert.That(x.Read<int>(), Is.EqualTo(new[] { 7 }));
    }

    [Test]
    public void Save_ThroughALink_ReplacesWhatItPointsAt()
    {
        using var variables = Model(seed: 1);
        var target = Path.Combine(_folder, "target");
        System.IO.File.WriteAllText(target, "old");
        try
        {
            System.IO.File.CreateSymbolicLink(File, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Assert.Ignore("This system lets ordinary users make no links");
        }

        variables.Save(File);
        Assert.That(System.IO.File.ResolveLinkTarget(File, false)?.FullName, Is.EqualTo(target));
        variables.Load(target);
    }

    [Test]
    public void Load_DeepJson_SaysSo()
    {
        Write($$"""{"a":{{new string('[', 100_000)}}""", []);
        AssertDamaged();
        Write(string.Concat(Enumerable.Repeat("""{"a":""", 100_000)), []);
        AssertDamaged();
        var ones = string.Join(",", Enumerable.Repeat("1", 100));
        Write($$$"""{"a":{"dtype":"F32","shape":[{{{ones}}}],"data_offsets":[0,4]}}""", [1, 2, 3, 4]);
        AssertDamaged();
    }

    [Test]
    public void Save_NamesOfEveryKind_SurviveTheFile()
    {
        using var variables = new Variables();
        foreach (var name in new[] { "größe/重み/😀", "quote\" back\\slash", "new\nline\0", " ", "role:x", "</script>" })
        {
            var isState = name.Length % 2 == 0;
            variables.GetOrAdd(new VariableInfo(name, DType.Float32, [3], Init.Normal(0, 1, 3), isState));
        }

        variables.Save(File);
        using var opened = Variables.Open(File);
        AssertSame(opened, variables);
        Assert.That(opened.Select(each => each.Info.IsState), Is.EqualTo(variables.Select(each => each.Info.IsState)));
    }

    private static Variables Model(long seed)
    {
        var variables = new Variables();
        variables.GetOrAdd(new VariableInfo("flags", DType.Bool, [5], Init.Values(1, 0, 1, 1, (int)seed - 1)));
        variables.GetOrAdd(new VariableInfo("layer1/w", DType.Float32, [2, 3], Init.Glorot(seed)));
        variables.GetOrAdd(new VariableInfo("scale", DType.Float64, [], Init.Normal(0, 1, seed)));
        variables.GetOrAdd(new VariableInfo("empty", DType.Float32, [0, 7], Init.Zeros));
        variables.GetOrAdd(new VariableInfo("step", DType.Int32, [2], Init.Constant(seed), IsState: true));
        variables.GetOrAdd(new VariableInfo("more", DType.Float64, [3], Init.Uniform(-1, 1, seed)));
        return variables;
    }

    private static void AssertSame(Variables actual, Variables expected)
    {
        Assert.That(actual, Has.Count.EqualTo(expected.Count));
        foreach (var variable in expected)
        {
            var other = actual[variable.Name];
            Assert.That(other.Type, Is.EqualTo(variable.Type));
            Assert.That(other.Shape, Is.EqualTo(variable.Shape));
            Assert.That(other.Buffer.AsSpan<byte>().SequenceEqual(variable.Buffer.AsSpan<byte>()), variable.Name);
        }
    }

    private static EqualStringConstraint Error(string id) =>
        Throws.TypeOf<GraphException>().With.Property("Id").EqualTo(id);

    private void AssertDamaged()
    {
        using var variables = new Variables();
        variables.GetOrAdd(new VariableInfo("a", DType.Float32, [2], Init.Zeros));
        Assert.That(() => variables.Load(File), Error("GRC0430").And.Message.Contains(File));
        Assert.That(() => variables.Load(File, strict: false), Error("GRC0430"));
        Assert.That(() => Variables.Open(File), Error("GRC0430"));
        Assert.That(variables["a"].Read<float>(), Is.All.Zero);
    }

    private void Write(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        System.IO.File.WriteAllBytes(File, [.. BitConverter.GetBytes((long)json.Length), .. json, .. data]);
    }
}
