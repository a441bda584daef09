using System.Diagnostics;
using System.Globalization;
using GraphCompiler.Kernels;
using GraphCompiler.Runtime;

namespace GraphCompiler.CodeGen;

/// <summary>
/// Kernel expressions as C# on the lanes of a loop, a register at a time: <c>part</c> says which of the registers that hold
/// a value. What does not vary along the vector axis is computed once in front of the loop and broadcast.
/// </summary>
internal sealed class VectorExpressions(EmitContext context, ScalarExpressions scalar)
{
    private readonly CodeTarget _target = context.Target;
    private readonly string _vector = context.Target.Vector;
    private readonly string _math = context.Target.Math;

    private VectorLoop Loop => context.Vector!;

    public string Text(KernelExpr expr, int part)
    {
        if (!Varies(expr))
        {
            return Broadcast(expr);
        }

        return expr switch
        {
            LocalExpr l => context.Locals[l.Local].Parts[part],
            IndexExpr i => Index(i, part),
            LoadExpr l => Load(l, part),
            UnaryExpr u => Unary(u, part),
            BinaryExpr b => Binary(b, part),
            FmaExpr f => $"{_math}.Fma({Bare(f.A, part)}, {Bare(f.B, part)}, {Bare(f.C, part)})",
            SelectExpr s => Select(Mask(s.Condition, s.Type, part), s.Type, Bare(s.WhenTrue, part), Bare(s.WhenFalse, part)),
            CastExpr c => Cast(c, part),
            _ => throw new UnreachableException($"{expr}"),
        };
    }

    public string Bare(KernelExpr expr, int part) => ScalarExpressions.Bare(Text(expr, part));

    /// <summary>A store of one register.</summary>
    public string Store(StoreStatement store, int part)
    {
        var value = store.Value;
        var (reference, index) = Address(store.Access, part);
        var text = Text(value, part);
        if (value.Type == DType.Bool)
        {
            return !IsMasked(value.Type, part) ? $"{_math}.StoreMask({text}, ref {At(reference, index)});"
                : $"{_math}.StoreMaskPartial({text}, ref {At(reference, index)}, {Count(value.Type, part)});";
        }

        if (store.Streams && !IsMasked(value.Type, part))
        {
            return $"Streaming.Store({ScalarExpressions.Bare(text)}, ref {reference}, {index});";
        }

        return !IsMasked(value.Type, part) ? $"{Receiver(text)}.StoreUnsafe(ref {reference}, (nuint)({index}));"
            : $"{_math}.StorePartial({ScalarExpressions.Bare(text)}, ref {At(reference, index)}, {Count(value.Type, part)});";
    }

    /// <summary>A hint for the line in which a register begins.</summary>
    public string Prefetch(Access access, int part)
    {
        var (reference, index) = Address(access, part, "Ahead");
        return $"Prefetch.Line(ref {reference}, {index});";
    }

    /// <summary>Whether some lanes of a register may lie beyond the end.</summary>
    public bool IsMasked(DType type, int part) => Loop.Tail is not null && !(Loop.Left >= (part + 1L) * _target.LanesOf(type));

    /// <summary>Keeps the lanes that count, for a type's register.</summary>
    public string TailMask(DType type, int part)
    {
        if (type == DType.Float64)
        {
            var half = part % 2 == 0 ? "WidenLow" : "WidenHigh";
            return $"{_math}.{half}({TailMask(DType.Int32, part / 2)}).AsDouble()";
        }

        var lanes = _target.LanesOf(type);
        var iota = part == 0 ? $"{_math}.Iota" : $"({_math}.Iota + {_vector}.Create({part * lanes}))";
        var mask = $"{_vector}.LessThan({iota}, {_vector}.Create((int){Loop.Tail}))";
        return type == DType.Float32 ? $"{mask}.AsSingle()" : mask;
    }

    public string Select(string mask, DType type, string whenTrue, string whenFalse) =>
        $"{_vector}.ConditionalSelect({mask}, {whenTrue}, {whenFalse})";

    /// <summary>Whether an expression has different values in different lanes.</summary>
    public bool Varies(KernelExpr expr) => expr switch
    {
        ConstantExpr or DimExpr => false,
        LocalExpr l => context.Locals[l.Local].IsVector,
        IndexExpr i => i.Index.Terms.Any(t => ReferenceEquals(t.Axis, Loop.Axis)),
        LoadExpr l => l.Access.StrideOf(Loop.Axis) != 0 || (l.Access.Indirect is { } x && Varies(x)),
        UnaryExpr u => Varies(u.X),
        BinaryExpr b => Varies(b.A) || Varies(b.B),
        FmaExpr f => Varies(f.A) || Varies(f.B) || Varies(f.C),
        SelectExpr s => Varies(s.Condition) || Varies(s.WhenTrue) || Varies(s.WhenFalse),
        CastExpr c => Varies(c.X),
        _ => throw new UnreachableException($"{expr}"),
    };

    private string Broadcast(KernelExpr expr)
    {
        var text = ScalarExpressions.Bare(scalar.Text(expr));
        var value = expr.Type == DType.Bool ? $"{_vector}.Create({text} ? -1 : 0)" : $"{_vector}.Create({text})";
        if (expr is ConstantExpr || IsInner(expr))
        {
            return value;
        }

        return Loop.Hoist(value, () =>
        {
            var name = context.Names.NewAt(Loop.Depth, expr is LocalExpr l ? l.Local.Name + "All" : expr is LoadExpr load ? load.Access.Buffer.Name + "All" : "all");
            Loop.Front.Begin(Loop.Front.MapsLines ? ComputedNodes.Of(expr) : []);
            Loop.Front.Line($"var {name} = {value};");
            Loop.Front.End();
            return name;
        });
    }

    private bool IsInner(KernelExpr expr) => expr switch
    {
        LocalExpr l => Loop.InnerLocals.Contains(l.Local),
        IndexExpr i => i.Index.Terms.Any(t => Loop.InnerAxes.Contains(t.Axis)),
        LoadExpr l => l.Access.Terms.Any(t => Loop.InnerAxes.Contains(t.Axis)) || (l.Access.Indirect is { } x && IsInner(x)),
        UnaryExpr u => IsInner(u.X),
        BinaryExpr b => IsInner(b.A) || IsInner(b.B),
        FmaExpr f => IsInner(f.A) || IsInner(f.B) || IsInner(f.C),
        SelectExpr s => IsInner(s.Condition) || IsInner(s.WhenTrue) || IsInner(s.WhenFalse),
        CastExpr c => IsInner(c.X),
        _ => false,
    };

    private string Load(LoadExpr load, int part)
    {
        var (reference, index) = Address(load.Access, part);
        var count = !IsMasked(load.Type, part) ? null : Count(load.Type, part);
        return (load.Type, count) switch
        {
            (DType.Bool, null) => $"{_math}.LoadMask(ref {At(reference, index)})",
            (DType.Bool, _) => $"{_math}.LoadMaskPartial(ref {At(reference, index)}, {count})",
            (_, null) => $"{_vector}.LoadUnsafe(ref {reference}, (nuint)({index}))",
            _ => $"{_math}.LoadPartial(ref {At(reference, index)}, {count})",
        };
    }

    // What the loops around decide goes into a reference in front of the loop; the rest is the index within.
    private (string Reference, string Index) Address(Access access, int part, string name = "Row")
    {
        var buffer = context.Buffers[access.Buffer];
        var (outer, inner) = (new List<(Axis, Dim)>(), new List<(Axis, Dim)>());
        foreach (var (axis, coefficient) in access.Terms)
        {
            var isWithin = ReferenceEquals(axis, Loop.Axis) || Loop.InnerAxes.Contains(axis);
            (isWithin ? inner : outer).Add((axis, coefficient));
        }

        var reference = buffer;
        if (outer.Count > 0 || !access.Offset.IsZero)
        {
            var offset = context.Sum(outer, access.Offset);
            reference = Loop.Hoist($"ref {buffer} {offset}", () =>
            {
                var row = context.Names.NewAt(Loop.Depth, access.Buffer.Name + name);
                Loop.Front.Line($"ref {Literals.StorageOf(access.Buffer.Type)} {row} = ref Unsafe.Add(ref {buffer}, {offset});");
                return row;
            });
        }

        var index = context.Sum(inner, ImmutableSum.Zero);
        return (reference, part == 0 ? index : string.Create(CultureInfo.InvariantCulture, $"{index} + {part * _target.LanesOf(access.Buffer.Type)}"));
    }

    private static string At(string reference, string index) => index == "0" ? reference : $"Unsafe.Add(ref {reference}, {index})";

    private string Count(DType type, int part)
    {
        var before = part * _target.LanesOf(type);
        return Loop.Left is { } left ? (left - before).ToString(CultureInfo.InvariantCulture)
            : before == 0 ? Loop.Tail! : string.Create(CultureInfo.InvariantCulture, $"{Loop.Tail} - {before}");
    }

    private string Index(IndexExpr i, int part)
    {
        var coefficient = i.Index.Terms.Single(t => ReferenceEquals(t.Axis, Loop.Axis)).Coefficient;
        var step = context.Text(coefficient);
        var first = context.Sum(i.Index.Terms, i.Index.Constant);
        if (part > 0)
        {
            first = string.Create(CultureInfo.InvariantCulture, $"{first} + {part * _target.LanesOf(DType.Int32)} * {step}");
        }

        return coefficient == 1 ? $"({_vector}.Create((int)({first})) + {_math}.Iota)" : $"({_vector}.Create((int)({first})) + {_math}.Iota * (int){step})";
    }

    private string Unary(UnaryExpr u, int part)
    {
        var x = Text(u.X, part);
        return u.Op switch
        {
            UnaryMachineOp.Negate => $"(-{x})",
            UnaryMachineOp.Not => $"(~{x})",
            UnaryMachineOp.Abs or UnaryMachineOp.Sqrt => $"{_vector}.{u.Op}({ScalarExpressions.Bare(x)})",
            _ => $"{Owner(u)}.{u.Op}({ScalarExpressions.Bare(x)})",
        };
    }

    // What is left at the end of a line is too little to be written out a second time.
    private string Owner(UnaryExpr u) =>
        u.Op.IsFunction() && (Loop.IsRest || !context.Inlined.Takes(u.Op, u.Type)) ? _target.Call : _math;

    private string Binary(BinaryExpr b, int part)
    {
        switch (b.Op)
        {
            case BinaryMachineOp.Add:
                return $"({Text(b.A, part)} + {Text(b.B, part)})";
            case BinaryMachineOp.Subtract:
                return $"({Text(b.A, part)} - {Text(b.B, part)})";
            case BinaryMachineOp.Multiply:
                return $"({Text(b.A, part)} * {Text(b.B, part)})";
            case BinaryMachineOp.Divide:
                return $"({Text(b.A, part)} / {Text(b.B, part)})";
            case BinaryMachineOp.And:
                return $"({Text(b.A, part)} & {Text(b.B, part)})";
            case BinaryMachineOp.Or:
                return $"({Text(b.A, part)} | {Text(b.B, part)})";
            case BinaryMachineOp.Min or BinaryMachineOp.Max when b.Type == DType.Int32:
                return $"{_vector}.{b.Op}({Bare(b.A, part)}, {Bare(b.B, part)})";
            case BinaryMachineOp.Min or BinaryMachineOp.Max or BinaryMachineOp.Pow:
                return $"{_math}.{b.Op}({Bare(b.A, part)}, {Bare(b.B, part)})";
            default:
                return Compare(b, part);
        }
    }

    // The mask of a comparison of doubles is narrowed to the 32-bit lanes that a bool is.
    private string Compare(BinaryExpr b, int part)
    {
        if (b.A.Type == DType.Float64)
        {
            return $"{_math}.Narrow({One(2 * part)}.AsInt64(), {One((2 * part) + 1)}.AsInt64())";
        }

        return b.A.Type == DType.Float32 ? $"{One(part)}.AsInt32()" : One(part);

        string One(int p)
        {
            var method = b.Op switch
            {
                BinaryMachineOp.Less => "LessThan",
                BinaryMachineOp.LessOrEqual => "LessThanOrEqual",
                _ => "Equals",
            };
            var text = $"{_vector}.{method}({Bare(b.A, p)}, {Bare(b.B, p)})";
            return b.Op == BinaryMachineOp.NotEqual ? $"(~{text})" : text;
        }
    }

    /// <summary>A bool as a mask for lanes of another type.</summary>
    private string Mask(KernelExpr condition, DType type, int part) => type switch
    {
        DType.Float32 => $"{Text(condition, part)}.AsSingle()",
        DType.Float64 => $"{_math}.{(part % 2 == 0 ? "WidenLow" : "WidenHigh")}({Bare(condition, part / 2)}).AsDouble()",
        _ => Text(condition, part),
    };

    private string Cast(CastExpr c, int part)
    {
        var (from, to) = (c.X.Type, c.Type);
        var half = part % 2 == 0 ? "ToDoubleLow" : "ToDoubleHigh";
        return (from, to) switch
        {
            _ when from == to => Text(c.X, part),
            (DType.Bool, DType.Int32) => $"({Text(c.X, part)} & {_vector}.Create(1))",
            (DType.Bool, _) => $"({Mask(c.X, to, part)} & {_vector}.Create({Literals.Of(to, 1)}))",
            (DType.Float64, DType.Bool) => $"{_math}.Narrow((~{_vector}.Equals({Bare(c.X, 2 * part)}, {_vector}.Create(0d))).AsInt64(), (~{_vector}.Equals({Bare(c.X, (2 * part) + 1)}, {_vector}.Create(0d))).AsInt64())",
            (DType.Float32, DType.Bool) => $"(~{_vector}.Equals({Bare(c.X, part)}, {_vector}.Create(0f))).AsInt32()",
            (DType.Int32, DType.Bool) => $"(~{_vector}.Equals({Bare(c.X, part)}, {_vector}.Create(0)))",
            (DType.Float64, DType.Float32) => $"{_math}.ToSingle({Bare(c.X, 2 * part)}, {Bare(c.X, (2 * part) + 1)})",
            (DType.Float64, DType.Int32) => $"{_math}.ToInt32({Bare(c.X, 2 * part)}, {Bare(c.X, (2 * part) + 1)})",
            (_, DType.Float64) => $"{_math}.{half}({Bare(c.X, part / 2)})",
            (DType.Float32, DType.Int32) => $"{_math}.ToInt32({Bare(c.X, part)})",
            (DType.Int32, DType.Float32) => $"{_math}.ToSingle({Bare(c.X, part)})",
            _ => throw new UnreachableException($"{from} to {to}"),
        };
    }

    // A member access binds tighter than everything but a name, a call or brackets.
    private static string Receiver(string text) => text.StartsWith('-') || text.StartsWith('~') ? $"({text})" : text;
}
