using System.Collections.Immutable;
using GraphCompiler.CodeGen;
using GraphCompiler.Diagnostics;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;
using GraphCompiler.Schedule;

namespace GraphCompiler.Inspect;

/// <summary>Makes plain data of what the stages hand on.</summary>
internal sealed class InspectionBuilder
{
    /// <summary>Characters of a formula that are shown at most.</summary>
    public const int LineLength = 400;

    private readonly Graph _declared;
    private readonly PipelineResult _result;
    private readonly Graph _graph;
    private readonly Legalizer _legal;
    private readonly Direction[] _directions;
    private readonly string[] _scopes;
    private readonly GeneratedLines _lines;
    private readonly ILookup<Tensor, string> _outputs;
    private readonly ILookup<Tensor, string> _updates;
    private readonly HashSet<Node> _live;
    private readonly FusionEdges _edges;
    private readonly Dictionary<Node, int> _kernelOf = [];
    private readonly Dictionary<Tensor, SortedSet<int>> _readers = [];
    private readonly Dictionary<Node, SortedSet<int>> _readBy = [];
    private readonly Dictionary<Tensor, int> _writers = [];

    public InspectionBuilder(Graph declared, PipelineResult result)
    {
        (_declared, _result, _graph, _legal) = (declared, result, result.Optimized.Graph, result.Schedule.Legal);
        _live = [.. _legal.Nodes];
        _directions = Directions.Of(_graph, result.Optimized.Find);
        _scopes = Scopes.Of(_graph, _directions);
        _lines = new GeneratedLines(result.Program.Source);
        _outputs = _graph.Outputs.ToLookup(static o => o.Tensor, static o => DisplayName.Of(o.Name));
        _updates = _graph.Updates.ToLookup(static u => u.Value, static u => u.Variable.Display);
        for (var step = 0; step < result.Steps.Length; step++)
        {
            Enter(step, result.Steps[step]);
        }

        _edges = new FusionEdges(_legal, result.Steps, _kernelOf);
    }

    public GraphInspection Build(ImmutableArray<InspectedRewrite> rewrites) => new()
    {
        Name = DisplayName.Of(_declared.Name),
        Target = _result.Schedule.Target.Name,
        DeclaredNodes = _declared.Nodes.Count,
        Nodes = [.. _graph.Nodes.Select(Node)],
        Kernels = [.. Enumerable.Range(0, _result.Steps.Length).Select(Kernel)],
        Memory = MemoryInspection.Of(_result, LineLength),
        Rewrites = rewrites,
        Symbols = [.. _result.Program.Layout.Symbols.Select(static s => (DisplayName.Of(s.Name), s.Max))],
        Source = _result.Program.Source,
    };

    private void Enter(int step, ProgramStep emitted)
    {
        foreach (var node in emitted.Group.Nodes)
        {
            _kernelOf.Add(node, step);
            foreach (var result in node.Results.Where(_result.Schedule.Storage.ContainsKey))
            {
                _writers.Add(result, step);
            }
        }

        foreach (var node in emitted.Group.Nodes)
        {
            foreach (var tensor in MemoryReads.Of(_legal, node).Where(t => !emitted.Group.Contains(t.Node)))
            {
                Get(_readers, tensor).Add(step);
                Get(_readBy, tensor.Node).Add(step);
            }

            EnterBetween(node, step);
        }
    }

    // What lies between a node and the memory that it reads is repeated in its kernel, or is an index map of it.
    private void EnterBetween(Node node, int step)
    {
        var pending = new Stack<Node>([node]);
        while (pending.TryPop(out var reader))
        {
            foreach (var input in reader.Inputs)
            {
                if (_legal.Forms[input.Node] is NodeForm.Inline or NodeForm.View && !_kernelOf.ContainsKey(input.Node) && Get(_readBy, input.Node).Add(step))
                {
                    pending.Push(input.Node);
                }
            }
        }
    }

    private InspectedNode Node(Node node)
    {
        var form = FormOf(node);
        var kernel = _kernelOf.TryGetValue(node, out var step) ? step : (int?)null;
        return new InspectedNode
        {
            Id = node.Id,
            Operator = node.Operator.Name,
            Call = Show(node.Operator.ToString()),
            Formula = Show(Formula.Of(node)),
            Inputs = [.. node.Inputs.Select(static i => (i.Node.Id, i.Index))],
            Results = [.. node.Results.Select(Result)],
            Direction = _directions[node.Id],
            Scope = DisplayName.Line(_scopes[node.Id], LineLength),
            Origins = [.. node.Origins.Where(static o => o.File.Length > 0).Select(static o => (o.File, o.Line)).Distinct()],
            Gradient = GradientOf(node),
            Form = form == NodeForm.Leaf ? "memory" : form.ToString().ToLowerInvariant(),
            Kernel = kernel,
            Level = kernel is null ? null : _result.Steps[step].Group.LevelOf(node).ToString().ToLowerInvariant(),
            ReadBy = [.. _readBy.GetValueOrDefault(node) ?? []],
            Flops = node.Operator.Cost(node).Flops.Max,
            Lines = kernel is null ? [] : _lines.Of(node, _result.Steps[step]),
        };
    }

    // A node that nothing needs has no form; rewriting leaves none, but for leaves that give symbols their values.
    private NodeForm FormOf(Node node) => _live.Contains(node) ? _legal.Forms[node] : NodeForm.Leaf;

    private InspectedTensor Result(Tensor tensor) => new(
        tensor.Display,
        [.. tensor.Names],
        tensor.Type.ToString(),
        tensor.Type.Bytes.Max,
        _result.Schedule.Storage.TryGetValue(tensor, out var home) ? Word(home.Kind) : null,
        [.. _outputs[tensor]],
        _updates[tensor].FirstOrDefault());

    private InspectedGradient? GradientOf(Node node)
    {
        if (node.Provenance.Step is not { } step)
        {
            return null;
        }

        var of = node.Provenance.GradientOf;
        var there = of is null ? null : _result.Optimized.Find(of.Results[0])?.Node;
        return new InspectedGradient(
            step.ToString().ToLowerInvariant(), of?.Operator.Name ?? "", Show(of is null ? "" : Formula.Of(there ?? of)), there?.Id);
    }

    private InspectedKernel Kernel(int index)
    {
        var (group, kernel, method) = _result.Steps[index];
        return new InspectedKernel
        {
            Index = index,
            Method = method,
            Kind = group.Kind.ToString(),
            Space = group.Space.ToString(),
            Reduced = group.Reduced,
            Nodes = [.. group.Nodes.Select(static n => n.Id)],
            Formulas = [.. kernel.Formulas.Select(Show)],
            Operands = [.. kernel.Parameters.Select(p => Operand(p.Tensor, index))],
            Refusals = _edges.Opening(index),
            Edges = _edges.Between(index),
            Opening = OpeningOf(group),
            Flops = Summary.Flops(group),
            Bytes = Summary.Bytes(kernel),
            ScratchBytes = kernel.ScratchBytes,
            SharedBytes = kernel.Shared.Sum(static b => new TensorType(b.Type, b.Shape).Bytes.Max),
            IsParallel = kernel.IsParallel,
            Lines = _lines.Of(method),
            Direction = group.Nodes.GroupBy(n => _directions[n.Id]).MaxBy(static g => g.Sum(static n => 1 + n.Operator.Cost(n).Flops.Max))!.Key,
        };
    }

    private InspectedOperand Operand(Tensor tensor, int kernel) => new(
        tensor.Node.Id,
        tensor.Display,
        Word(_result.Schedule.Storage[tensor].Kind),
        _writers.TryGetValue(tensor, out var writer) && writer == kernel,
        tensor.Type.Bytes.Max,
        _writers.TryGetValue(tensor, out writer) ? writer : null,
        [.. _readers.GetValueOrDefault(tensor) ?? []]);

    private string OpeningOf(Group group) => group.Opening switch
    {
        null => "a copy at the end of the run: its variable is still read when the new value is there",
        { } opening when !group.Contains(opening.Node) => $"begun for {opening.Node.Results[0].Display}, which was moved on to where it is read; what joined it stayed",
        { Refusals.IsEmpty: true } opening => RefusalText.OfNobodyAsked(_legal.Forms[opening.Node]),
        { } opening => $"begun for {opening.Node.Results[0].Display}",
    };

    private static string Word(StorageKind kind) => kind.ToString().ToLowerInvariant();

    private static string Show(string line) => DisplayName.Line(line, LineLength);

    private static SortedSet<int> Get<TKey>(Dictionary<TKey, SortedSet<int>> sets, TKey key) where TKey : notnull =>
        sets.TryGetValue(key, out var set) ? set : sets[key] = [];
}
