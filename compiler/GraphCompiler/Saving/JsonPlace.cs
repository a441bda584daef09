using System.Globalization;
using System.Text.Json;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;

namespace GraphCompiler.Saving;

/// <summary>An element of a file and where it stands there: whatever is wrong with it is told with its place.</summary>
internal readonly struct JsonPlace
{
    private readonly JsonElement _element;
    private readonly Step? _parent;
    private readonly string? _name;
    private readonly int _index;

    private JsonPlace(JsonElement element, Step? parent, string? name, int index) =>
        (_element, _parent, _name, _index) = (element, parent, name, index);

    /// <summary>The path from the root, after the file's name: <c>graph.json: $.nodes[3].inputs[0]</c>.</summary>
    public string Path => Here.ToString();

    // Made for what has something below it, and for messages: not for each of a million numbers.
    private Step Here => new(_parent, _name, _index);

    public JsonValueKind Kind => _element.ValueKind;

    /// <summary>The root of a file.</summary>
    public static JsonPlace Root(JsonElement element, string file) => new(element, null, DisplayName.Of(file), -1);

    /// <summary>The members of an object: each once.</summary>
    public JsonFields Object()
    {
        Require(JsonValueKind.Object, "an object");
        var (fields, here) = (new Dictionary<string, JsonPlace>(StringComparer.Ordinal), Here);
        foreach (var property in _element.EnumerateObject())
        {
            var name = NameOf(property);
            if (!fields.TryAdd(name, new(property.Value, here, name, -1)))
            {
                throw Damaged($"each name once, got \"{DisplayName.Of(name)}\" twice");
            }
        }

        return new JsonFields(this, fields);
    }

    /// <summary>How many elements an array has.</summary>
    public int Count
    {
        get
        {
            Require(JsonValueKind.Array, "an array");
            return _element.GetArrayLength();
        }
    }

    /// <summary>The elements of an array, one after the other: the first that is wrong ends it, however many there are.</summary>
    public IEnumerable<JsonPlace> Items()
    {
        Require(JsonValueKind.Array, "an array");
        return Each(_element, Here);
    }

    private static IEnumerable<JsonPlace> Each(JsonElement array, Step here)
    {
        var next = 0;
        foreach (var item in array.EnumerateArray())
        {
            yield return new(item, here, null, next++);
        }
    }

    public string Text()
    {
        Require(JsonValueKind.String, "a text");
        try
        {
            return _element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Damaged("well-formed text");
        }
    }

    public bool Flag() =>
        Kind is JsonValueKind.True or JsonValueKind.False ? Kind == JsonValueKind.True : throw Damaged($"true or false, got {Shown()}");

    /// <summary>A whole number within bounds.</summary>
    public long Integer(long min = long.MinValue, long max = long.MaxValue) =>
        Kind == JsonValueKind.Number && _element.TryGetInt64(out var value) && value >= min && value <= max ? value
        : throw Damaged($"a whole number from {min} to {max}, got {Shown()}");

    /// <summary>A float64 number, bit by bit: what is not finite is written as text.</summary>
    public double Number()
    {
        const string Hexadecimal = "0x";
        if (Kind == JsonValueKind.Number && _element.TryGetDouble(out var value) && double.IsFinite(value))
        {
            return value;
        }

        var text = Kind == JsonValueKind.String ? Text() : "";
        return text switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ when text.StartsWith(Hexadecimal, StringComparison.Ordinal)
                && ulong.TryParse(text.AsSpan(Hexadecimal.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) =>
                BitConverter.UInt64BitsToDouble(bits),
            _ => throw Damaged($"a number, \"NaN\", \"Infinity\", \"-Infinity\" or \"0x\" and bits, got {Shown()}"),
        };
    }

    /// <summary>GRC0460: not what was ever saved.</summary>
    public GraphException Damaged(string rule) => Error("GRC0460", $"Load requires an intact saved graph: {Path} requires {rule}");

    /// <summary>GRC0461: unknown to this version.</summary>
    public GraphException Unknown(string what) =>
        Error("GRC0461", $"Load requires a saved graph of a version that it knows: {Path} {what}");

    /// <summary>GRC0462: a graph that cannot be declared.</summary>
    public GraphException Refused(string why, Exception? inner = null)
    {
        const int Shown = 600; // a list of the file's may be in it
        return why.Length <= Shown
            ? new("GRC0462", $"Load requires a graph that could be declared: {Path}: {why}", inner: inner)
            : new("GRC0462", $"Load requires a graph that could be declared: {Path}: {why.AsSpan(0, Shown)}…");
    }

    private static GraphException Error(string id, string text) => new(id, text);

    private void Require(JsonValueKind kind, string what)
    {
        if (Kind != kind)
        {
            throw Damaged($"{what}, got {Shown()}");
        }
    }

    private string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Damaged("names of well-formed text");
        }
    }

    private string Shown() => Kind switch
    {
        JsonValueKind.Object or JsonValueKind.Array => $"an {Kind.ToString().ToLowerInvariant()}",
        JsonValueKind.String => "a text",
        _ => DisplayName.Of(_element.GetRawText()),
    };

    private sealed class Step(Step? parent, string? name, int index)
    {
        public override string ToString()
        {
            var steps = new Stack<Step>();
            for (var step = this; step.Parent is not null; step = step.Parent)
            {
                steps.Push(step);
            }

            return $"{Root}: ${string.Concat(steps.Select(static s => s.Own))}";
        }

        private Step? Parent => parent;

        private string Root => parent?.Root ?? name!;

        private string Own => name is null ? $"[{index.ToString(CultureInfo.InvariantCulture)}]" : $".{DisplayName.Of(name)}";
    }
}
