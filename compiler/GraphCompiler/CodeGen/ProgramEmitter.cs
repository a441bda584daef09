using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using GraphCompiler.Kernels;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Schedule;

namespace GraphCompiler.CodeGen;

/// <summary>
/// A schedule as the members of a C# class: a method for each kernel that differs in structure, a step that calls them
/// in order. Also the layout of the memory that they work on.
/// </summary>
internal sealed class ProgramEmitter
{
    /// <summary>Calls in one method: more would take the JIT past what it optimises.</summary>
    private const int CallsPerMethod = 200;

    private readonly Graph _graph;
    private readonly ExecutionSchedule _schedule;
    private readonly CodeTarget _target;
    private readonly MemberStyle _style;
    private readonly NameAllocator _names = new();
    private readonly Dictionary<Symbol, int> _symbols = [];
    private readonly Dictionary<Storage, int> _slots = [];
    private readonly List<SlotLayout> _layout = [];
    private readonly Dictionary<(string Structure, bool IsParallel), KernelEmitter.Method> _methods = [];
    private readonly CodeWriter _bodies = new();
    private readonly List<string> _calls = [];
    private readonly List<string> _commits = [];
    private readonly List<ProgramStep> _steps = [];

    private ProgramEmitter(Graph graph, ExecutionSchedule schedule, MemberStyle style)
    {
        (_graph, _schedule, _target, _style) = (graph, schedule, CodeTarget.Of(schedule.Target), style);
        foreach (var name in style.Taken)
        {
            _names.New(name, capital: true);
        }

        if (schedule.KeepsValues)
        {
            _names.New("Commit", capital: true);
        }
    }

    public static ProgramMembers Emit(Graph graph, ExecutionSchedule schedule, MemberStyle style, CancellationToken cancellation)
    {
        var emitter = new ProgramEmitter(graph, schedule, style);
        emitter.FindSymbols();
        var kernels = new List<Kernel>();
        foreach (var group in schedule.Groups)
        {
            cancellation.ThrowIfCancellationRequested();
            kernels.Add(Streaming.Of(schedule, KernelBuilders.Build(schedule, group)));
            Verify(kernels[^1]);
        }

        var (plan, shared) = ArenaPlan.Of(schedule, kernels);
        emitter.AssignSlots(plan);
        for (var i = 0; i < kernels.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            emitter.AddStep(schedule.Groups[i], kernels[i], shared[i], plan.Scratch[i]);
        }

        return emitter.Finish(plan);
    }

    [Conditional("DEBUG")]
    private static void Verify(Kernel kernel) => KernelVerifier.Verify(kernel);

    private void FindSymbols()
    {
        foreach (var tensor in _schedule.Legal.Nodes.SelectMany(static n => n.Results).Where(static r => !r.Shape.IsConstant))
        {
            Add(tensor.Shape.SelectMany(static d => d.Symbols));
        }

        foreach (var extent in _schedule.Legal.Nodes.Select(static n => n.Operator).OfType<ExtentOp>())
        {
            Add(extent.Extent.Symbols);
        }

        void Add(IEnumerable<Symbol> symbols)
        {
            foreach (var symbol in symbols)
            {
                _symbols.TryAdd(symbol, _symbols.Count);
            }
        }
    }

    private void AssignSlots(MemoryPlan plan)
    {
        foreach (var (_, storage) in _schedule.Storage.Where(static s => s.Value.Kind != StorageKind.Arena).OrderBy(static s => s.Value.Kind))
        {
            if (!_slots.ContainsKey(storage))
            {
                AddSlot(storage, 0, Math.Max(0, storage.Type.Bytes.Max));
            }
        }

        foreach (var block in plan.Blocks)
        {
            AddSlot(block.Storage, block.Offset, block.Bytes);
        }
    }

    private void AddSlot(Storage storage, long offset, long bytes)
    {
        var kind = storage.Kind switch
        {
            StorageKind.Input => SlotKind.Input,
            StorageKind.Variable => SlotKind.Variable,
            StorageKind.Constant => SlotKind.Constant,
            StorageKind.Output => SlotKind.Output,
            _ => SlotKind.Arena,
        };
        var shape = storage.Type.Shape.Select(d => new ExtentLayout(d.Factor, [.. d.Symbols.Select(s => _symbols[s])])).ToImmutableArray();
        _slots.Add(storage, _layout.Count);
        _layout.Add(new SlotLayout(kind, storage.Name, storage.Type.DType, shape, offset, bytes));
    }

    private void AddStep(Group group, Kernel kernel, ImmutableArray<Storage> shared, ScratchLayout scratch)
    {
        var form = KernelEmitter.Emit(kernel, _target, _symbols, "K", _names, anonymous: true, _style);
        var structure = (form.Text, kernel.IsParallel);
        if (!_methods.TryGetValue(structure, out var method))
        {
            method = KernelEmitter.Emit(kernel, _target, _symbols, _names.New(kernel.Name, capital: true), _names, anonymous: false, _style with { MapsLines = false });
            _methods.Add(structure, method);
            _bodies.Line();
            _bodies.Append(method.Text);
        }

        var slots = kernel.Parameters.Select(p => _slots[_schedule.Storage[p.Tensor]]).Concat(shared.Select(s => _slots[s]));
        var arguments = method.Parameters.Zip(slots).Select(static p => string.Create(CultureInfo.InvariantCulture, $", {p.First}: {p.Second}"));
        var calls = _schedule.KeepsValues && group.Nodes.SelectMany(static n => n.Results).Any(IsVariable) ? _commits : _calls;
        if (calls.Count > 0 && (kernel.IsParallel || _steps[^1].Kernel.IsParallel))
        {
            calls.Add("w.Barrier();");
        }

        var worker = (kernel.IsParallel ? "w" : "w.Alone")
            + (scratch.Bytes > 0 ? string.Create(CultureInfo.InvariantCulture, $".WithScratch({scratch.Offset}, {scratch.Bytes})") : "");
        var call = $"{method.Name}({worker}{string.Concat(arguments)});";
        calls.Add(kernel.IsParallel ? call : $"if (w.Index == 0) {call}");
        _steps.Add(new ProgramStep(group, kernel, method.Name) { Map = form.Map });
    }

    private ProgramMembers Finish(MemoryPlan plan)
    {
        var text = new CodeWriter();
        Entry(text);
        text.Append(_bodies);
        var constants = _schedule.Storage.Where(static s => s.Value.Kind == StorageKind.Constant)
            .Select(s => (_slots[s.Value], Values((ConstantOp)s.Key.Node.Operator))).ToImmutableArray();
        var layout = new ProgramLayout(
            _graph.Name,
            ProgramLayout.CurrentAbi,
            [.. _layout],
            [.. _symbols.OrderBy(static s => s.Value).Select(static s => new SymbolLayout(s.Key.Name, s.Key.Max))],
            plan.ArenaBytes,
            [.. plan.Scratch.Where(static s => s.Bytes > 0).Distinct()],
            _graph.Updates.Count > 0);
        return new ProgramMembers(
            text.ToString(), _names, [.. _steps], [.. _slots.Keys], layout, plan, _steps.Any(static s => s.Kernel.IsParallel) ? int.MaxValue : 1, _methods.Count, constants)
        {
            Tiles = TileUses.Of(_steps.Select(static s => s.Kernel), _target),
            Values = _schedule.KeepsValues ? Kept() : null,
        };
    }

    private ImmutableArray<(Tensor Tensor, int Slot)> Kept() =>
    [
        .. _schedule.Legal.Nodes.SelectMany(static n => n.Results)
            .Where(t => _schedule.Storage.ContainsKey(t) && (t.Node.Operator is VariableOp || !IsVariable(t)))
            .Select(t => (t, _slots[_schedule.Storage[t]])),
    ];

    private bool IsVariable(Tensor tensor) => _schedule.Storage.TryGetValue(tensor, out var storage) && storage.Kind == StorageKind.Variable;

    private static ReadOnlyMemory<double> Values(ConstantOp constant)
    {
        var values = new double[constant.Bits.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = constant.Value(i);
        }

        return values;
    }

    private void Entry(CodeWriter text)
    {
        Entry("Run", "One run; every worker runs it, and kernels split their loops.", _calls, text);
        if (_commits.Count > 0)
        {
            text.Line();
            Entry("Commit", "Variables take their values: after a run, when all that it computed was found good.", _commits, text);
        }
    }

    private void Entry(string name, string what, List<string> calls, CodeWriter text)
    {
        var chunks = calls.Chunk(CallsPerMethod).ToArray();
        text.Line($"/// <summary>{what}</summary>");
        text.Open($"public static void {name}(in Worker w)");
        if (chunks.Length == 1)
        {
            Calls(chunks[0], text);
        }

        var parts = chunks.Length > 1 ? chunks.Select(_ => _names.New("Steps", capital: true)).ToArray() : [];
        foreach (var part in parts)
        {
            text.Line($"{part}(w);");
        }

        text.Close();
        foreach (var part in parts.Zip(chunks, static (method, calls) => (Method: method, Calls: calls)))
        {
            text.Line();
            text.Open($"private static void {part.Method}(in Worker w)");
            Calls(part.Calls, text);
            text.Close();
        }
    }

    private static void Calls(string[] calls, CodeWriter text)
    {
        foreach (var call in calls)
        {
            text.Line(call);
        }
    }
}
