using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using GraphCompiler.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Saving;

/// <summary>
/// Declares a graph again, node by node, with the checks that declaring has: what a file says of types is compared, never
/// believed. Nodes refer to nodes before them, so there are no circles to look for.
/// </summary>
internal sealed class GraphReader
{
    private readonly Graph _graph;
    private readonly ValueReader _values;
    private readonly string[] _files;
    private readonly HashSet<(Tensor, string)> _named = [];

    private GraphReader(Graph graph, ValueReader values, string[] files) => (_graph, _values, _files) = (graph, values, files);

    /// <param name="bytes">A whole file.</param>
    /// <param name="file">Its name, for messages.</param>
    public static Graph Read(ReadOnlyMemory<byte> bytes, string file)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        bytes = bytes.Span.StartsWith(mark) ? bytes[mark.Length..] : bytes;
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = SavedFormat.MaxDepth });
            return Read(JsonPlace.Root(document.RootElement, file));
        }
        catch (JsonException e)
        {
            // Not with the parser's exception: that may repeat the rest of the file.
            throw new GraphException("GRC0460", $"Load requires an intact saved graph: {DisplayName.Of(file)}: {ReasonOf(e)}");
        }
    }

    private static string ReasonOf(JsonException e)
    {
        const int Shown = 120;
        var place = e.Message.LastIndexOf(" LineNumber:", StringComparison.Ordinal);
        var said = DisplayName.Line(place < 0 ? e.Message : e.Message[..place], Shown);
        return e.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, byte {e.BytePositionInLine}: {said}") : said;
    }

    private static Graph Read(JsonPlace root)
    {
        var fields = root.Object();
        var format = fields.Take("format");
        if (format.Text() != SavedFormat.Name)
        {
            throw format.Damaged($"\"{SavedFormat.Name}\"");
        }

        var version = fields.Take("version");
        if (version.Integer(min: 1) != SavedFormat.Version)
        {
            throw version.Unknown($"is {version.Integer()}, this compiler reads {SavedFormat.Version}");
        }

        var graph = new Graph(fields.Take("name").Text());
        var symbols = Symbols(fields.Items("symbols"));
        var reader = new GraphReader(graph, new ValueReader(symbols), [.. fields.Items("files").Select(static each => each.Text())]);
        reader.Nodes(fields.Take("nodes").Items());
        reader.Names(fields.Items("names"));
        reader.Outputs(fields.Items("outputs"));
        reader.Updates(fields.Items("updates"));
        fields.End();
        return graph;
    }

    private static Dictionary<string, Dim> Symbols(IEnumerable<JsonPlace> items)
    {
        var symbols = new Dictionary<string, Dim>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var fields = item.Object();
            var id = fields.Take("id");
            var name = fields.TryTake("name", out var other) ? other.Text() : id.Text();
            var symbol = Declare(item, () => Dim.Symbol(name, fields.Take("max").Integer()));
            fields.End();
            if (!symbols.TryAdd(id.Text(), symbol))
            {
                throw id.Damaged("an id of its own");
            }
        }

        return symbols;
    }

    private void Nodes(IEnumerable<JsonPlace> items)
    {
        foreach (var item in items)
        {
            var i = _graph.Nodes.Count;
            var fields = item.Object();
            var op = Operator(fields);
            var inputs = fields.Items("inputs").Select(Reference).ToImmutableArray();
            if (!op.Accepts(inputs.Length))
            {
                throw item.Refused($"{op.Name} does not take {inputs.Length} inputs");
            }

            var origins = fields.Items("origins").Select(Origin).ToArray();
            _graph.Provenance = Provenance(fields, i);
            var node = Declare(item, () => _graph.Restore(op, inputs, origins));
            if (node.Id != i)
            {
                throw item.Damaged($"a node of its own: it is node {node.Id} again");
            }

            Compare(node, fields.Take("types"));
            fields.End();
        }

        _graph.Provenance = GraphCompiler.Provenance.None;
    }

    private Provenance Provenance(JsonFields fields, int node)
    {
        if (!fields.TryTake("gradientOf", out var of))
        {
            return fields.TryTake("scope", out var scope) ? new Provenance(scope.Text()) : GraphCompiler.Provenance.None;
        }

        var forward = _graph.Nodes[(int)of.Integer(0, node - 1)];
        return new Provenance(forward.Provenance.Scope, fields.TryTake("step", out var step) ? Step(step) : GradientStep.Rule, forward);
    }

    private static GradientStep Step(JsonPlace place) => place.Text() switch
    {
        "seed" => GradientStep.Seed,
        "unbroadcast" => GradientStep.Unbroadcast,
        "accumulate" => GradientStep.Accumulate,
        _ => throw place.Damaged("seed, unbroadcast or accumulate"),
    };

    private Operator Operator(JsonFields fields)
    {
        var name = fields.Take("op");
        var type = OperatorTypes.Find(name.Text())
            ?? throw name.Unknown($"is \"{DisplayName.Of(name.Text())}\", which is no operator that it knows");
        var isPlain = SavedRecord.Of(type).Members.IsEmpty;
        return isPlain ? (Operator)SavedRecord.Of(type).Create([]) : (Operator)_values.Record(type, fields.Take("attributes"));
    }

    private void Compare(Node node, JsonPlace types)
    {
        if (types.Count != node.Results.Length)
        {
            throw types.Refused($"{node.Operator.Name} has {node.Results.Length} results, not {types.Count}");
        }

        var items = types.Items().ToArray();

        for (var r = 0; r < items.Length; r++)
        {
            var type = Declare(items[r], () => _values.Type(items[r]));
            if (type != node.Results[r].Type)
            {
                throw items[r].Refused($"{node.Operator.Name} gives {node.Results[r].Type} here, not {type}");
            }
        }
    }

    private Tensor Reference(JsonPlace place)
    {
        var (of, index) = (place, default(JsonPlace?));
        if (place.Kind == JsonValueKind.Array)
        {
            var items = place.Count == 2 ? place.Items().ToArray() : throw place.Damaged("a node and one of its results");
            (of, index) = (items[0], items[1]);
        }

        var id = of.Integer(min: 0, max: int.MaxValue);
        if (id >= _graph.Nodes.Count)
        {
            throw of.Damaged($"a node that comes before, got {id} where there are {_graph.Nodes.Count}");
        }

        var results = _graph.Nodes[(int)id].Results;
        return index is { } which ? results[(int)which.Integer(0, results.Length - 1)]
            : results.Length == 1 ? results[0]
            : throw of.Damaged($"[{id}, result]: the node has {results.Length} results");
    }

    private Origin Origin(JsonPlace place) => place.Count == 2 && place.Items().ToArray() is [var file, var line]
        ? new Origin(_files.Length > 0 ? _files[file.Integer(0, _files.Length - 1)] : throw file.Damaged("a file of the list"), (int)line.Integer(0, int.MaxValue))
        : throw place.Damaged("a file and a line");

    private void Names(IEnumerable<JsonPlace> items)
    {
        // Leaves named themselves when they were declared; the list says when that was among the other names.
        foreach (var node in _graph.Nodes)
        {
            foreach (var name in node.Results[0].Names)
            {
                _named.Add((node.Results[0], name));
            }
        }

        _graph.NameLog.Clear();
        var logged = new HashSet<(Tensor, string)>();
        foreach (var item in items)
        {
            var (name, tensor, _) = Named(item);
            if (!logged.Add((tensor, name)))
            {
                throw item.Damaged("a name that the tensor does not have yet");
            }

            _graph.RestoreName(tensor, name, isNew: _named.Add((tensor, name)));
        }
    }

    private void Outputs(IEnumerable<JsonPlace> items)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var (name, tensor, place) = Named(item);
            if (!names.Add(name))
            {
                throw place.Refused($"output \"{DisplayName.Of(name)}\" is taken");
            }

            _graph.AddOutput(name, tensor);
        }
    }

    private void Updates(IEnumerable<JsonPlace> items)
    {
        var updated = new HashSet<Tensor>();
        foreach (var item in items)
        {
            var fields = item.Object();
            var (variable, value) = (Reference(fields.Take("variable")), Reference(fields.Take("value")));
            fields.End();
            if (variable.Node.Operator is not VariableOp || variable.Type != value.Type || !updated.Add(variable))
            {
                throw item.Refused($"{variable} cannot take {value}: an update is one for each variable, of its type");
            }

            _graph.AddUpdate(variable, value);
        }
    }

    private (string Name, Tensor Tensor, JsonPlace Place) Named(JsonPlace item)
    {
        var fields = item.Object();
        var (name, tensor) = (fields.Take("name"), Reference(fields.Take("tensor")));
        fields.End();
        return name.Text() is { Length: > 0 } text ? (text, tensor, name) : throw name.Damaged("a name");
    }

    // A rule that is broken is told by the operator; what it did not think of must be an error of the file too.
    private static T Declare<T>(JsonPlace place, Func<T> declare)
    {
        try
        {
            return declare();
        }
        catch (GraphException e) when (e.Id is not ("GRC0460" or "GRC0461" or "GRC0462"))
        {
            throw place.Refused(e.Message, e);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException or InvalidOperationException
            or IndexOutOfRangeException or TargetInvocationException)
        {
            throw place.Refused(e.Message, e);
        }
    }
}
