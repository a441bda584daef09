using System.Diagnostics;
using System.Globalization;
using GraphCompiler.Kernels;
using GraphCompiler.Runtime;

namespace GraphCompiler.CodeGen;

/// <summary>Kernel statements as C#: loops, locals, accumulators, stores.</summary>
internal sealed class StatementEmitter
{
    private const int LineBytes = 64;

    private readonly EmitContext _context;
    private readonly ScalarExpressions _scalar;
    private readonly VectorExpressions _vector;
    private readonly bool _isParallel;
    private readonly bool _comments;

    public StatementEmitter(EmitContext context, bool isParallel, bool comments)
    {
        _context = context;
        _scalar = new ScalarExpressions(context);
        _vector = new VectorExpressions(context, _scalar);
        _isParallel = isParallel;
        _comments = comments;
    }

    /// <summary>
    /// The statements of a kernel: loops split over workers are everybody's, and so are values, which every worker computes
    /// for itself; what writes memory is the first worker's.
    /// </summary>
    public void EmitTop(IReadOnlyList<KernelStatement> statements, CodeWriter into)
    {
        for (var i = 0; i < statements.Count;)
        {
            switch (statements[i])
            {
                case BarrierStatement:
                    if (_isParallel)
                    {
                        into.Line("w.Barrier();");
                    }

                    i++;
                    break;
                case FenceStatement:
                    into.Line("Streaming.Fence();");
                    i++;
                    break;
                case ForStatement { Kind: LoopKind.Parallel or LoopKind.ParallelVector } or ContractStatement or LetStatement or ReduceStatement:
                    Emit(statements[i++], into);
                    break;
                default:
                    var alone = _isParallel;
                    if (alone)
                    {
                        into.Open("if (w.Index == 0)");
                    }

                    while (i < statements.Count && statements[i] is not (BarrierStatement or FenceStatement or ContractStatement or LetStatement or ReduceStatement or ForStatement { Kind: LoopKind.Parallel or LoopKind.ParallelVector }))
                    {
                        Emit(statements[i++], into);
                    }

                    if (alone)
                    {
                        into.Close();
                    }

                    break;
            }
        }
    }

    public void Emit(IEnumerable<KernelStatement> statements, CodeWriter into)
    {
        foreach (var statement in statements)
        {
            Emit(statement, into);
        }
    }

    private void Emit(KernelStatement statement, CodeWriter into)
    {
        if (!into.MapsLines || statement is ContractStatement)
        {
            Write(statement, into);
            return;
        }

        into.Begin(ComputedNodes.Of(statement));
        Write(statement, into);
        into.End();
    }

    private void Write(KernelStatement statement, CodeWriter into)
    {
        switch (statement)
        {
            case LetStatement let:
                Let(let, into);
                break;
            case StoreStatement store:
                Store(store, into);
                break;
            case ForStatement loop:
                For(loop, into);
                break;
            case ReduceStatement reduce:
                Reduce(reduce, into);
                break;
            case AccumulateStatement accumulate:
                Accumulate(accumulate, into);
                break;
            case IfStatement condition:
                into.Open($"if ({ScalarExpressions.Bare(_scalar.Text(condition.Condition))})");
                _context.Names.Push();
                Emit(condition.Body, into);
                _context.Names.Pop();
                into.Close();
                break;
            case VariableStatement variable:
                _context.Locals[variable.Local] = new([_context.Names.New(variable.Local.Name)], IsVector: false);
                into.Line($"{Literals.TypeOf(variable.Local.Type)} {_context.Locals[variable.Local].Parts[0]} = {_scalar.Text(variable.Initial)};");
                break;
            case AssignStatement assign:
                into.Line($"{_context.Locals[assign.Local].Parts[0]} = {ScalarExpressions.Bare(_scalar.Text(assign.Value))};");
                break;
            case PrefetchStatement prefetch:
                Prefetch(prefetch, into);
                break;
            case ContractStatement contract:
                new ContractEmitter(_context, this, _scalar, _isParallel).Emit(contract, into);
                break;
            default:
                throw new UnreachableException($"{statement}");
        }
    }

    private void Comment(string? comment, CodeWriter into)
    {
        if (_comments && comment is not null)
        {
            into.Comment(comment);
        }
    }

    private void Let(LetStatement let, CodeWriter into)
    {
        if (_context.Vector is not { } loop || !_vector.Varies(let.Value))
        {
            Comment(let.Comment, into);
            var name = _context.Names.New(let.Local.Name);
            into.Line($"{Literals.TypeOf(let.Local.Type)} {name} = {ScalarExpressions.Bare(_scalar.Text(let.Value))};");
            _context.Locals[let.Local] = new([name], IsVector: false);
            _context.Vector?.InnerLocals.Add(let.Local);
            return;
        }

        Comment(loop.IsRest ? null : let.Comment, into);
        var parts = _context.NewParts(let.Local.Name, let.Local.Type, loop.Lanes);
        for (var p = 0; p < parts.Length; p++)
        {
            into.Line($"var {parts[p]} = {_vector.Bare(let.Value, p)};");
        }

        _context.Locals[let.Local] = new(parts, IsVector: true);
    }

    private void Store(StoreStatement store, CodeWriter into)
    {
        Comment(_context.Vector is { IsRest: true } ? null : store.Comment, into);
        if (_context.Vector is not { } loop || store.Access.StrideOf(loop.Axis) == 0)
        {
            var text = _scalar.Text(store.Value);
            into.Line($"{_scalar.Place(store.Access)} = {(store.Value.Type == DType.Bool ? $"{text} ? (byte)1 : (byte)0" : ScalarExpressions.Bare(text))};");
            return;
        }

        for (var p = 0; p < _context.Target.PartsOf(store.Value.Type, loop.Lanes); p++)
        {
            into.Line(_vector.Store(store, p));
        }
    }

    // Once for each line; what is left of whole steps has little that would be worth it.
    private void Prefetch(PrefetchStatement prefetch, CodeWriter into)
    {
        if (_context.Vector is not { IsRest: false } loop)
        {
            return;
        }

        var bytes = 0;
        for (var p = 0; p < _context.Target.PartsOf(prefetch.Access.Buffer.Type, loop.Lanes); p++)
        {
            if (bytes % LineBytes == 0)
            {
                into.Line(_vector.Prefetch(prefetch.Access, p));
            }

            bytes += _context.Target.LanesOf(prefetch.Access.Buffer.Type) * prefetch.Access.Buffer.Type.Size();
        }
    }

    private void For(ForStatement loop, CodeWriter into)
    {
        var extent = _context.ExtentOf(loop.Axis);
        var variable = _context.Names.New(loop.Axis.Name);
        _context.Axes[loop.Axis] = variable;
        if (extent.Contains('(', StringComparison.Ordinal) && (loop.Axis.Whole ?? loop.Axis.Chunks?.Whole) is not null)
        {
            var count = _context.Names.New("count"); // computed once, not in every iteration
            into.Line($"nint {count} = {extent};");
            extent = count;
        }

        var (from, to) = ("0", extent);
        if (loop.Kind is LoopKind.Parallel or LoopKind.ParallelVector && _isParallel)
        {
            (from, to) = (_context.Names.New("from"), _context.Names.New("to"));
            into.Line(string.Create(CultureInfo.InvariantCulture, $"var ({from}, {to}) = Partition.Of({extent}, {loop.Grain}, w.Index, w.Count);"));
        }

        if (loop.Kind is LoopKind.Vector or LoopKind.ParallelVector)
        {
            VectorFor(loop, variable, from, to, into);
            return;
        }

        _context.Vector?.InnerAxes.Add(loop.Axis);
        into.Open($"for (nint {variable} = {from}; {variable} < {to}; {variable}++)");
        _context.Names.Push();
        Emit(loop.Body, into);
        _context.Names.Pop();
        into.Close();
    }

    // The body twice: whole steps, then what is left of them with the lanes beyond the end masked.
    private void VectorFor(ForStatement loop, string variable, string from, string to, CodeWriter into)
    {
        var lanes = loop.Lanes ?? loop.Block ?? VectorSteps.Of(loop, _context.Target);
        long? extent = from == "0" && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var constant) ? constant : null;
        var state = new VectorLoop(loop.Axis, variable, _context.Names.Depth, new CodeWriter(into.MapsLines)) { Lanes = lanes };
        var (main, rest) = (new CodeWriter(into.MapsLines), new CodeWriter(into.MapsLines));
        _context.Vector = state;
        if (extent is null || extent >= lanes)
        {
            Body(main, $"for (; {variable} <= {to} - {Number(lanes)}; {variable} += {Number(lanes)})");
            state.IsRest = true;
        }

        if (extent is null || extent % lanes != 0)
        {
            state.Lanes = RestLanes(loop, lanes, extent % lanes);
            state.Left = extent % lanes <= state.Lanes ? extent % lanes : null;
            var isWhole = extent % lanes % state.Lanes == 0;
            state.Tail = isWhole ? null : state.Left is { } left ? Number(left) : _context.Names.New("left");
            var once = extent % lanes <= state.Lanes || lanes <= state.Lanes;
            Body(rest, once ? $"if ({variable} < {to})" : $"for (; {variable} < {to}; {variable} += {Number(state.Lanes)})");
        }

        _context.Vector = null;
        into.Append(state.Front);
        into.Line($"nint {variable} = {from};");
        into.Append(main);
        into.Append(rest);

        void Body(CodeWriter text, string head)
        {
            text.Open(head);
            _context.Names.Push();
            if (state is { Tail: not null, Left: null })
            {
                text.Line($"nint {state.Tail} = {to} - {variable};");
                if (_context.CanKeepMasks)
                {
                    text.Line($"Tail.Hide(ref {state.Tail});"); // or the JIT keeps masks over calls, where it mixes them up
                }
            }

            state.InnerAxes.Clear();
            state.InnerLocals.Clear();
            Emit(loop.Body, text);
            _context.Names.Pop();
            text.Close();
        }
    }

    // A rest that is known takes no more registers than it fills, and is one step where bits do not depend on that.
    private int RestLanes(ForStatement loop, int lanes, long? left)
    {
        var unit = Math.Max(8, _context.Target.LanesOf(DType.Float32));
        var filled = left is { } known ? (int)(known + unit - 1) / unit * unit : ReductionLanes.Rest;
        return Math.Min(lanes, loop.Lanes is null ? filled : Math.Min(filled, ReductionLanes.Rest));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private void Reduce(ReduceStatement reduce, CodeWriter into)
    {
        foreach (var accumulator in reduce.Accumulators)
        {
            into.Begin(accumulator.Node is { } node ? [node] : []);
            Declare(accumulator, into);
            into.End();
        }

        Emit(reduce.Body, into);
        foreach (var accumulator in reduce.Accumulators)
        {
            into.Begin(accumulator.Node is { } node ? [node] : []);
            Total(accumulator, into);
            into.End();
        }
    }

    // In lanes along the line, or, inside a vector loop, a line for each lane.
    private bool IsVector(Accumulator accumulator) => accumulator.Lanes > 1 || _context.Vector is not null;

    private void Declare(Accumulator accumulator, CodeWriter into)
    {
        var type = accumulator.Running.Type;
        var identity = Literals.Of(type, Combining.Identity(accumulator.Combine, type));
        if (!IsVector(accumulator))
        {
            var name = _context.Names.New(accumulator.Running.Name);
            _context.Locals[accumulator.Running] = new([name], IsVector: false);
            into.Line($"{Literals.TypeOf(type)} {name} = {identity};");
            return;
        }

        var parts = _context.NewParts(accumulator.Running.Name, type, accumulator.Lanes > 1 ? accumulator.Lanes : _context.Vector!.Lanes);
        _context.Locals[accumulator.Running] = new(parts, IsVector: true);
        foreach (var part in parts)
        {
            into.Line($"var {part} = {_context.Target.Vector}.Create({identity});");
        }
    }

    private void Accumulate(AccumulateStatement statement, CodeWriter into)
    {
        var accumulator = statement.Accumulator;
        var running = _context.Locals[accumulator.Running];
        Comment(_context.Vector is { IsRest: true } ? null : statement.Comment, into);
        var combined = Combining.Of(accumulator.Combine, new LocalExpr(accumulator.Running), statement.Value);
        if (!running.IsVector)
        {
            into.Line($"{running.Parts[0]} = {ScalarExpressions.Bare(_scalar.Text(combined))};");
            return;
        }

        // What is left of wide steps goes to the first of the lanes.
        var type = accumulator.Running.Type;
        for (var p = 0; p < Math.Min(running.Parts.Length, _context.Target.PartsOf(type, _context.Vector!.Lanes)); p++)
        {
            var next = _vector.Bare(combined, p);
            var masked = accumulator.Lanes > 1 && _vector.IsMasked(type, p)
                ? _vector.Select(_vector.TailMask(type, p), type, next, running.Parts[p]) : next;
            into.Line($"{running.Parts[p]} = {masked};");
        }
    }

    private void Total(Accumulator accumulator, CodeWriter into)
    {
        var running = _context.Locals[accumulator.Running];
        if (accumulator.Lanes == 1)
        {
            _context.Locals[accumulator.Total] = running;
            return;
        }

        // Lane i with lane i + lanes/2, and so on: whole registers here, the lanes of the last ones in Runtime.
        var (type, parts) = (accumulator.Total.Type, running.Parts);
        while (parts.Length > 1 && parts.Length > _context.Target.PartsOf(type, Math.Max(8, _context.Target.LanesOf(DType.Float32))))
        {
            var half = parts.Length / 2;
            parts = [.. parts.Take(half).Zip(parts.Skip(half), (low, high) => Combined(accumulator.Combine, type, low, high))];
        }

        var method = accumulator.Combine switch
        {
            Kernels.Combine.Sum => "Sum",
            Kernels.Combine.Max => "ReduceMax",
            _ => "ReduceMin",
        };
        var name = _context.Names.New(accumulator.Total.Name);
        _context.Locals[accumulator.Total] = new([name], IsVector: false);
        into.Line($"{Literals.TypeOf(type)} {name} = {_context.Target.Math}.{method}({string.Join(", ", parts.Select(ScalarExpressions.Bare))});");
    }

    private string Combined(Combine combine, DType type, string low, string high) => combine switch
    {
        Kernels.Combine.Sum => $"({low} + {high})",
        _ => $"{(type == DType.Int32 ? _context.Target.Vector : _context.Target.Math)}.{combine}({ScalarExpressions.Bare(low)}, {ScalarExpressions.Bare(high)})",
    };
}
