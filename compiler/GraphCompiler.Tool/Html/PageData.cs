using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphCompiler.Inspect;
using GraphCompiler.Tool.Profiling;
using GraphCompiler.Tool.Reports;

namespace GraphCompiler.Tool.Html;

/// <summary>An inspection as the page's script reads it. Names are short: a page of thousands of nodes holds each of them as often.</summary>
internal sealed class PageData
{
    // The strictest: < > & and quotes are escaped, so no text ends the element that it stands in.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<(string, int), string> _sourceLines = [];

    private PageData(Utf8JsonWriter json) => _json = json;

    public static string Of(GraphInspection inspection, GraphProfile? profile)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            new PageData(json).Write(inspection, profile);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void Write(GraphInspection inspection, GraphProfile? profile)
    {
        _json.WriteStartObject();
        Text("name", inspection.Name);
        Text("target", inspection.Target);
        _json.WriteNumber("declared", inspection.DeclaredNodes);
        Array("symbols", inspection.Symbols, symbol => Tuple(() => Text(symbol.Name), () => _json.WriteNumberValue(symbol.Max)));
        Array("nodes", inspection.Nodes, Node);
        Array("kernels", inspection.Kernels, Kernel);
        Memory(inspection.Memory);
        Array("rewrites", inspection.Rewrites, r => Tuple(() => Text(r.Rule), () => Text(r.Before), () => Text(r.After)));
        Text("source", inspection.Source);
        if (profile is not null)
        {
            Profile(profile);
        }

        _json.WriteEndObject();
    }

    private void Node(InspectedNode node)
    {
        var result = node.Results[0];
        _json.WriteStartObject();
        _json.WriteNumber("id", node.Id);
        Text("n", node.Name);
        Array("ns", [.. node.Results.SelectMany(static r => r.Names)], Text);
        Text("op", node.Operator);
        Text("call", node.Call);
        Text("f", node.Form == "memory" ? $"{node.Name} = {node.Call}" : node.Formula);
        Text("t", node.Type);
        Array("ts", [.. node.Results.Select(static r => r.Type)], Text);
        _json.WriteNumber("by", node.Results.Sum(static r => r.Bytes));
        Text("mem", result.Memory);
        _json.WriteNumber("d", (int)node.Direction);
        Text("s", node.Scope);
        Array("o", node.Origins, o => Tuple(() => Text(o.File), () => _json.WriteNumberValue(o.Line), () => Text(SourceLineOf(o.File, o.Line))));
        Gradient(node.Gradient);
        Text("form", node.Form);
        Number("k", node.Kernel);
        Text("l", node.Level);
        Array("rb", node.ReadBy, _json.WriteNumberValue);
        _json.WriteNumber("fl", node.Flops);
        Array("ln", node.Lines, Span);
        Array("in", node.Inputs, i => Tuple(() => _json.WriteNumberValue(i.Node), () => _json.WriteNumberValue(i.Result)));
        Array("out", [.. node.Results.SelectMany(static r => r.Outputs)], Text);
        Text("up", node.Results.Select(static r => r.Updates).FirstOrDefault(static u => u is not null));
        _json.WriteEndObject();
    }

    private void Gradient(InspectedGradient? gradient)
    {
        if (gradient is null)
        {
            _json.WriteNull("g");
            return;
        }

        _json.WriteStartObject("g");
        Text("s", gradient.Step);
        Text("op", gradient.Operator);
        Text("of", gradient.Of);
        Number("n", gradient.NodeId);
        _json.WriteEndObject();
    }

    private void Kernel(InspectedKernel kernel)
    {
        _json.WriteStartObject();
        _json.WriteNumber("i", kernel.Index);
        Text("m", kernel.Method);
        Text("kind", kernel.Kind);
        Text("space", kernel.Space);
        Array("red", kernel.Reduced, _json.WriteNumberValue);
        Array("nodes", kernel.Nodes, _json.WriteNumberValue);
        Array("formulas", kernel.Formulas, Text);
        Array("ops", kernel.Operands, Operand);
        Array("ref", kernel.Refusals, Refusal);
        Array("edges", kernel.Edges, Refusal);
        Text("open", kernel.Opening);
        _json.WriteNumber("fl", kernel.Flops);
        _json.WriteNumber("by", kernel.Bytes);
        _json.WriteNumber("scratch", kernel.ScratchBytes);
        _json.WriteNumber("shared", kernel.SharedBytes);
        _json.WriteBoolean("par", kernel.IsParallel);
        _json.WritePropertyName("ln");
        Span(kernel.Lines);
        _json.WriteNumber("d", (int)kernel.Direction);
        _json.WriteEndObject();
    }

    private void Operand(InspectedOperand operand)
    {
        _json.WriteStartObject();
        _json.WriteNumber("n", operand.Node);
        _json.WriteBoolean("w", operand.IsWritten);
        _json.WriteNumber("by", operand.Bytes);
        Text("mem", operand.Memory);
        Number("from", operand.MadeBy);
        Array("to", operand.ReadBy, _json.WriteNumberValue);
        _json.WriteEndObject();
    }

    private void Refusal(FusionRefusal refusal)
    {
        _json.WriteStartObject();
        _json.WriteNumber("n", refusal.NodeId);
        Number("k", refusal.Kernel);
        Text("why", refusal.Reason);
        _json.WriteEndObject();
    }

    private void Memory(InspectedMemory memory)
    {
        _json.WriteStartObject("memory");
        _json.WriteNumber("arena", memory.ArenaBytes);
        _json.WriteNumber("peak", memory.PeakBytes);
        _json.WriteNumber("at", memory.PeakKernel);
        _json.WriteNumber("fixed", memory.FixedBytes);
        _json.WriteNumber("variables", memory.VariableBytes);
        Array("alive", memory.Alive, _json.WriteNumberValue);
        Array("blocks", memory.Blocks, Block);
        _json.WriteEndObject();
    }

    private void Block(InspectedBlock block)
    {
        _json.WriteStartObject();
        Text("n", block.Name);
        Number("node", block.Node);
        Text("t", block.Type);
        _json.WriteNumber("off", block.Offset);
        _json.WriteNumber("by", block.Bytes);
        _json.WriteNumber("first", block.First);
        _json.WriteNumber("last", block.Last);
        _json.WriteBoolean("peak", block.IsAtPeak);
        _json.WriteEndObject();
    }

    private void Profile(GraphProfile profile)
    {
        _json.WriteStartObject("profile");
        _json.WriteNumber("run", profile.RunNanoseconds);
        _json.WriteNumber("waiting", profile.WaitingNanoseconds);
        _json.WriteNumber("workers", profile.Workers);
        _json.WriteNumber("peak", profile.PeakGigaFlops);
        Array("kernels", profile.Kernels, Time);
        _json.WriteEndObject();
    }

    private void Time(KernelTime time)
    {
        _json.WriteStartObject();
        _json.WriteNumber("ns", time.Nanoseconds);
        _json.WriteNumber("gflops", time.GigaFlops);
        _json.WriteNumber("gbytes", time.GigaBytes);
        _json.WriteNumber("roof", time.Roofline);
        _json.WriteBoolean("compute", time.IsComputeBound);
        _json.WriteEndObject();
    }

    private string SourceLineOf(string file, int line)
    {
        if (!_sourceLines.TryGetValue((file, line), out var text))
        {
            _sourceLines.Add((file, line), text = SourceLine.Of(file, line));
        }

        return text;
    }

    private void Span(SourceLines lines) => Tuple(() => _json.WriteNumberValue(lines.First), () => _json.WriteNumberValue(lines.Last));

    private void Array<T>(string name, ImmutableArray<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        _json.WriteEndArray();
    }

    private void Tuple(params ReadOnlySpan<Action> items)
    {
        _json.WriteStartArray();
        foreach (var item in items)
        {
            item();
        }

        _json.WriteEndArray();
    }

    private void Number(string name, int? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    private void Text(string? value) => _json.WriteStringValue(value is null ? null : WellFormed(value));

    private void Text(string name, string? value)
    {
        _json.WritePropertyName(name);
        Text(value);
    }

    // A name is any text; half of a surrogate pair is none that JSON could hold.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
