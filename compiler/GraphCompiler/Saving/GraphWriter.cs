using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphCompiler.Operators;

namespace GraphCompiler.Saving;

/// <summary>A graph as JSON, a node a line: the same graph is the same bytes, but for the paths of source files.</summary>
internal sealed class GraphWriter
{
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly Utf8JsonWriter _json;
    private readonly SavedSymbols _symbols = new();
    private readonly ValueWriter _values;
    private readonly Dictionary<string, int> _files = new(StringComparer.Ordinal);

    private GraphWriter()
    {
        _json = Writer(_body);
        _values = new(_json, _symbols);
    }

    public static byte[] Write(Graph graph)
    {
        var writer = new GraphWriter();
        writer.Body(graph);
        return writer.WithHeader(graph);
    }

    // After the nodes it is known which symbols and files they speak of; a reader wants to see those first.
    private byte[] WithHeader(Graph graph)
    {
        var result = new ArrayBufferWriter<byte>(_body.WrittenCount + 4096);
        var json = Writer(result);
        var values = new ValueWriter(json, _symbols);
        result.Write("{\n\"format\": "u8);
        Element(json, result, () => json.WriteStringValue(SavedFormat.Name));
        result.Write(",\n\"version\": "u8);
        Element(json, result, () => json.WriteNumberValue(SavedFormat.Version));
        result.Write(",\n\"name\": "u8);
        Element(json, result, () => values.Text(graph.Name));
        Section(json, result, "symbols", _symbols.All, each =>
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            values.Text(each.Id);
            if (each.Id != each.Symbol.Name)
            {
                json.WritePropertyName("name");
                values.Text(each.Symbol.Name);
            }

            json.WriteNumber("max", each.Symbol.Max);
            json.WriteEndObject();
        });
        Section(json, result, "files", _files.Keys, values.Text);
        result.Write(_body.WrittenSpan);
        result.Write("\n}\n"u8);
        return result.WrittenSpan.ToArray();
    }

    private void Body(Graph graph)
    {
        Section(_json, _body, "nodes", graph.Nodes, Node);
        Section(_json, _body, "names", graph.NameLog, each => Named("name", each.Name, "tensor", each.Tensor));
        Section(_json, _body, "outputs", graph.Outputs, each => Named("name", each.Name, "tensor", each.Tensor));
        Section(_json, _body, "updates", graph.Updates, each =>
        {
            _json.WriteStartObject();
            _json.WritePropertyName("variable");
            Reference(each.Variable);
            _json.WritePropertyName("value");
            Reference(each.Value);
            _json.WriteEndObject();
        });
    }

    private void Node(Node node)
    {
        _json.WriteStartObject();
        _json.WriteString("op", OperatorTypes.NameOf(node.Operator.GetType()));
        if (!SavedRecord.Of(node.Operator.GetType()).Members.IsEmpty)
        {
            _json.WritePropertyName("attributes");
            _values.Members(node.Operator);
        }

        if (!node.Inputs.IsEmpty)
        {
            _json.WriteStartArray("inputs");
            foreach (var input in node.Inputs)
            {
                Reference(input);
            }

            _json.WriteEndArray();
        }

        _json.WriteStartArray("types");
        foreach (var result in node.Results)
        {
            _values.Type(result.Type);
        }

        _json.WriteEndArray();
        if (node.GradientOf is { } forward)
        {
            _json.WriteNumber("gradientOf", forward.Id);
            if (node.Provenance.Step is { } step and not GradientStep.Rule)
            {
                _json.WriteString("step", step.ToString().ToLowerInvariant());
            }
        }
        else if (node.Provenance.Scope.Length > 0)
        {
            _json.WritePropertyName("scope");
            _values.Text(node.Provenance.Scope);
        }

        Origins(node);
        _json.WriteEndObject();
    }

    private void Origins(Node node)
    {
        var isFirst = true;
        foreach (var origin in node.Origins)
        {
            if (origin.File.Length == 0)
            {
                continue; // code without debug information
            }

            if (isFirst)
            {
                _json.WriteStartArray("origins");
                isFirst = false;
            }

            _files.TryAdd(origin.File, _files.Count);
            _json.WriteStartArray();
            _json.WriteNumberValue(_files[origin.File]);
            _json.WriteNumberValue(origin.Line);
            _json.WriteEndArray();
        }

        if (!isFirst)
        {
            _json.WriteEndArray();
        }
    }

    // The node's place in the list; of a node with several results, that and which of them.
    private void Reference(Tensor tensor)
    {
        if (tensor.Node.Results.Length == 1)
        {
            _json.WriteNumberValue(tensor.Node.Id);
        }
        else
        {
            _json.WriteStartArray();
            _json.WriteNumberValue(tensor.Node.Id);
            _json.WriteNumberValue(tensor.Index);
            _json.WriteEndArray();
        }
    }

    private void Named(string nameKey, string name, string tensorKey, Tensor tensor)
    {
        _json.WriteStartObject();
        _json.WritePropertyName(nameKey);
        _values.Text(name);
        _json.WritePropertyName(tensorKey);
        Reference(tensor);
        _json.WriteEndObject();
    }

    private static void Section<T>(Utf8JsonWriter json, ArrayBufferWriter<byte> to, string name, IEnumerable<T> items, Action<T> write)
    {
        to.Write(",\n\""u8);
        to.Write(System.Text.Encoding.ASCII.GetBytes(name));
        to.Write("\": ["u8);
        var isFirst = true;
        foreach (var item in items)
        {
            to.Write(isFirst ? "\n"u8 : ",\n"u8);
            isFirst = false;
            Element(json, to, () => write(item));
        }

        to.Write("]"u8);
    }

    private static void Element(Utf8JsonWriter json, ArrayBufferWriter<byte> to, Action write)
    {
        json.Reset(to);
        write();
        json.Flush();
    }

    // Readable where it is not ASCII; nobody pastes a file into HTML unescaped.
    private static Utf8JsonWriter Writer(ArrayBufferWriter<byte> to) =>
        new(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
